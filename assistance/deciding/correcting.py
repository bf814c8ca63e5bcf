"""Correction of a wrong identification (识别不准整改, field.md 5.16): the third way out beside the two removals.

The township proposes it when it has heard the household, the county decides; confirmed, the standing ends on that day
as “corrected” and is counted apart. What was reported before stays as it was.
"""

import datetime
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assistance.deciding.correction_files import FILES, is_proved
from assistance.enrolment.moved import advance
from assistance.models import Case, Correction
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.files.attaching import Upload, attach
from foundation.ledger.record import Act, record
from foundation.workflow.move import Request
from households import standing
from households.identity.masking import masked_text

#: The way of removal that marks a standing which should never have begun (Standing.removal_way).
WRONG = "corrected"


@dataclass(frozen=True, slots=True)
class Hearing:
    """How the household was heard, on which day, and what it said."""

    on: datetime.date
    way: str
    said: str


@transaction.atomic
def propose(case: Case, heard: Hearing, reason: str, *, by: User) -> Correction:
    """Propose that an enrolled household was wrongly identified; its aid goes on until the county decides."""
    if heard.way not in Correction.HeardBy.values:
        raise Refused(_("Choose how the household was heard."), field="heard_by")
    if heard.on > clock.today():
        raise Refused(_("The day lies in the future: enter a day up to today."), field="heard_on")
    if not heard.said.strip():
        raise Refused(_("Write down what the household said, or that it said nothing."), field="heard")
    advance(case, Request("propose_correction", reason=reason, given={"heard": True}), by=by)
    try:
        with transaction.atomic():
            made: Correction = Correction.objects.create(
                case=case,
                reason=masked_text(reason.strip()),
                heard_on=heard.on,
                heard_by=heard.way,
                heard=masked_text(heard.said.strip()),
                proposed_on=clock.today(),
                proposed_by=by,
            )
    except IntegrityError as clash:
        raise Refused(_("A correction of this case is proposed already.")) from clash
    return made


@transaction.atomic
def confirm(correction: Correction, reason: str, *, by: User) -> Correction:
    """Decide that the identification was wrong: the standing ends today as corrected."""
    case, today = correction.case, clock.today()
    advance(case, Request("confirm_correction", reason=reason, writes={"ended_on": today}), by=by)
    held = case.standing
    if held is not None and held.until_day is None:
        last = max(today, held.from_day or today)
        standing.end(held, last, removal_way=WRONG, by=by, reason=reason, right=Right.DECIDE_CASES)
    return _decided(correction, Correction.Outcome.CONFIRMED, reason, by)


@transaction.atomic
def reject(correction: Correction, reason: str, *, by: User) -> Correction:
    """Decide that the identification stands: the household goes on being monitored."""
    advance(correction.case, Request("reject_correction", reason=reason), by=by)
    return _decided(correction, Correction.Outcome.REJECTED, reason, by)


@dataclass(frozen=True, slots=True)
class PostedCorrection:
    """Where the notice of a correction hangs, since when, its photo, and what was handed to departments."""

    on: datetime.date
    place: str
    handed_over: str = ""
    photo: Upload | None = None


@transaction.atomic
def post_notice(correction: Correction, told: PostedCorrection, *, by: User) -> Correction:
    """Write down where the notice of a confirmed correction hangs; refused without the photo of it."""
    case = correction.case
    actor = by.authority(Right.REVIEW_CASES, case.area_id)
    if forbidden := recused(by, case.recusal_keys()):
        raise Refused(forbidden)
    if correction.outcome != Correction.Outcome.CONFIRMED or correction.decided_on is None:
        raise Refused(_("A notice is posted once the county has confirmed the correction."))
    if not correction.decided_on <= told.on <= clock.today():
        raise Refused(_("Choose a day from the decision up to today."), field="on")
    if not told.place.strip():
        raise Refused(_("Say where the notice is posted."), field="place")
    if correction.noticed_on is None:
        _prove(correction, told.photo, by)
    written = {
        "noticed_on": told.on,
        "notice_place": told.place.strip(),
        "handed_over": masked_text(told.handed_over.strip()),
    }
    if Correction.objects.filter(pk=correction.pk, noticed_on__isnull=True).update(**written) != 1:
        raise Refused(_("Somebody has written this down already."))
    details = {"correction": correction.pk}
    record(
        Act("case.correction_noticed", "assistance.case", str(case.pk), told.on, clock.today(), area=case.area_id,
            details=details),
        by=actor,
    )  # fmt: skip
    correction.refresh_from_db()
    return correction


def _prove(correction: Correction, photo: Upload | None, by: User) -> None:
    """Attach the photo of the notice, unless one is there."""
    if photo is not None:
        attach(correction, photo, owner=FILES, by=by)
    elif not is_proved(correction):
        raise Refused(
            _("Attach the photo of the notice on the wall: it is the proof of the posting."), field="photo"
        )


def _decided(correction: Correction, outcome: str, reason: str, by: User) -> Correction:
    correction.outcome, correction.decision = outcome, masked_text(reason.strip())
    correction.decided_on, correction.decided_by = clock.today(), by
    correction.save(update_fields=["outcome", "decision", "decided_on", "decided_by"])
    return correction
