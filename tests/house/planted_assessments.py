"""Assessments and lists of civil affairs that the walks look at: one of each village with its household."""

from assistance.models import AssessedHousehold, Assessment, Case, RosterComparison, RosterDifference
from foundation.accounts.models import User
from households.models import Household
from tests.house.planted_cases import a_case
from tests.house.things import DAY, Thing, of_the_place

ANSWERS = [
    {
        "code": "water",
        "answer": "unknown",
        "why": "water_unknown",
        "facts": {},
        "evidence": "register",
        "day": "",
    }
]


def assessed(people: dict[str, User]) -> dict[str, list[Thing]]:
    """Assess the household of every case, and lay a list beside the register of its village; by kind of thing."""
    made, lists = [], []
    for case in Case.objects.select_related("household", "area").order_by("pk"):
        if AssessedHousehold.objects.filter(household=case.household).exists():
            continue
        by = of_the_place(case.area_id, people)
        made.append(an_assessed_of(case.household, by))
        lists.append(a_list_of(case.household, by))
    return {
        "assessment": [Thing(row.assessment_id, row.household.area_id) for row in made],
        "assessed_household": [Thing(row.pk, row.household.area_id) for row in made],
        "roster": [Thing(row.pk, row.area_id, department="civil_affairs") for row in lists],
    }


def an_assessed_of(home: Household, by: User, state: str = "proposed", result: str = "") -> AssessedHousehold:
    """Return a household of an assessment of its own as a row alone."""
    whole = Assessment.objects.create(
        area_id=home.area_id, whom=["lifted_out"], on=DAY, rule="y2026", digest="0" * 64, declared_on=DAY,
        declared_by=by, scored_on=DAY,
    )  # fmt: skip
    made: AssessedHousehold = AssessedHousehold.objects.create(
        assessment=whole, household=home, basis="lifted_out", answers=ANSWERS, digest="0" * 64, proposed="stays",
        state=state, result=result,
    )  # fmt: skip
    return made


def a_list_of(home: Household, by: User) -> RosterComparison:
    """Return a compared list with one difference as rows alone."""
    made: RosterComparison = RosterComparison.objects.create(
        area_id=home.area_id, as_of=DAY, sha256="0" * 64, rows=1, rejected=0, same=0, monitored=0, made_on=DAY,
        made_by=by,
    )  # fmt: skip
    RosterDifference.objects.create(comparison=made, kind="theirs", household=home, person="-", there="dibao")
    return made


def an_assessed(state: str, people: dict[str, User]) -> AssessedHousehold:
    """Return an assessed household in a state, of a case of its own (for the walk of the lifecycles)."""
    return an_assessed_of(a_case("enrolled", people).household, people["zhen"], state, "stays")
