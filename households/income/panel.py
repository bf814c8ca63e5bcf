"""Income on the household's page: the newest period with its worked sum, and all periods against the line.

`INCOME` is a HouseholdPanel (households/panels.py), named in config/composition.py.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.charts import Picture, Series
from households.income.chart import Chart, chart
from households.income.items import known_items
from households.income.listing import line_on
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
    lent = True

    def context(self, household: Household, user: User) -> dict[str, Any] | None:
        """Return the periods, their picture, and the newest one's sum line by line."""
        may_state = user.holds(Right.EDIT_HOUSEHOLDS, household.area_id)
        if may_state and recused(user, household.recusal_keys):
            may_state = False
        incomes = list(
            household.incomes.select_related("household", "revision").order_by("-until_day")[:MOST]
        )
        periods = [Period(each, line_on(household.area_id, each.until_day)) for each in reversed(incomes)]
        context: dict[str, Any] = {"household": household, "may_state": may_state, "periods": periods}
        if periods:
            newest, picture = periods[-1].income, _picture(household, periods)
            rule = rule_for(household.area_id, newest.as_of)
            context |= {
                "newest": periods[-1],
                "chart": _chart(periods),
                "picture": picture.told(user, household.area.name),
                "sentence": picture.sentence,
                "lines": list(lines(worked(newest), known_items(household.area_id, newest.as_of))),
                "members": members_sentence(newest.members),
                "rule": list(rule_sentences(rule)),
            }
        return context


def _picture(household: Household, periods: list[Period]) -> Picture:
    newest = periods[-1]
    return Picture(
        title=_("Income per head of household %(code)s") % {"code": household.code},
        sentence=_(
            "Chart of %(count)d accounting periods; in the newest %(net)s yuan net and %(reference)s yuan "
            "reference income per head. The table below has all amounts."
        )
        % {
            "count": len(periods),
            "net": f"{newest.income.net_per_head:,}",
            "reference": f"{newest.income.reference_per_head:,}",
        },
        unit=_("yuan"),
        categories=[_name(each) for each in periods],
        series=[
            Series(_("Net income per head"), [each.income.net_per_head for each in periods]),
            Series(
                _("Reference income per head"),
                [each.income.reference_per_head for each in periods],
                tone="plain",
            ),
            *_level(periods),
        ],
    )


def _level(periods: list[Period]) -> list[Series]:
    """Return the line as a series; none where it is known for no period, or the legend would promise one."""
    lines_known = [each.line for each in periods]
    named = Series(_("Monitoring line"), lines_known, kind="level", tone="danger")
    return [named] if any(line is not None for line in lines_known) else []


def _name(period: Period) -> str:
    """Return what a period is called below its bars: the month it ends in."""
    return f"{period.income.until_day:%Y-%m}"


def _chart(periods: list[Period]) -> Chart:
    return chart(
        [
            (
                _name(each),
                each.income.net_per_head,
                each.income.reference_per_head,
                each.line,
            )
            for each in periods
        ]
    )


INCOME = IncomePanel()
