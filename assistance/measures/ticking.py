"""Tick measures for a household: each becomes a row, and a task of its department as soon as the county has decided."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assistance.aid.keeping import refresh
from assistance.catalogue.book import measure as declared_measure
from assistance.catalogue.declared import DeclaredMeasure
from assistance.catalogue.terms import About
from assistance.data_checks.following import ask_again as check_again
from assistance.enrolment.lasts import last_days
from assistance.measures.rules import ASKING, CHOOSING, planner
from assistance.measures.selectors import risks_of
from assistance.measures.telling import tell_asked
from assistance.models import Case, Measure
from foundation.accounts import clock
from foundation.accounts.models import Department, User
from foundation.accounts.refusals import Refused
from foundation.ledger.record import Actor
from foundation.workflow.move import Request, create, move, move_many
from households.identity.masking import masked_text
from households.models import Resident

#: Days within which an office answers.
ANSWER_DAYS = "measure_answer_days"
LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class Tick:
    """One tick: a code of the catalogue, for a member (None: the household), against a risk (empty: development)."""

    code: str
    resident: int | None = None
    risk: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ticked:
    """What became of the ticks: the measures that stand now, and how many of them went to their departments."""

    made: list[Measure]
    asked: int


@transaction.atomic
def tick(case: Case, ticks: Sequence[Tick], *, by: User) -> Ticked:
    """Write ticks down as measures of a case, all of them or, with the first refusal, none.

    Once the county has decided, or where help comes first, they go to their departments in the same act.
    """
    locked = (
        Case.objects.select_for_update(of=("self",)).select_related("household", "standing").get(pk=case.pk)
    )
    actor = planner(locked, by)
    if not ticks:
        raise Refused(_("Nothing is ticked yet: tick what this household needs."))
    people = {each.pk: each for each in Resident.objects.present().filter(household=locked.household_id)}
    risks = risks_of([locked])[locked.pk]
    made = [_made(locked, each, people, risks, actor, by) for each in dict.fromkeys(ticks)]
    asked = ask_departments(made, by=by) if goes_out(locked) else []
    refresh([locked.pk], [row.code for row in made])
    return Ticked(made, len(asked))


def goes_out(case: Case) -> bool:
    """Say whether what is ticked goes to departments at once: decided, or help first (绿色通道)."""
    return case.state in ASKING or (case.fast_track and case.state in CHOOSING)


def ask_departments(measures: Sequence[Measure], *, by: User) -> list[Measure]:
    """Ask the departments of proposed measures, and tell them; returns what was asked."""
    today, asked = clock.today(), list[Measure]()
    lasts = last_days(ANSWER_DAYS, {row.area_code for row in measures})
    for area, last in lasts.items():
        here = [row for row in measures if row.area_code == area]
        asked += _moved(here, Request("ask", writes={"asked_on": today, "due_on": last}), by)
    tell_asked(asked, by=by)
    check_again([row.case.household_id for row in measures])
    return asked


@transaction.atomic
def ask_again(measure: Measure, reason: str, *, by: User, on: datetime.date | None = None) -> Measure:
    """Ask for something again that was refused, with the reason."""
    planner(measure.case, by)
    last = last_days(ANSWER_DAYS, {measure.area_code})[measure.area_code]
    writes = {"asked_on": clock.today(), "due_on": last, "answered_on": None, "answer": ""}
    try:
        with transaction.atomic():
            move(measure, Request("ask_again", on=on, reason=masked_text(reason), writes=writes), by=by)
    except IntegrityError as clash:
        raise Refused(_("The same is asked for already: look at the plan board of the case.")) from clash
    tell_asked([measure], by=by)
    check_again([measure.case.household_id])
    refresh([measure.case_id], [measure.code])
    return measure


@transaction.atomic
def withdraw(measure: Measure, reason: str, *, by: User, on: datetime.date | None = None) -> Measure:
    """Take a measure back that waits: ticked by mistake, or no longer needed."""
    planner(measure.case, by)
    check_again([measure.case.household_id])
    taken = move(measure, Request("withdraw", on=on, reason=masked_text(reason)), by=by)
    refresh([measure.case_id], [measure.code])
    return taken


def _made(
    case: Case, given: Tick, people: dict[int, Resident], risks: Iterable[str], actor: Actor, by: User
) -> Measure:
    """Write one tick down; refused where it names nothing that there is."""
    declared = declared_measure(given.code)
    if declared is None:
        raise Refused(_("This measure is in the catalogue no more: open the page again."))
    if (declared.about is About.MEMBER) != (given.resident is not None):
        raise Refused(_("“%(name)s”: say for whom it is.") % {"name": declared.name}, field="person")
    if given.resident is not None and given.resident not in people:
        raise Refused(_("“%(name)s”: this person is no member of the household.") % {"name": declared.name})
    if given.risk and given.risk not in risks:
        raise Refused(_("“%(name)s”: the case has no such risk.") % {"name": declared.name})
    row = _row(case, given, declared, clock.today(), by)
    details = {"case": case.pk, "code": row.code, "department": row.department_id or ""}
    try:
        with transaction.atomic():
            return create(row, by=by, actor=actor, details=details)
    except IntegrityError as clash:
        raise Refused(
            _("“%(name)s” is promised already for the same person: it stands on the plan board.")
            % {"name": declared.name}
        ) from clash


def _row(case: Case, given: Tick, declared: DeclaredMeasure, today: datetime.date, by: User) -> Measure:
    if len(given.note) > LONGEST_NOTE:
        raise Refused(_("Say it in at most %(most)d characters.") % {"most": LONGEST_NOTE}, field="note")
    known = Department.objects.filter(pk=declared.department).exists() if declared.department else False
    return Measure(
        case=case,
        code=declared.code,
        kind=declared.kind,
        name=declared.name_zh,
        develops=declared.develops,
        risk_type=given.risk,
        resident_id=given.resident,
        department_id=declared.department if known else None,
        note=masked_text(given.note.strip()),
        ticked_on=today,
        ticked_by=by,
    )


def _moved(rows: Sequence[Measure], asked: Request, by: User) -> list[Measure]:
    """Make a move on measures; returns those that moved, as they are stored now."""
    done = {each.key: each for each in move_many(rows, asked, by=by)}
    return [done[row.pk].row for row in rows if done[row.pk].moved]
