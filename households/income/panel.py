"""Income on the household's page: the newest period with its worked sum, and all periods against the line.

`INCOME` is a HouseholdPanel (households/panels.py), named in config/composition.py.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.regulations.lookup import value
from households.income.chart import Chart, chart
from households.income.items import known_items
from households.income.rules import rule_for
from households.income.sentences import lines, members_sentence, rule_sentences
from households.income.stating import worked
from households.models import Household, Income

#: So many periods are drawn, the newest last.
MOST = 8


@dataclass(frozen=True, slots=True)
class Period:
    """One period: what was worked out, and the monitoring line on its last day (None: no line is known)."""

    income: Income
    line: Decimal | None

    @property
    def below(self) -> bool:
        """Whether the reference income per head lies below the line."""
        return self.line is not None and self.income.reference_per_head < self.line


class IncomePanel:
    """The section of the household's page."""

    order = 20
    template = "households/_income.html"
    right = Right.VIEW_HOUSEHOLDS

    def context(self, household: Household, user: User) -> dict[str, Any] | None:
        """Return the periods, their picture, and the newest one's sum line by line."""
        may_state = user.holds(Right.EDIT_HOUSEHOLDS, household.area_id)
        if may_state and recused(user, household.recusal_keys):
            may_state = False
        incomes = list(
            household.incomes.select_related("household", "revision").order_by("-until_day")[:MOST]
        )
        periods = [Period(each, _line(household.area_id, each)) for each in reversed(incomes)]
        context: dict[str, Any] = {"household": household, "may_state": may_state, "periods": periods}
        if periods:
            newest = periods[-1].income
            rule = rule_for(household.area_id, newest.as_of)
            context |= {
                "newest": periods[-1],
                "chart": _chart(periods),
                "lines": list(lines(worked(newest), known_items(household.area_id, newest.as_of))),
                "members": members_sentence(newest.members),
                "rule": list(rule_sentences(rule)),
            }
        return context


def _line(area: str, income: Income) -> Decimal | None:
    answer = value("monitoring_line", area=area, on=income.until_day)
    return None if answer.silent else answer.amount


def _chart(periods: list[Period]) -> Chart:
    return chart(
        [
            (
                str(each.income.until_day.year),
                each.income.net_per_head,
                each.income.reference_per_head,
                each.line,
            )
            for each in periods
        ]
    )


INCOME = IncomePanel()
