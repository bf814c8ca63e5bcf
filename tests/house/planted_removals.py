"""Removals that the walks look at: one of every case that is planted, on its way to the mark, with what was stated."""

from assistance.models import Case, ContactChange, MeasureStatement, Removal
from foundation.accounts.models import User
from tests.house.planted_cases import a_case
from tests.house.things import DAY, Thing, of_the_place


def leaving(people: dict[str, User]) -> dict[str, list[Thing]]:
    """Let the removal of every case's risk be proposed, after a measure was stated; by kind of thing."""
    cases = list(Case.objects.select_related("area").order_by("pk"))
    made = [a_removal_of(case) for case in cases]
    for row in made:
        ContactChange.objects.create(
            removal=row, name_before="-", phone_before="1", name="-", phone="2", why="-", changed_on=DAY,
            by=of_the_place(row.area_id, people),
        )  # fmt: skip
    return {
        "removal": [Thing(row.pk, row.area_id) for row in made],
        "measure_statement": [Thing(_stated(case, people).pk, case.area_id) for case in cases],
    }


def _stated(case: Case, people: dict[str, User]) -> MeasureStatement:
    made: MeasureStatement = MeasureStatement.objects.create(
        case=case,
        measure="公益性岗位",
        delivered_on=DAY,
        why="-",
        stated_on=DAY,
        by=of_the_place(case.area_id, people),
    )
    return made


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
