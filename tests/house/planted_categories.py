"""Changes of category and visits asked elsewhere that the walks look at: one for every case that is planted."""

from assistance.models import Case, Recategorisation, StayVisit
from foundation.accounts.models import User
from tests.house.planted_cases import a_case
from tests.house.planted_visits import a_visit
from tests.house.things import DAY, Thing

COMPUTED = {
    "category": "",
    "why": "no_risk",
    "risk_types": [],
    "level": "low",
    "rule": "",
    "no_labour": False,
}
FACTS = {
    "registered": False, "members": 1, "able": 1, "risks": [], "sudden": [], "answers": {}, "worked": [], "found": "",
    "fast_track": False,
}  # fmt: skip


def recategorised() -> dict[str, list[Thing]]:
    """Let another category be proposed for every case; by kind of thing."""
    made = [a_change_of(case) for case in Case.objects.select_related("area").order_by("pk")]
    asked = [a_stay_visit_of(row.case) for row in made]
    return {
        "recategorisation": [Thing(row.pk, row.case.area_id) for row in made],
        "stay_visit": [Thing(row.pk, row.case.area_id) for row in asked],
    }


def a_stay_visit_of(case: Case, state: str = "asked", **fields: object) -> StayVisit:
    """Return a visit that the household's own village asks itself for, as a row alone: both sides are one area."""
    made: StayVisit = StayVisit.objects.create(
        case=case, to_area_id=case.area_id, head="沈**", persons=1, why="-", asked_on=DAY, due_on=DAY, state=state,
        **fields,
    )  # fmt: skip
    return made


def a_stay_visit(state: str, people: dict[str, User]) -> StayVisit:
    """Return a visit asked elsewhere in a state, of a case of its own (for the walk of the lifecycles)."""
    fields = {
        "visitor": people["cun"] if state in ("accepted", "visited") else None,
        "visit": a_visit("recorded", people) if state == "visited" else None,
    }
    return a_stay_visit_of(a_case("enrolled", people), state, **fields)


def a_change_of(case: Case, state: str = "proposed") -> Recategorisation:
    """Return a change of category of a case as a row alone."""
    made: Recategorisation = Recategorisation.objects.create(
        case=case, category="sudden", category_before="marginal", risk_types=["01"], level="high", why="-", day=DAY,
        proposed_on=DAY, facts=FACTS, computed=COMPUTED, state=state, decided_on=DAY if state == "decided" else None,
    )  # fmt: skip
    return made


def a_change(state: str, people: dict[str, User]) -> Recategorisation:
    """Return a change of category in a state, of a case of its own (for the walk of the lifecycles)."""
    return a_change_of(a_case("enrolled", people), state)
