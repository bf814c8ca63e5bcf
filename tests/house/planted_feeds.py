"""What deliveries leave behind, for the scope walk: in every village somebody of whom a department says otherwise."""

import uuid
from collections.abc import Iterator

from foundation.accounts.models import Area, User
from households.models import Household, Resident
from monitoring.deliveries import drafts
from monitoring.models import CorrectionTask, Dataset, Delivery, RegisterProposal, RowCandidate
from tests.house.things import ALL_POSTS, DAY, Thing
from tests.households.families import make_household
from tests.monitoring.intake.files import csv_of, row
from tests.people import COUNTY, NEIGHBOUR_COUNTY


def delivery_of(county: str, by: User, dataset: str = "medical_insurance_status") -> Delivery:
    """Let a delivery of a county be in force, without the file that it would have left."""
    made: Delivery = Delivery.objects.create(
        dataset_id=dataset, area_id=county, period="2026-10", period_last="2026-10-31", by=by, received_on=DAY,
        file_name="delivered.csv", file_size=1, file_sha256=f"{county:0>64}", state="accepted", version=1,
        rows_read=0, rows_accepted=0, rows_rejected=0,
    )  # fmt: skip
    return made


def deliveries(people: dict[str, User]) -> Iterator[Thing]:
    """Let the officer of the first county and the dispatcher of the next have delivered settlements."""
    for name in ("yibao", "lin_xian"):
        county = ALL_POSTS[name][1]
        made = delivery_of(county, people[name], "medical_settlement")
        yield Thing(made.pk, county, department="medical_insurance")


def handed_in(people: dict[str, User]) -> Iterator[Thing]:
    """Let the same people have uploaded a file of which they see the first rows."""
    for name in ("yibao", "lin_xian"):
        county = ALL_POSTS[name][1]
        dataset, area = Dataset.objects.get(pk="medical_settlement"), Area.objects.get(pk=county)
        draft = drafts.keep(
            csv_of([row()]), "file.csv", drafts.Wanted(dataset, area, "2026-10"), by=people[name]
        )
        yield Thing(draft.key, county, owner=name, department="medical_insurance")


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


def candidates(homes: list[Household]) -> Iterator[Thing]:
    """Let a row of the delivery of the county mean, perhaps, the head of every household."""
    for home in homes:
        delivery = Delivery.objects.get(area=home.area_id[:6], dataset="medical_insurance_status")
        made = RowCandidate.objects.create(
            delivery=delivery, line=home.pk, kind="repaired", resident=home.residents.get(relation="01"),
            found_on=DAY, state="waiting",
        )  # fmt: skip
        yield Thing(made.pk, delivery.area_id, department="medical_insurance")


def corrections(people: dict[str, User], homes: list[Household]) -> Iterator[Thing]:
    """Let a row of the delivery of the county have been found wrong in every village."""
    for home in homes:
        delivery = Delivery.objects.get(area=home.area_id[:6], dataset="medical_insurance_status")
        finder = "lin_xian" if delivery.area_id == NEIGHBOUR_COUNTY else "xian"
        yield Thing(_task(delivery, home.pk, home.area_id, people[finder]).pk, home.area_id)


def _task(delivery: Delivery, line: int, area: str, by: User, state: str = "open") -> CorrectionTask:
    made: CorrectionTask = CorrectionTask.objects.create(
        delivery=delivery, line=line, row_key=uuid.uuid4(), row_content=uuid.uuid4(), reason="金额不对", area_id=area,
        raised_by=by, raised_on=DAY, due_on=DAY, state=state,
    )  # fmt: skip
    return made


def a_correction_task(state: str, people: dict[str, User]) -> CorrectionTask:
    """Return a row to be corrected in a state, of a line of its own."""
    count = CorrectionTask.objects.count()
    return _task(_one_delivery(people), count + 2, "999901001001", people["lin_xian"], state)


def a_register_proposal(state: str, people: dict[str, User]) -> RegisterProposal:
    """Return a proposal in a state, on a household of its own (for the walk of the lifecycles)."""
    number = RegisterProposal.objects.count()
    home = make_household(f"YS{number:06d}", by=people["xian"])
    made: RegisterProposal = RegisterProposal.objects.create(
        household=home, area=home.area, field="household.house_grade", proposed="D", mark=f"{home.pk:032d}",
        dataset_id="house_grade", delivery=_one_delivery(people), line=2, known_on=DAY, proposed_on=DAY, state=state,
    )  # fmt: skip
    return made


def a_row_candidate(state: str, people: dict[str, User]) -> RowCandidate:
    """Return a candidate in a state, of a row of its own."""
    member = (
        Resident.objects.first() or make_household("YS000001", "沈立夏", by=people["xian"]).residents.get()
    )
    made: RowCandidate = RowCandidate.objects.create(
        delivery=_one_delivery(people), line=RowCandidate.objects.count() + 2, kind="repaired", resident=member,
        found_on=DAY, state=state,
    )  # fmt: skip
    return made


def _one_delivery(people: dict[str, User]) -> Delivery:
    return Delivery.objects.first() or delivery_of(COUNTY, people["lin_xian"])
