"""The table of domain.md section 3: from facts to category, level and mark. Pure; people confirm what comes out.

| income ≤ line | was registered | risk found       | category            |
| yes           | yes            | yes              | unstable 脱贫不稳定户 |
| yes           | no             | yes              | marginal 边缘易致贫户 |
| no            | either         | serious, sudden  | sudden 突发严重困难户 |
| any           | any            | no               | not taken in        |
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistance.deciding.facts import Facts
from households.models import Standing

Kind = Standing.Kind


@dataclass(frozen=True, slots=True)
class Computed:
    """What comes out for one case. `category` is empty where the table takes it in nowhere; `why` is the code of the
    row that fits: `below_registered`, `below_ordinary`, `above_serious`, `above_not_serious`, `no_risk`, `unknown`.
    """

    facts: Facts
    category: str
    why: str
    risk_types: tuple[str, ...]
    level: str
    rule: str
    no_labour: bool


def net_below(facts: Facts) -> bool | None:
    """Say whether net income per head is within the range: at the line or below. None where one of them is unknown."""
    return None if facts.net is None or facts.line is None else facts.net <= facts.line


def reference_below(facts: Facts) -> bool | None:
    """Say the same of reference income per head: net income, payouts, less compliant self-pay."""
    return None if facts.reference is None or facts.line is None else facts.reference <= facts.line


def serious(facts: Facts) -> bool:
    """Say whether basic life is in serious difficulty: by the sum, by the expense, or by a hardship with no way out."""
    return (
        bool(reference_below(facts))
        or facts.answers.get("expense_part") == "heavy"
        or facts.answers.get("hardship_part") == "grave"
    )


def category_of(facts: Facts) -> tuple[str, str]:
    """Return the category and the code of the row of the table that fits."""
    if not facts.risks:
        return "", "no_risk"
    below = net_below(facts)
    if below is None:
        return "", "unknown"
    if below:
        if facts.registered:
            return Kind.UNSTABLE.value, "below_registered"
        return Kind.MARGINAL.value, "below_ordinary"
    if serious(facts) and facts.sudden:
        return Kind.SUDDEN.value, "above_serious"
    return "", "above_not_serious"


def conditions(facts: Facts) -> frozenset[str]:
    """Return the words that the table of risk levels asks for."""
    holds = {
        "net_below": bool(net_below(facts)),
        "reference_below": bool(reference_below(facts)),
        "expense_heavy": facts.answers.get("expense_part") == "heavy",
        "hardship_grave": facts.answers.get("hardship_part") == "grave",
        "coping_unable": facts.answers.get("coping_part") == "unable",
        "no_labour": facts.able == 0,
        "several_risks": len(facts.risks) > 1,
        "fast_track": facts.fast_track,
    }
    return frozenset(name for name, true in holds.items() if true)


#: Every word that a table of risk levels may name.
CONDITIONS = frozenset(
    {
        "net_below", "reference_below", "expense_heavy", "hardship_grave", "coping_unable", "no_labour",
        "several_risks", "fast_track",
    }
)  # fmt: skip


def level_of(facts: Facts, rules: Sequence[str]) -> tuple[str, str]:
    """Return the level and the rule that gave it: the first of the table whose conditions all hold; low without one."""
    holding = conditions(facts)
    for rule in rules:
        level, *wanted = rule.split(".")
        if set(wanted) <= holding:
            return level, rule
    return "low", ""


def compute(facts: Facts, rules: Sequence[str], most: int) -> Computed:
    """Return everything that is proposed for one case; `most` risk types at most."""
    category, why = category_of(facts)
    level, rule = level_of(facts, rules)
    return Computed(
        facts=facts,
        category=category,
        why=why,
        risk_types=facts.risks[:most],
        level=level,
        rule=rule,
        no_labour=facts.able == 0,
    )
