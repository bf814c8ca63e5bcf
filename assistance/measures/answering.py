"""An office says what came of a measure: landed on a day with its amount, or refused with the reason."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.aid.keeping import refresh
from assistance.data_checks.following import ask_again
from assistance.measures.telling import people_of, tell_answered
from assistance.models import Measure
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right, Role
from foundation.accounts.scope import Duty
from foundation.ledger.record import Act, record
from foundation.workflow.move import Request, move
from households.identity import keeping
from households.identity.masking import masked_text
from households.models import Resident
from households.models.households import HEAD

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Landed:
    """That it landed: on which day, how many yuan for which time (none: a service), until when, and a word to it."""

    on: datetime.date
    amount: Decimal | None = None
    per: str = ""
    until: datetime.date | None = None
    note: str = ""


def answers(user: User, measure: Measure) -> bool:
    """Say whether `user` answers for the office of a measure.

    Its department; the township, where it is the township's own; the dispatcher, where the department has nobody.
    """
    if user.is_built_in:
        return True
    duties = [
        duty
        for duty in user.duties()
        if duty.holds(Right.ANSWER_MEASURES) and measure.area_code.startswith(duty.area)
    ]
    if any(duty.department is not None and duty.department == measure.department_id for duty in duties):
        return True
    plain = [duty for duty in duties if duty.department is None]
    if measure.department_id is None:
        return any(len(duty.area) >= Level.TOWNSHIP for duty in plain) or (
            _dispatches(plain) and user in people_of(None, measure.area_code[: Level.TOWNSHIP])
        )
    return _dispatches(plain) and user in people_of(measure.department_id, measure.area_code[: Level.COUNTY])


@transaction.atomic
def land(measure: Measure, told: Landed, *, by: User) -> Measure:
    """Write down that a measure landed; refused for a day before it was ticked or after today."""
    _check_office(measure, by)
    if not measure.ticked_on <= told.on <= clock.today():
        raise Refused(
            _("Choose a day from %(since)s, on which it was ticked, up to today.")
            % {"since": measure.ticked_on},
            field="landed_on",
        )
    if told.amount is not None and told.amount <= 0:
        raise Refused(_("An amount is above nothing; leave it empty for a service."), field="amount")
    if (told.amount is None) != (told.per == ""):
        raise Refused(_("Say the amount together with its time: once, a month, a term, a year."), field="per")
    if told.until is not None and told.until < told.on:
        raise Refused(_("It cannot end before it began."), field="until_day")
    writes = {
        "landed_on": told.on,
        "answered_on": clock.today(),
        "amount": told.amount,
        "per": told.per,
        "until_day": told.until,
        "answer": _text(told.note),
    }
    move(measure, Request("land", writes=writes, details={"landed_on": str(told.on)}), by=by)
    tell_answered(measure, by=by)
    ask_again([measure.case.household_id])
    refresh([measure.case_id], [measure.code])
    return measure


@transaction.atomic
def refuse(measure: Measure, reason: str, *, by: User, on: datetime.date | None = None) -> Measure:
    """Write down that a measure cannot land, with the reason that the village passes on to the household."""
    _check_office(measure, by)
    said = _text(reason)
    move(
        measure,
        Request("refuse", on=on, reason=said, writes={"answered_on": clock.today(), "answer": said}),
        by=by,
    )
    tell_answered(measure, by=by)
    ask_again([measure.case.household_id])
    refresh([measure.case_id], [measure.code])
    return measure


@transaction.atomic
def answer_again(measure: Measure, reason: str, *, by: User, on: datetime.date | None = None) -> Measure:
    """Take an answer back that was mistaken: the measure waits for its office again, with the same last day."""
    _check_office(measure, by)
    cleared = {
        "landed_on": None,
        "answered_on": None,
        "amount": None,
        "per": "",
        "until_day": None,
        "stopped_on": None,
        "answer": "",
    }
    ask_again([measure.case.household_id])
    back = move(measure, Request("take_back", on=on, reason=_text(reason), writes=cleared), by=by)
    refresh([measure.case_id], [measure.code])
    return back


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom a measure is for, in full: what an office needs to do what it is asked."""

    name: str
    number: str
    address: str


@transaction.atomic
def whom(measure: Measure, *, by: User) -> Whom:
    """Show an office whom a measure is for, in full; that it was shown is on record, and the household can read it."""
    _check_office(measure, by)
    household = measure.case.household
    person = measure.resident or Resident.objects.present().filter(household=household, relation=HEAD).first()
    if person is None or person.is_erased:
        raise Refused(_("There is nobody to show: the person was erased or has left."))
    today = clock.today()
    record(
        Act("identity.revealed", "resident", str(person.pk), today, today, area=measure.area_code,
            details={"measure": measure.pk}),
        by=by.authority(Right.ANSWER_MEASURES, measure.area_code),
    )  # fmt: skip
    number = keeping.opened(person.identity.subject, person.identity.sealed) if person.identity else ""
    address = " ".join(filter(None, (measure.case.area.name, household.group_name, household.address)))
    return Whom(person.name, number, address)


def _dispatches(duties: Sequence[Duty]) -> bool:
    return any(duty.role is Role.COUNTY_DISPATCHER for duty in duties)


def _check_office(measure: Measure, by: User) -> None:
    """Refuse whoever does not answer for the office that was asked."""
    by.authority(Right.ANSWER_MEASURES, measure.area_code)
    if not answers(by, measure):
        raise Refused(_("Another office was asked for this: it answers itself."))


def _text(said: str) -> str:
    if len(said) > LONGEST:
        raise Refused(_("Say it in at most %(most)d characters.") % {"most": LONGEST}, field="reason")
    return masked_text(said.strip())
