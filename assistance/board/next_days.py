"""The next last day of households on the board: the nearest of everything that somebody owes them.

Steps, papers, follow-up, helper, answer, removal and after-care stand on the row (board_rows); plan, first measure and
income sheet are worked out for a whole village at once, in a few queries whatever the number of its households.
"""

import datetime
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from assistance.board.selectors import DAYS
from assistance.income.selectors import missing, with_period
from assistance.lifecycle import HELD, UNDER_WAY
from assistance.models import Case
from assistance.plans.clocks import due_of
from foundation.accounts.scope import within

_OF_STEPS = ("step_due_on", "total_due_on", "papers_due_on")


class NextDays:
    """The last days of the households of one area; what they rest on is read when the first is asked for."""

    def __init__(self, area: str) -> None:
        """Look at the households under an area."""
        self._area = area

    def of(self, row: Any) -> datetime.date | None:
        """Return the nearest last day of a board row; None where nobody owes it anything with a day."""
        own = (*_OF_STEPS, *DAYS) if row.state in UNDER_WAY else DAYS
        days = [getattr(row, name, None) for name in own]
        if row.state in HELD:
            days += self._worked_out.get(row.pk, ())
        return min((day for day in days if day is not None), default=None)

    def late(self, rows: Iterable[Any], on: datetime.date) -> set[int]:
        """Return the keys of the rows of which something is overdue on a day."""
        days = ((row.pk, self.of(row)) for row in rows)
        return {key for key, day in days if day is not None and day < on}

    @cached_property
    def _worked_out(self) -> dict[int, list[datetime.date]]:
        """Return by case the days of plan, first measure and income sheet that are owed."""
        rows = Case.objects.filter(within("area__code", [self._area]), state__in=HELD)
        found = {
            key: [day for day in (due.plan, due.first) if day is not None]
            for key, due in due_of(rows).items()
        }
        for key, day in missing(with_period(rows)).filter(due__isnull=False).values_list("pk", "due"):
            found[key].append(day)
        return found
