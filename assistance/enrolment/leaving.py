"""The side doors of a case on its way: withdrawn, not authorised, unreachable, died out, moved away, duplicate.

Who leaves by one may come back by `resume`, where the table has it; nothing is deleted.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.enrolment import chain
from assistance.enrolment.moved import advance
from assistance.enrolment.papers import PAPERS, STATEMENT
from assistance.models import Case, CaseStatement
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.files.attaching import Upload, attach
from foundation.files.models import Attachment
from foundation.workflow.move import Request
from households.identity.masking import masked_text
from households.models import Resident, Visit

#: How many attempts there must be before a household “could not be reached” (field.md 2.1).
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Stated:
    """That the household withdraws: in which way, when, who spoke, in which words, and the paper that proves it."""

    way: str
    said_on: datetime.date
    said_by: str
    words: str
    paper: Upload | None = None


@transaction.atomic
def withdraw(case: Case, stated: Stated, reason: str, *, by: User) -> Case:
    """End a case because the household says so, on a signed paper or in a recorded call.

    The paper comes with `stated`, or lies among the papers of the case already; the note of a call may come too.
    """
    _check_statement(case, stated)
    if stated.paper is not None:
        attach(case, stated.paper, owner=PAPERS, by=by)
    made = CaseStatement.objects.create(
        case=case,
        way=stated.way,
        said_on=stated.said_on,
        said_by=stated.said_by.strip(),
        words=masked_text(stated.words.strip()),
        by=by,
    )
    asked = Request(
        "withdraw",
        reason=reason,
        given={"statement": made.pk},
        writes=_ended(),
        details={"statement": made.pk, "way": stated.way},
    )
    return advance(case, asked, by=by)


@transaction.atomic
def mark_unauthorised(case: Case, reason: str, *, by: User) -> Case:
    """Say that the household does not authorise the check; the procedure stops and goes on any day (field.md 5.1)."""
    return advance(case, Request("mark_unauthorised", reason=reason), by=by)


@transaction.atomic
def resume(case: Case, reason: str, *, by: User) -> Case:
    """Take a case up again at the first step of its chain; evaluation and notice that were held are not repeated."""
    others = Case.objects.running().filter(household=case.household_id).exclude(pk=case.pk)
    if others.exists():
        raise Refused(_("This household has a running case already."))
    if case.household.dissolved_on is not None:
        raise Refused(_("This household is dissolved: nothing is opened for it any more."))
    standing = chain.standing_of(case)
    first = standing.steps[0].code if standing else ""
    asked = Request("resume", reason=reason, writes={"ended_on": None}, back_to=first)
    return advance(case, asked, by=by)


@transaction.atomic
def give_up(case: Case, reason: str, *, by: User) -> Case:
    """End a case because nobody could be reached at three recorded attempts since it was opened."""
    tried = attempts_of(case)
    if tried < ATTEMPTS:
        sentence = _("“Could not be reached” needs %(needed)d recorded attempts; so far there are %(tried)d.")
        raise Refused(sentence % {"needed": ATTEMPTS, "tried": tried})
    asked = Request(
        "give_up",
        reason=reason,
        given={"attempts": tried},
        writes=_ended(),
        details={"attempts": tried},
    )
    return advance(case, asked, by=by)


@transaction.atomic
def die_out(case: Case, reason: str, *, by: User) -> Case:
    """End a case whose last member died or left (整户自然减少); the register says so first."""
    if Resident.objects.present().filter(household=case.household_id).exists():
        raise Refused(
            _("The register still has members in this household: write their death or departure there first.")
        )
    return advance(case, Request("die_out", reason=reason, writes=_ended()), by=by)


@transaction.atomic
def move_away(case: Case, reason: str, *, by: User) -> Case:
    """End a case because the household moved to where others are responsible."""
    return advance(case, Request("move_away", reason=reason, writes=_ended()), by=by)


@transaction.atomic
def mark_duplicate(case: Case, other: Case, reason: str, *, by: User) -> Case:
    """End a case because another one of the county is about the same household."""
    if other.pk == case.pk or other.county != case.county:
        raise Refused(_("Choose another case of this county."), field="other")
    if not other.is_running:
        raise Refused(_("The other case has ended: choose the one that goes on."), field="other")
    asked = Request(
        "mark_duplicate",
        reason=reason,
        given={"other": other.pk},
        writes=_ended(),
        details={"other": other.pk},
    )
    return advance(case, asked, by=by)


def attempts_of(case: Case) -> int:
    """Return how many recorded visits since the case was opened met nobody."""
    visits = Visit.objects.filter(household=case.household_id, state="recorded", outcome=Visit.Outcome.NOBODY)
    return visits.filter(happened_on__gte=case.opened_on).count()


def _ended() -> dict[str, object]:
    return {"ended_on": clock.today()}


def _check_statement(case: Case, stated: Stated) -> None:
    if stated.way not in CaseStatement.Way.values:
        raise Refused(_("Say how the household withdrew."), field="way")
    if not stated.said_by.strip():
        raise Refused(_("Say who of the household said it."), field="said_by")
    if not stated.words.strip():
        raise Refused(_("Write down what was said."), field="words")
    if not case.opened_on <= stated.said_on <= clock.today():
        raise Refused(_("The day lies between the opening of the case and today."), field="said_on")
    papers = Attachment.objects.of(case).living().filter(kind=STATEMENT.code)
    if stated.way == CaseStatement.Way.PAPER and stated.paper is None and not papers.exists():
        raise Refused(_("Photograph the signed statement: without it, it counts for nothing."), field="photo")
