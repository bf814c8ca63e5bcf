"""What deliveries leave behind, for the scope walk: in every village somebody of whom a department says otherwise."""

from collections.abc import Iterator

from foundation.accounts.models import User
from households.models import Household
from monitoring.models import Delivery, RegisterProposal
from tests.house.things import ALL_POSTS, DAY, Thing
from tests.people import NEIGHBOUR_COUNTY


def delivery_of(county: str, by: User, dataset: str = "medical_insurance_status") -> Delivery:
    """Let a delivery of a county be in force, without the file that it would have left."""
    made: Delivery = Delivery.objects.create(
        dataset_id=dataset, area_id=county, period="2026-10", period_last="2026-10-31", by=by, received_on=DAY,
        file_name="delivered.csv", file_size=1, file_sha256=f"{county:0>64}", state="accepted", version=1,
        rows_read=0, rows_accepted=0, rows_rejected=0,
    )  # fmt: skip
    return made


def proposals(people: dict[str, User], homes: list[Household]) -> Iterator[Thing]:
    """Let the insurance of every head be told otherwise by the delivery of the county."""
    dispatchers = {ALL_POSTS[name][1]: people[name] for name in ("xian", "lin_xian")}
    deliveries = {county: delivery_of(county, by) for county, by in dispatchers.items()}
    assert NEIGHBOUR_COUNTY in deliveries
    for home in homes:
        made = RegisterProposal.objects.create(
            household=home, resident=home.residents.get(relation="01"), area=home.area, field="resident.insured",
            present=None, proposed=True, mark=f"{home.pk:032d}", dataset_id="medical_insurance_status",
            delivery=deliveries[home.area_id[:6]], line=2, known_on=DAY, proposed_on=DAY, state="proposed", version=1,
        )  # fmt: skip
        yield Thing(made.pk, home.area_id)
