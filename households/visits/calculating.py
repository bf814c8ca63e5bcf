"""The calculator on the form of a visit: what its amounts come to per head, against the line.

The browser works it out while somebody types (static/js/calculator.js, the same sum); without it the server does, at
the press of a button. The rule is the area's, the sum is households.income.calculator.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from households.income.calculator import Worked, work_out
from households.income.items import GROUPS
from households.income.listing import line_on
from households.income.rules import Rule, rule_for
from households.visits.questionnaires import MEMBERS, Declared


@dataclass(frozen=True, slots=True)
class Calculator:
    """What the amounts of a form come to now, and what the browser needs to go on working it out.

    `line` is in yuan a head and year; None where none is known. `incomplete` says that nothing was stated yet.
    """

    worked: Worked
    line: Decimal | None
    work_cost: Decimal
    left_out: str
    incomplete: bool

    @property
    def short_by(self) -> Decimal | None:
        """How much the reference income per head lies below the line; None where it does not, or no line is known."""
        if self.line is None or self.worked.reference_per_head.amount >= self.line:
            return None
        return self.line - self.worked.reference_per_head.amount


def calculator(
    declared: Declared, answer_to: Callable[[str], object], *, area: str, on: datetime.date
) -> Calculator | None:
    """Return the calculator of a questionnaire in an area on a day; None where nothing of it counts.

    `answer_to` gives what stands at a question by its code; what is no number counts as nothing.
    """
    counting = [each for each in declared.questions() if each.counts]
    if not counting:
        return None
    rule, parts, members = rule_for(area, on), dict[str, Decimal](), 0
    for question in counting:
        amount = _amount(answer_to(question.code))
        if amount is None:
            continue
        if question.counts == MEMBERS:
            members = int(amount)
        else:
            parts[question.counts] = parts.get(question.counts, Decimal(0)) + amount
    return Calculator(
        worked=work_out(parts, members, rule),
        line=line_on(area, on),
        work_cost=rule.work_cost,
        left_out=_letters_left_out(rule),
        incomplete=not parts,
    )


def _letters_left_out(rule: Rule) -> str:
    """Return the letters that the area counts nothing of; items below a letter are not asked at the door."""
    return "".join(letter for letter in GROUPS if letter in rule.left_out)


def _amount(given: object) -> Decimal | None:
    try:
        amount = Decimal(str(given))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount >= 0 else None
