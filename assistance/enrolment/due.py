"""By when the open step of a case and the whole of it are due; set-wise, from values of the area.

A step runs from the day on which the last of those that it waits for was taken; how long stands in the regulation value
that the chain names, as it was on the day on which the case was opened: what runs keeps its rules. After a return its
check list has a deadline of its own. A notice ends with the last day of the line that hangs, or with the answer that is
owed to an objection. The total clock began with the first clue and runs through warning and case up to
the county's decision (domain.md 5.2).
"""

import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.db import connection
from django.db.models import Min

from alerts.verification.due import Reckoner
from alerts.verification.spans import Past
from assistance.enrolment.spans import pasts
from assistance.lifecycle import UNDER_WAY
from assistance.models import Case, CasePiece, NoticeItem, Objection
from foundation.accounts import clock
from foundation.regulations import revision
from foundation.regulations.lookup import mark_used
from foundation.workflow import courses
from foundation.workflow.courses import Standing
from foundation.workflow.models import CourseStep
from foundation.workflow.paths import PathStep

#: The step that ends with the days of a notice: no value counts it, the line that hangs says its last day.
END_OF_NOTICE = "notice"
_AT_ONCE = 2_000
_SQL = Path(__file__).parent.parent / "sql" / "set_case_due.sql"


def set_due(cases: Sequence[Case], on: datetime.date | None = None) -> None:
    """Bring the last days of cases to what holds on a day (default: the business day).

    The rows carry the new days afterwards; their version stays. A few statements for two thousand cases.
    """
    day = on or clock.today()
    with revision.one_reading():
        for first in range(0, len(cases), _AT_ONCE):
            _set_due(cases[first : first + _AT_ONCE], day)


class StepDays:
    """Since when the open steps of cases run: read once for many."""

    def __init__(self, cases: Sequence[Case]) -> None:
        """Read chains, steps that were taken, and deadlines of check lists; seven queries."""
        self._standings = courses.of(cases) if cases else {}
        self._taken: dict[int, dict[str, datetime.date]] = {}
        keys = [each.course for each in self._standings.values()]
        for step in CourseStep.objects.filter(course__in=keys).order_by("pk"):
            self._taken.setdefault(step.course_id, {})[step.step] = step.on
        missing = CasePiece.objects.missing().filter(case__in=[case.pk for case in cases])
        self._asked: Mapping[int, datetime.date | None] = dict(
            missing.order_by().values("case").annotate(first=Min("due_on")).values_list("case", "first")
        )
        self._hangs = _hanging_until([case.pk for case in cases])

    def standing(self, case: Case) -> Standing | None:
        """Return where a case stands on its chain."""
        return self._standings.get(str(case.pk))

    def since(self, case: Case, step: PathStep) -> datetime.date:
        """Return the day from which an open step runs: the last of those before it, or its return."""
        standing = self.standing(case)
        if standing is None:
            return case.opened_on
        taken = self._taken.get(standing.course, {})
        days = [taken[code] for code in (*step.waits_for, step.code) if code in taken]
        return max(days, default=case.opened_on)

    def last(self, case: Case, step: PathStep, reckoner: Reckoner) -> datetime.date | None:
        """Return the last day of an open step; None where no value is in force for it."""
        if step.code == END_OF_NOTICE:
            return self._hangs.get(case.pk)
        if not step.deadline:
            return None
        return reckoner.last(step.deadline, case.area_id, self.since(case, step), case.opened_on)

    def step_due(self, case: Case, reckoner: Reckoner) -> datetime.date | None:
        """Return the first last day among the open steps; that of a check list goes before them."""
        standing = self.standing(case)
        if case.state not in UNDER_WAY or standing is None:
            return None
        if asked := self._asked.get(case.pk):
            return asked
        days = (self.last(case, step, reckoner) for step in standing.open_steps())
        return min((day for day in days if day is not None), default=None)


def _hanging_until(cases: Sequence[int]) -> dict[int, datetime.date]:
    """Return by case until when its line hangs; where an objection holds it, until that is to be answered."""
    running = NoticeItem.objects.running().filter(case__in=cases, removal__isnull=True)
    found = {case: until for case, until in running.values_list("case", "until") if until is not None}
    owed = Objection.objects.blocking().filter(
        item__case__in=list(found), item__removal__isnull=True, answer_due_on__isnull=False
    )
    for case, day in owed.values_list("item__case", "answer_due_on"):
        found[case] = max(found[case], day or found[case])
    return found


def _set_due(cases: Sequence[Case], day: datetime.date) -> None:
    steps, past, reckoner, rows = StepDays(cases), pasts(cases), Reckoner(day), []
    for case in cases:
        case.step_due_on = steps.step_due(case, reckoner)
        if case.state in ("open", "unauthorised"):
            known = past.get(case.pk, Past(case.opened_on))
            case.total_due_on = reckoner.total(case.area_id, case.first_clue_on, known)
        rows.append({"id": case.pk, "step": case.step_due_on, "total": case.total_due_on})
    mark_used(*reckoner.used.values())
    with connection.cursor() as cursor:
        cursor.execute(_SQL.read_text(encoding="utf-8"), {"cases": json.dumps(rows, default=str)})
