"""What the page of a case says of its time: step, whole, pauses, and whether the notice still fits."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from alerts.models import Alert
from alerts.verification.due import PAUSES, Reckoner
from alerts.verification.spans import Kind, Past
from assistance.enrolment.due import END_OF_NOTICE, StepDays
from assistance.enrolment.spans import pasts
from assistance.lifecycle import UNDER_WAY
from assistance.models import Case
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.regulations import clocks
from foundation.regulations.clocks import Reading
from foundation.regulations.lookup import value
from foundation.regulations.units import Unit, written
from foundation.workflow.courses import Standing
from foundation.workflow.paths import PathStep

NOTICE = "notice_days"
#: The steps of a notice: it is posted, and its days are over; and the decision up to which the whole counts.
POST, END, DECIDE = "post", END_OF_NOTICE, "decide"


@dataclass(frozen=True, slots=True)
class Pause:
    """Why the total clock stood still, from when, and until when; None while it still does."""

    why: str
    since: datetime.date
    until: datetime.date | None


@dataclass(frozen=True, slots=True)
class Planned:
    """When a step that is ahead is taken at the latest if every step takes the whole of its time."""

    label: str
    day: datetime.date


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The deadlines of a case on a day.

    `whole` reads the total clock up to the decision: gross days always, net days beside them; None where the area has
    no such value. `plan` are the steps ahead of the decision, each with the whole of its time; `misfit` says that a
    notice posted today would end after the last day, `tight` that the plan does.
    """

    case: Case
    whole: Reading | None
    length: str
    unit: str
    pauses: list[Pause]
    runs: bool
    paused: bool
    plan: list[Planned]
    notice: str
    misfit: bool
    tight: bool


def deadlines_of(case: Case, on: datetime.date | None = None) -> Deadlines:
    """Read the deadlines of a case on a day (default: the business day)."""
    day = on or clock.today()
    past = _past(case)
    whole = _whole(case, past, day)
    runs, paused = case.state in UNDER_WAY or case.state == "unauthorised", past.paused
    days, reckoner = StepDays([case]), Reckoner(day)
    standing = days.standing(case)
    plan = _plan(case, standing, days, reckoner, day) if case.state == "open" and standing else []
    counts = whole is not None and bool(plan) and not paused
    ends = _notice_ends(case, standing, reckoner, day) if counts else None
    return Deadlines(
        case=case,
        whole=whole,
        length=written(Decimal(whole.clock.length), whole.clock.span) if whole else "",
        unit=_("working days") if whole and whole.clock.span is Unit.WORKING_DAYS else _("days"),
        pauses=_pauses(case, past, runs=runs),
        runs=runs,
        paused=paused,
        plan=plan,
        notice=value(NOTICE, area=case.area_id, on=day).text,
        misfit=bool(whole and ends and ends > whole.due.day),
        tight=bool(whole and counts and plan[-1].day > whole.due.day),
    )


def _past(case: Case) -> Past:
    """Return what happened to the case and its warning, without pauses where its area knows none."""
    past = pasts([case])[case.pk]
    return past if value(PAUSES, area=case.area_id, on=case.first_clue_on).yes else Past(past.since)


def _whole(case: Case, past: Past, day: datetime.date) -> Reading | None:
    made = Reckoner(day).clock(case.area_id, case.first_clue_on)
    if made is None:
        return None
    ended = case.decided_on or case.ended_on
    return clocks.read(made, past.pauses, min(day, ended) if ended else day)


def _plan(
    case: Case, standing: Standing, days: StepDays, reckoner: Reckoner, today: datetime.date
) -> list[Planned]:
    """Return the steps ahead up to the decision, each begun when those before it have taken the whole of their time."""
    ends: dict[str, datetime.date] = {}
    found = []
    for step in standing.steps:
        if not standing.is_ahead(step):
            continue
        begun = max((ends[code] for code in step.waits_for if code in ends), default=None)
        start = begun or days.since(case, step)
        rule = NOTICE if step.code == END else step.deadline
        hangs = days.last(case, step, reckoner) if step.code == END else None
        last = hangs or (reckoner.last(rule, case.area_id, start, case.opened_on) if rule else None)
        ends[step.code] = max(last or start, today)
        found.append(Planned(step.label, ends[step.code]))
        if step.code == DECIDE:
            break
    return found


def _notice_ends(
    case: Case, standing: Standing | None, reckoner: Reckoner, today: datetime.date
) -> datetime.date | None:
    """Return the last day of a notice that is posted today; None where one hangs already or the area knows no days."""
    ahead: list[PathStep] = [step for step in standing.steps if standing.is_ahead(step)] if standing else []
    if not any(step.code == POST for step in ahead):
        return None
    return reckoner.last(NOTICE, case.area_id, today)


def _pauses(case: Case, past: Past, *, runs: bool) -> list[Pause]:
    found: list[Pause] = []
    for event in past.pauses:
        if event.kind == Kind.PAUSE:
            label = case.lifecycle.states.get(event.reason) or Alert.lifecycle.states.get(event.reason, "")
            found.append(Pause(str(label), event.on, None))
        else:
            found[-1] = Pause(found[-1].why, found[-1].since, event.on)
    return [each for each in found if each.until is not None or runs]


class Time:
    """The deadlines, as a section of the page (assistance.panels.CasePanel)."""

    order = 15
    template = "assistance/_deadlines.html"
    right = Right.VIEW_CASES
    lent = True

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return the deadlines; nothing for a case from before this platform."""
        return None if case.origin == Case.Origin.IMPORT else {"deadlines": deadlines_of(case)}


TIME = Time()
