"""Write down aid that landed, stop what goes on, strike out what was wrong; every act has its inverse.

row = record_aid(case, Aid("dibao", resident=7, per="month", landed_on=day, amount=Decimal(420)), by=user)
stop(row, month, "已退出低保", by=user)
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assistance.aid.checking import Aid, check, check_overlap
from assistance.aid.files import AID_FILES
from assistance.aid.keeping import refresh
from assistance.aid.months import month_of
from assistance.aid.rules import recorder
from assistance.aid.telling import tell_landed
from assistance.catalogue.book import measure as declared_measure
from assistance.data_checks.following import ask_again
from assistance.measures.ending import end_with_aid, go_on_with_aid, run_on_with_aid
from assistance.models import AidRecord, Case
from foundation.accounts import clock
from foundation.accounts.models import Department, User
from foundation.accounts.refusals import Refused
from foundation.files.attaching import Upload, attach
from foundation.workflow.move import Request, create, move
from households.identity.masking import masked_text
from households.signing.asking import drop_signatures
from monitoring.models import Delivery


@dataclass(frozen=True, slots=True)
class FeedRow:
    """The row of a delivery that a record is taken over from."""

    feed: str
    delivery: Delivery | None
    row_key: Any = None


@transaction.atomic
def record_aid(
    case: Case, aid: Aid, *, by: User, photo: Upload | None = None, source: FeedRow | None = None
) -> AidRecord:
    """Write down that an aid landed, with the photo or receipt, and tell who ticked its measure.

    Refused where it cannot be or is there already.
    """
    row = write_down(case, aid, by=by, source=source)
    if photo is not None:
        attach(row, photo, owner=AID_FILES, by=by)
    tell_landed(row, by=by)
    return row


@transaction.atomic
def write_down(case: Case, aid: Aid, *, by: User, source: FeedRow | None = None) -> AidRecord:
    """Do the same without a photo, and tell nobody: for acts that tell of it themselves."""
    locked = Case.objects.select_for_update(of=("self",)).select_related("household").get(pk=case.pk)
    actor = recorder(locked, by, aid.measure)
    check(locked, aid)
    row = _row(locked, aid, by, source)
    check_overlap(row)
    details = {
        "case": locked.pk,
        "code": row.code,
        "per": row.per,
        "measure": row.measure_id,
        "feed": row.feed,
    }
    try:
        with transaction.atomic():
            create(row, by=by, actor=actor, details=details)
    except IntegrityError as twice:
        raise Refused(_("This aid is recorded already: it stands on the page of the case.")) from twice
    run_on_with_aid(row, by=by)
    refresh([locked.pk], [row.code])
    ask_again([locked.household_id])
    return row


@transaction.atomic
def stop(row: AidRecord, last: datetime.date, reason: str, *, by: User) -> AidRecord:
    """End what is given every month: `last` is any day of the last month for which it was given.

    Where nothing more runs under its measure, the measure ends with it.
    """
    recorder(row.case, by, row.measure)
    month = month_of(last)
    if row.per != AidRecord.Per.MONTH:
        raise Refused(_("This was given once: there is nothing to stop."))
    if row.stopped_month is not None:
        raise Refused(_("It is stopped already: say first that it goes on after all."))
    if month < month_of(row.landed_on):
        raise Refused(_("It cannot end before it began: strike it out, if it never landed."), field="month")
    if row.until_month is not None and month > row.until_month:
        raise Refused(_("It ends earlier anyway."), field="month")
    if month > month_of(clock.today()):
        raise Refused(_("This month has not begun."), field="month")
    stopped = _moved(row, "stop", reason, by, stopped_month=month)
    end_with_aid(stopped, masked_text(reason.strip()), by=by)
    return stopped


@transaction.atomic
def go_on(row: AidRecord, reason: str, *, by: User) -> AidRecord:
    """Take a stop back, and the end of its measure that came with it."""
    recorder(row.case, by, row.measure)
    if row.stopped_month is None:
        raise Refused(_("It was not stopped."))
    month = row.stopped_month
    row_again = AidRecord.objects.select_related("case__household").get(pk=row.pk)
    row_again.stopped_month = None
    check_overlap(row_again)
    went = _moved(row, "go_on", reason, by, stopped_month=None)
    go_on_with_aid(went, month, masked_text(reason.strip()), by=by)
    return went


@transaction.atomic
def strike(row: AidRecord, reason: str, *, by: User) -> AidRecord:
    """Strike a record out that was wrong; it counts no more and stays readable with the reason."""
    recorder(row.case, by, row.measure)
    struck = _moved(row, "strike", reason, by)
    drop_signatures(row, by=User.objects.built_in("system"), reason=_("The record was struck out."))
    return struck


@transaction.atomic
def restore(row: AidRecord, reason: str, *, by: User) -> AidRecord:
    """Put a record in force again that was struck out by mistake."""
    recorder(row.case, by, row.measure)
    check_overlap(row)
    try:
        with transaction.atomic():
            return _moved(row, "restore", reason, by)
    except IntegrityError as twice:
        raise Refused(_("The same aid was recorded again meanwhile: one of the two is enough.")) from twice


def _moved(row: AidRecord, verb: str, reason: str, by: User, **writes: Any) -> AidRecord:
    asked = Request(verb, reason=masked_text(reason.strip()), writes=writes | {"touched_on": clock.today()})
    move(row, asked, by=by)
    refresh([row.case_id], [row.code])
    ask_again([row.case.household_id])
    return row


def _row(case: Case, aid: Aid, by: User, source: FeedRow | None) -> AidRecord:
    declared, today = declared_measure(aid.code), clock.today()
    assert declared is not None  # noqa: S101  (checked above)
    department = aid.payer if aid.payer and Department.objects.filter(pk=aid.payer).exists() else None
    return AidRecord(
        case=case,
        measure=aid.measure,
        resident_id=aid.resident,
        code=declared.code,
        kind=declared.kind,
        name=declared.name_zh,
        per=aid.per,
        landed_on=aid.landed_on,
        until_month=month_of(aid.until_month) if aid.until_month else None,
        amount=aid.amount,
        service=masked_text(aid.service.strip()),
        department_id=department,
        payer="" if department else masked_text(aid.payer.strip()),
        note=masked_text(aid.note.strip()),
        feed=source.feed if source else "",
        feed_delivery=source.delivery if source else None,
        feed_row=source.row_key if source else None,
        recorded_on=today,
        recorded_by=by,
        touched_on=today,
    )
