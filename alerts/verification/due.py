"""By when the present step of an alert and the whole of it are due; set-wise, from values of the area.

A step runs from the day on which the alert came into its state; how long stands in the regulation value that its path
names, or else in the one of the state. The total clock runs from the first clue through alert and case (field.md 3.3);
pauses move its last day and are shown, gross days count on. While it stands still there is no last day.
"""

import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import connection

from alerts.lifecycle import ENDED
from alerts.models import Alert
from alerts.verification.path import KIND
from alerts.verification.spans import Past, pasts
from foundation.accounts import clock
from foundation.regulations import clocks, revision
from foundation.regulations.book import Resolved
from foundation.regulations.lookup import book, mark_used
from foundation.regulations.models import Clock
from foundation.regulations.working_days import deadline
from foundation.workflow import courses
from foundation.workflow.courses import Standing

TOTAL, PAUSES = "total_clock", "total_clock_pauses"
#: The value that says how long a step may take, by the state in which the alert waits for it.
STEP_RULES = {
    "raised": "warning_dispatch_days",
    "dispatched": "visit_assign_days",
    "assigned": "house_check_days",
    "reported": "visit_review_days",
    "returned": "visit_completion_days",
    "referred": "referral_answer_days",
}
_AT_ONCE = 2_000
_SQL = Path(__file__).parent.parent / "sql"


def set_due(
    alerts: Sequence[int] | Sequence[Alert], on: datetime.date | None = None, *, clues: bool = True
) -> None:
    """Bring first clue and last days of alerts to what holds on a day (default: the business day).

    Rows that are handed over as objects are as they are stored, and carry the new days afterwards; their version
    stays. `clues` False: no signal came or went, so the first clue is sought only where none is known. A few
    statements for two thousand alerts, whatever their areas.
    """
    day = on or clock.today()
    with revision.one_reading():
        for first in range(0, len(alerts), _AT_ONCE):
            some = alerts[first : first + _AT_ONCE]
            rows = [row for row in some if isinstance(row, Alert)]
            keys = [key for key in some if isinstance(key, int)]
            _set_due(rows or list(Alert.objects.filter(pk__in=keys)), day, clues=clues)


def set_first_days(alerts: Sequence[Alert], clues: Mapping[int, datetime.date], on: datetime.date) -> None:
    """Work out the days of alerts that are about to be opened, so that each is written once.

    `clues` are the days of the first signs, by household.
    """
    with revision.one_reading():
        reckoner, initial = Reckoner(on), Alert.lifecycle.initial
        somewhere = {row.area_id: row for row in alerts}
        standings = courses.beginnings(KIND, somewhere.keys(), on=on)
        rules = {area: _rule(row, initial, standings.get(area)) for area, row in somewhere.items()}
        for row in alerts:
            rule = rules[row.area_id]
            row.first_clue_on = clues.get(row.household_id, row.opened_on)
            row.step_due_on = reckoner.last(rule, row.area_id, row.opened_on) if rule else None
            row.total_due_on = reckoner.total(row.area_id, row.first_clue_on, Past(row.opened_on))
        mark_used(*reckoner.used.values())


class Reckoner:
    """Works out last days from the values of areas; what was asked once is not worked out again."""

    def __init__(self, day: datetime.date) -> None:
        """Take the book of values as it stands; `day` is the one on which pauses are read."""
        self._book, self._day = book(), day
        self._lasts: dict[tuple[str, str, datetime.date, datetime.date], datetime.date | None] = {}
        #: Every answer that somebody is held to now, by the row that gave it.
        self.used: dict[int, Resolved] = {}

    def last(
        self, rule: str, area: str, start: datetime.date, at: datetime.date | None = None
    ) -> datetime.date | None:
        """Return the last day of a period that began on `start`; None where no value is in force.

        `at` is the day whose value counts, where that is not the one of the start: what runs keeps its rules.
        """
        key = (rule, area, start, at or start)
        if key not in self._lasts:
            found = self._asked(rule, area, at or start)
            self._lasts[key] = (
                None
                if found.silent or found.amount is None
                else deadline(start, int(found.amount), found.unit, area).day
            )
        return self._lasts[key]

    def total(self, area: str, start: datetime.date, past: Past) -> datetime.date | None:
        """Return the last day of the whole with its pauses so far; None while it stands still."""
        if not past.pauses or not self._asked(PAUSES, area, start).yes:
            return self.last(TOTAL, area, start)
        if past.paused:
            return None
        made = self.clock(area, start)
        return clocks.read(made, past.pauses, self._day).due.day if made else None

    def clock(self, area: str, start: datetime.date) -> Clock | None:
        """Return the total clock that began on `start`, not stored; None where no value is in force."""
        found = self._asked(TOTAL, area, start)
        if found.silent or found.amount is None:
            return None
        return Clock(rule=TOTAL, area=area, started_on=start, length=int(found.amount), unit=found.unit.value)

    def _asked(self, rule: str, area: str, on: datetime.date) -> Resolved:
        found = self._book.resolve(rule, area, on)
        if found.value is not None:
            self.used[found.value.pk] = found
        return found


def _set_due(rows: list[Alert], day: datetime.date, *, clues: bool) -> None:
    if not rows:
        return
    found = _clues([row.pk for row in rows if clues or row.first_clue_on is None])
    past, standings = pasts(rows), courses.of(rows)
    reckoner, days = Reckoner(day), []
    for row in rows:
        before = _columns(row)
        told = past.get(row.pk, Past(row.opened_on))
        _work_out(row, told, found.get(row.pk), _rule(row, row.state, standings.get(str(row.pk))), reckoner)
        if before != _columns(row):
            days.append({"id": row.pk} | _columns(row))
    mark_used(*reckoner.used.values())
    if days:
        with connection.cursor() as cursor:
            text = (_SQL / "set_due.sql").read_text(encoding="utf-8")
            cursor.execute(text, {"alerts": json.dumps(days, default=str)})


def _work_out(
    row: Alert, past: Past, clue: datetime.date | None, rule: str | None, reckoner: Reckoner
) -> None:
    """Write the days of one alert into the row, which is not stored."""
    known = [each for each in (row.first_clue_on, clue) if each is not None]
    row.first_clue_on = min(known, default=row.opened_on)
    since = past.since or row.opened_on
    if row.state == "watched":
        row.step_due_on = row.relook_on
    else:
        row.step_due_on = reckoner.last(rule, row.area_id, since) if rule else None
    if row.state not in ENDED:
        row.total_due_on = reckoner.total(row.area_id, row.first_clue_on, past)


def _rule(row: Alert, state: str, standing: Standing | None) -> str | None:
    """Return the value that the path names for the step that the alert waits for, else the one of its state."""
    own = STEP_RULES.get(state)
    if standing is None or state not in STEP_RULES or state == "returned":
        return own
    verbs = {move.verb for move in row.lifecycle.open_from(state)}
    named = [step.deadline for step in standing.open_steps() if verbs & set(step.verbs) and step.deadline]
    return named[0] if named else own


def _columns(row: Alert) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("first_clue_on", "step_due_on", "total_due_on")}


def clues_of(findings: Sequence[int]) -> dict[int, datetime.date]:
    """Return the day on which each finding came in that is about to become a signal: no later than today."""
    with connection.cursor() as cursor:
        text = (_SQL / "clues_of_findings.sql").read_text(encoding="utf-8")
        cursor.execute(text, {"findings": list(findings), "today": clock.today()})
        return dict(cursor.fetchall())


def _clues(keys: Sequence[int]) -> dict[int, datetime.date]:
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute((_SQL / "first_clues.sql").read_text(encoding="utf-8"), {"alerts": list(keys)})
        return {alert: day for alert, day in cursor.fetchall() if day is not None}
