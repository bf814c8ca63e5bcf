"""What is computed of a case, as pages show it: the category with its reason, risks, level, the four parts."""

from typing import Any

from assistance.deciding import reasons
from assistance.deciding.computing import Computed
from assistance.models import Case
from households.words import Words


def shown(computed: Computed, *, exact: bool) -> dict[str, Any]:
    """Return the context of assistance/deciding/_computed.html; sums only where `exact`."""
    area, words = computed.facts.area, Words(computed.facts.day)
    return {
        "computed": computed,
        "parts": reasons.four_parts(computed.facts, exact=exact),
        "category": words.standing(computed.category, area) if computed.category else "",
        "why": reasons.category_reason(computed.why),
        "risks": words.word("risk_types", list(computed.risk_types), area),
        "level": Case.RiskLevel(computed.level).label,
        "level_why": reasons.level_reason(computed),
        "exact": exact,
    }
