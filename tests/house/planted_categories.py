"""Changes of category that the walks look at: one proposed for every case that is planted."""

from assistance.models import Case, Recategorisation
from foundation.accounts.models import User
from tests.house.planted_cases import a_case
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
    return {"recategorisation": [Thing(row.pk, row.case.area_id) for row in made]}


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
