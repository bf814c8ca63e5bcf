"""Income and expense over time, as a section of the case's page: the picture against the line, and what is owed."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assistance.income import selectors
from assistance.income.periods import collected, due_on
from assistance.income.rights import KEPT, may_write
from assistance.income.telling import page_of
from assistance.income.words import taken_sentence
from assistance.lifecycle import HELD
from assistance.models import Case, IncomeSheet
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.income.chart import Chart, chart
from households.income.periods import Period

#: So many periods are drawn, the newest last.
MOST = 6


@dataclass(frozen=True, slots=True)
class Drawn:
    """The picture of the confirmed sheets, and the sheets of its table; `chart` is None where there is none."""

    sheets: list[IncomeSheet]
    chart: Chart | None
    sentence: str


def drawn(case: Case) -> Drawn:
    """Return the confirmed sheets of a case as a picture: per head, against the line of each period."""
    sheets = selectors.sheets_of(case)[-MOST:]
    if not sheets:
        return Drawn([], None, "")
    periods = [
        (
            f"{row.until_day:%Y-%m}",
            row.net_per_head or Decimal(0),
            row.reference_per_head or Decimal(0),
            row.line,
        )
        for row in sheets
    ]
    last = sheets[-1]
    sentence = _(
        "Chart of %(count)d accounting periods; in the newest %(net)s yuan net and %(reference)s yuan "
        "reference income per head. The table below has all amounts."
    ) % {"count": len(sheets), "net": f"{last.net_per_head:,}", "reference": f"{last.reference_per_head:,}"}
    return Drawn(sheets, chart(periods), sentence)


@dataclass(frozen=True, slots=True)
class Taken:
    """That a sheet of an earlier case holds: the sentence, and its address where the reader may open it."""

    sentence: str
    url: str

    @classmethod
    def over(cls, case: Case, period: Period, user: User) -> "Taken | None":
        """Return what is taken over for a period; None where nothing is."""
        sheet = selectors.taken_over(case, period)
        if sheet is None:
            return None
        sees = IncomeSheet.objects.visible_to(user).filter(pk=sheet.pk).exists()
        return cls(taken_sentence(sheet), page_of(sheet) if sees else "")


class IncomePanel:
    """The section (assistance.panels.CasePanel)."""

    order = 43
    template = "assistance/income/_panel.html"
    right = Right.VIEW_CASES
    lent = True

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return the picture, what is owed, and changed lists; nothing for a case that was never monitored."""
        rows = list(IncomeSheet.objects.filter(case=case))
        if case.state not in KEPT and not rows:
            return None
        today = clock.today()
        period = collected(case.area_id, today)
        of_period = [row for row in rows if (row.from_day, row.until_day) == (period.first, period.last)]
        holds = any(row.state == "confirmed" for row in of_period)
        due = due_on(case.area_id, period)
        taken = Taken.over(case, period, user) if not holds else None
        owed = case.state in HELD and not holds and taken is None
        return {
            "case": case,
            "drawn": drawn(case),
            "period": period,
            "owed": owed,
            "taken": taken,
            "due": due if owed else None,
            "draft": next((row for row in rows if row.state == "draft"), None),
            "changes": sum(len(each) for each in selectors.changes_of(rows).values()),
            "may_write": may_write(case, user),
        }


PANEL = IncomePanel()
