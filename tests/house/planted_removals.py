"""Removals that the walks look at: one of every case that is planted, on its way to the mark."""

from assistance.models import Case, Removal
from foundation.accounts.models import User
from tests.house.planted_cases import a_case
from tests.house.things import DAY, Thing


def leaving() -> dict[str, list[Thing]]:
    """Let the removal of every case's risk be proposed; by kind of thing."""
    made = [a_removal_of(case) for case in Case.objects.select_related("area").order_by("pk")]
    return {"removal": [Thing(row.pk, row.area_id) for row in made]}


def a_removal_of(case: Case, state: str = "proposed") -> Removal:
    """Return a removal of a case as a row alone."""
    made: Removal = Removal.objects.create(
        case=case, way="natural", natural_reason="death", why="-", contact_name="-", contact_phone="1", state=state,
        proposed_on=DAY,
    )  # fmt: skip
    return made


def a_removal(state: str, people: dict[str, User]) -> Removal:
    """Return a removal in a state, of a case of its own (for the walk of the lifecycles)."""
    case = a_case("enrolled", people)
    return a_removal_of(case, state)
