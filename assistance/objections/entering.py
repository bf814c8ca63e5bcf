"""An objection arrives: by the public page, telephone, paper or word of mouth, with a name or without."""

import datetime
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.enrolment.due import set_due
from assistance.models import NoticeItem, Objection
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, Actor, record
from foundation.regulations.lookup import mark_used, value
from foundation.regulations.units import SPANS
from foundation.regulations.working_days import deadline
from households.identity.masking import masked_text

ANSWER_BY = "objection_answer_days"
#: Letters and digits that nobody mistakes for each other on paper or on the telephone.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_RECEIPT = 10
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, how and on which day it arrived (the day stamp of a paper), and by whom ("": unsaid)."""

    way: str
    arrived_on: datetime.date
    text: str
    by_whom: str = ""


@transaction.atomic
def enter(item: NoticeItem, said: Said, *, by: User) -> Objection:
    """Enter an objection; numbers of people inside the text are masked before it is kept.

    What counts is the day on which it arrived: one that came before the end of the last day holds its household back,
    however late it is entered. Through the public page it is entered in the name of the platform.
    """
    held: NoticeItem = (
        NoticeItem.objects.select_for_update(of=("self",))
        .select_related("notice", "case__household", "assessed__household__area")
        .get(pk=item.pk)
    )
    actor = _actor(held, by)
    _check(held, said)
    due, provisional = _answer_by(held, said.arrived_on)
    made: Objection = Objection.objects.create(
        item=held,
        way=said.way,
        arrived_on=said.arrived_on,
        in_time=held.until is not None and said.arrived_on <= held.until,
        text=masked_text(said.text.strip()),
        by_whom=masked_text(said.by_whom.strip()),
        receipt="".join(secrets.choice(_LETTERS) for _place in range(_RECEIPT)),
        entered_on=clock.today(),
        entered_by=None if by.is_built_in else by,
        answer_due_on=due,
    )
    details = {
        **held.told(), "notice": held.notice_id, "way": made.way, "in_time": made.in_time,
        "answer_due_on": due, "provisional": provisional,
    }  # fmt: skip
    note("entered", made, actor, details, made.text)
    if held.case is not None:
        set_due([held.case])
    return made


def note(verb: str, row: Objection, actor: Actor, details: Mapping[str, object], text: str = "") -> None:
    """Write an act on an objection into the record; what was typed is only committed to."""
    today = clock.today()
    personal = {"text": text} if text else {}
    record(
        Act(
            f"objection.{verb}", "assistance.objection", str(row.pk), row.arrived_on if verb == "entered" else today,
            today, area=row.item.area_id, details=details, personal=personal,
        ),
        by=actor,
    )  # fmt: skip


def _actor(item: NoticeItem, by: User) -> Actor:
    """Whoever prepares or reviews cases of the village takes objections down."""
    right = Right.PREPARE_CASES if by.holds(Right.PREPARE_CASES, item.area_id) else Right.REVIEW_CASES
    return by.authority(right, item.area_id)


def _check(item: NoticeItem, said: Said) -> None:
    if item.notice.posted_on is None or item.until is None:
        raise Refused(_("This notice is not posted: there is nothing to object to yet."))
    if item.left_on is not None:
        raise Refused(_("This household is no longer on the notice."))
    if said.way not in Objection.Way.values:
        raise Refused(_("Choose how the objection arrived."), field="way")
    if not said.text.strip():
        raise Refused(_("Write down what the objection is."), field="text")
    if len(said.text) > LONGEST:
        raise Refused(_("Say it in at most %(most)d characters.") % {"most": LONGEST}, field="text")
    if not item.notice.posted_on <= said.arrived_on <= clock.today():
        raise Refused(_("Choose a day from the posting up to today."), field="arrived_on")


def _answer_by(item: NoticeItem, on: datetime.date) -> tuple[datetime.date | None, bool]:
    """Return the last day to answer, and whether it rests on holidays not yet published."""
    rule = value(ANSWER_BY, area=item.area_id, on=on)
    if rule.silent or rule.amount is None or rule.unit not in SPANS:
        return None, False
    mark_used(rule)
    last = deadline(on, rule.amount, rule.unit, item.area_id)
    return last.day, last.provisional
