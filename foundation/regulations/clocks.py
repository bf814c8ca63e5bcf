"""Clocks that run for something: started, paused with reasons, resumed, stopped; gross days are always shown.

A day counts after the event that began it: started on Monday, one day has passed on Tuesday. A pause takes
the days after it up to and including the day on which the clock resumes. Reports count gross days.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock as business
from foundation.accounts.refusals import Refused
from foundation.ledger.record import Act, Actor, record
from foundation.regulations.book import Resolved
from foundation.regulations.lookup import mark_used
from foundation.regulations.models import Clock, ClockEvent
from foundation.regulations.units import SPANS, Unit
from foundation.regulations.working_days import Deadline, days_after, deadline, the_calendar

Kind = ClockEvent.Kind
_DONE = {Kind.PAUSE: "paused", Kind.RESUME: "resumed", Kind.STOP: "stopped"}


@dataclass(frozen=True, slots=True)
class About:
    """What a clock runs for, as the ledger names it."""

    object_type: str
    object_id: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock on a day: days gone with pauses (gross) and without (net), in the clock's unit, and its ends.

    `due` is the last day with the pauses so far added, `due_gross` without. `left` counts to `due`, negative
    when over. For months `gross`, `net` and `left` are calendar days.
    """

    clock: Clock
    on: datetime.date
    gross: int
    net: int
    left: int
    due: Deadline
    due_gross: Deadline
    paused_since: datetime.date | None
    stopped_on: datetime.date | None

    @property
    def over(self) -> bool:
        """Whether the last day is past (or was, when the clock stopped)."""
        return self.left < 0


@transaction.atomic
def start(rule: Resolved, about: About, area: str, *, on: datetime.date, by: Actor) -> Clock:
    """Start a clock by the rule that holds; its length stays what it is today, and the value is now used."""
    if rule.silent or rule.value is None or rule.amount is None or rule.unit not in SPANS:
        raise Refused(
            _("No period is in force for “%(rule)s”: propose a local value first.")
            % {"rule": rule.subject.label}
        )
    mark_used(rule)
    made = Clock.objects.create(
        object_type=about.object_type,
        object_id=about.object_id,
        rule=rule.subject.key,
        area=area,
        started_on=on,
        length=int(rule.amount),
        unit=rule.unit.value,
        value=rule.value,
    )
    _note(made, "started", on, "", by)
    return made


def pause(clock: Clock, reason: str, *, on: datetime.date, by: Actor) -> None:
    """Pause a running clock; the reason is shown wherever the clock is."""
    if not reason.strip():
        raise Refused(_("Say why the clock is paused."), field="reason")
    _add(clock, Kind.PAUSE, on, reason.strip(), by)


def resume(clock: Clock, *, on: datetime.date, by: Actor) -> None:
    """Let a paused clock run again from the day after `on`."""
    _add(clock, Kind.RESUME, on, "", by)


def stop(clock: Clock, *, on: datetime.date, by: Actor) -> None:
    """Stop a clock for good; a running pause ends with it."""
    _add(clock, Kind.STOP, on, "", by)


def remaining(clock: Clock, on: datetime.date | None = None) -> Reading:
    """Read a clock on a day (default: the business day); acts entered later for earlier days count."""
    return read(clock, list(clock.events.all()), on or business.today())


def read(clock: Clock, happened: Sequence[ClockEvent], day: datetime.date) -> Reading:
    """Read a clock with these events, in their order; neither needs to be stored: whoever keeps the days of
    thousands of objects in rows of their own counts them by the same rules.
    """
    events = [event for event in happened if event.on <= day]
    stopped = next((event.on for event in events if event.kind == Kind.STOP), None)
    end = min(day, stopped) if stopped else day
    pauses = _pauses(events, end)
    gross = _count(clock, clock.started_on, end)
    paused = sum(_count(clock, since, until) for since, until in pauses)
    due_gross = deadline(clock.started_on, clock.length, clock.span, clock.area)
    due = _extended(clock, due_gross, pauses)
    left = _count(clock, end, due.day) if due.day >= end else -_count(clock, due.day, end)
    running_pause = events[-1].on if events and events[-1].kind == Kind.PAUSE else None
    return Reading(clock, day, gross, gross - paused, left, due, due_gross, running_pause, stopped)


def _pauses(events: list[ClockEvent], end: datetime.date) -> list[tuple[datetime.date, datetime.date]]:
    """Return the pauses up to `end`; an open one reaches to `end`."""
    found: list[tuple[datetime.date, datetime.date]] = []
    since: datetime.date | None = None
    for event in events:
        if event.kind == Kind.PAUSE:
            since = event.on
        elif since is not None:
            found.append((since, event.on))
            since = None
    return [*found, (since, end)] if since is not None else found


def _count(clock: Clock, start: datetime.date, end: datetime.date) -> int:
    """Count days after `start` up to `end` in the clock's own days."""
    if clock.span is not Unit.WORKING_DAYS:
        return max(0, (end - start).days)
    known = the_calendar()
    return sum(known.works(day, clock.area) for day in days_after(start, end))


def _extended(clock: Clock, gross: Deadline, pauses: list[tuple[datetime.date, datetime.date]]) -> Deadline:
    """Move the last day by the days of each pause that began before the last day as it then stood."""
    due, lost = gross, 0
    for since, until in pauses:
        days = _count(clock, since, until)
        if days and since < due.day:
            lost += days
            due = _moved(clock, gross, lost)
    return due


def _moved(clock: Clock, gross: Deadline, lost: int) -> Deadline:
    if clock.span is Unit.MONTHS:
        return deadline(gross.day, lost, Unit.DAYS, clock.area, clock.started_on)
    return deadline(clock.started_on, clock.length + lost, clock.span, clock.area)


@transaction.atomic
def _add(clock: Clock, kind: ClockEvent.Kind, on: datetime.date, reason: str, by: Actor) -> None:
    """Append an event where the one before it allows it."""
    Clock.objects.select_for_update().get(pk=clock.pk)
    last = ClockEvent.objects.filter(clock=clock).last()
    if last is not None and last.kind == Kind.STOP:
        raise Refused(_("The clock has stopped."))
    paused = last is not None and last.kind == Kind.PAUSE
    if kind == Kind.PAUSE and paused:
        raise Refused(_("The clock is already paused."))
    if kind == Kind.RESUME and not paused:
        raise Refused(_("The clock is not paused."))
    if on < (last.on if last else clock.started_on):
        raise Refused(_("The day lies before the last event of the clock."), field="on")
    ClockEvent.objects.create(
        clock=clock, kind=kind, on=on, entered_on=business.today(), reason=reason[:200], actor=by.ref
    )
    _note(clock, _DONE[kind], on, reason, by)


def _note(clock: Clock, what: str, on: datetime.date, reason: str, by: Actor) -> None:
    record(
        Act(
            f"clock.{what}",
            clock.object_type,
            clock.object_id,
            on,
            business.today(),
            area=clock.area,
            details={"rule": clock.rule, "length": clock.length, "unit": clock.unit},
            personal={"reason": reason} if reason else {},
        ),
        by=by,
    )
