"""The end of help that landed, before its day: a measure is stopped with a day and a reason, and goes on after all.

What is paid under it every month ends in the same act, and the other way round: when the last record that runs under a
measure is stopped, the measure ends with it.
"""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.aid.checking import check_overlap
from assistance.aid.keeping import refresh
from assistance.aid.months import month_of, moved
from assistance.data_checks.following import ask_again
from assistance.measures.answering import answers
from assistance.measures.lasting import last_day
from assistance.measures.rules import may_plan
from assistance.measures.telling import tell_stopped
from assistance.models import AidRecord, Measure
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.workflow.move import Request, move
from households.identity.masking import masked_text


def may_end(measure: Measure, user: User) -> bool:
    """Say whether a measure is a person's to stop: its office's, or who chooses help for the household."""
    office = answers(user, measure) and not recused(user, measure.recusal_keys())
    return office or may_plan(measure.case, user)


@transaction.atomic
def stop(measure: Measure, last: datetime.date, reason: str, *, by: User) -> Measure:
    """End a measure after its last day: from then on it stands against no risk, and what is paid every month ends.

    Refused for a day before it landed, after the present month, or behind the end that it has anyway.
    """
    _check_mine(measure, by)
    if measure.state != "landed" or measure.landed_on is None:
        raise Refused(_("Only what has landed can be stopped; what waits is taken back."))
    if measure.stopped_on is not None:
        raise Refused(_("It is stopped already: say first that it goes on after all."))
    latest = moved(month_of(clock.today()), 1) - datetime.timedelta(days=1)
    if not measure.landed_on <= last <= latest:
        raise Refused(
            _("Choose a day from %(since)s, on which it landed, up to the end of this month.")
            % {"since": measure.landed_on},
            field="stopped_on",
        )
    ends = last_day(measure)
    if ends is not None and last >= ends:
        raise Refused(_("It ends earlier anyway."), field="stopped_on")
    said = masked_text(reason.strip())
    asked = Request("stop", reason=said, writes={"stopped_on": last}, details={"stopped_on": str(last)})
    move(measure, asked, by=by)
    for row in _paid_monthly(measure):
        month = max(month_of(last), month_of(row.landed_on))
        if row.last_month is None or row.last_month > month:
            _move_record(row, "stop", said, by, month)
    _follow(measure, by)
    return measure


@transaction.atomic
def go_on(measure: Measure, reason: str, *, by: User) -> Measure:
    """Take a stop back: the measure runs as before, and so does what was stopped with it."""
    _check_mine(measure, by)
    if measure.stopped_on is None:
        raise Refused(_("It was not stopped."))
    month, said = month_of(measure.stopped_on), masked_text(reason.strip())
    move(measure, Request("go_on", reason=said, writes={"stopped_on": None}), by=by)
    for row in _paid_monthly(measure):
        if row.stopped_month is not None and row.stopped_month == max(month, month_of(row.landed_on)):
            _check_free(row)
            _move_record(row, "go_on", said, by, None)
    _follow(measure, by)
    return measure


def end_with_aid(row: AidRecord, reason: str, *, by: User) -> None:
    """End the measure of a record that was just stopped, where nothing runs under it any more."""
    measure = _measure_of(row)
    if measure is None or measure.landed_on is None or measure.stopped_on or row.stopped_month is None:
        return
    runs = _paid_monthly(measure)
    if any(each.last_month is None or each.last_month > row.stopped_month for each in runs):
        return
    last = max(moved(row.stopped_month, 1) - datetime.timedelta(days=1), measure.landed_on)
    ends = last_day(measure)
    if ends is not None and ends <= last:
        return
    asked = Request("stop", reason=reason, writes={"stopped_on": last}, details={"stopped_on": str(last)})
    move(measure, asked, by=by)
    _follow(measure, by)


def go_on_with_aid(row: AidRecord, month: datetime.date, reason: str, *, by: User) -> None:
    """Take the end of a measure back that came with the stop of this record after `month`."""
    measure = _measure_of(row)
    if measure is None or measure.stopped_on is None or measure.landed_on is None:
        return
    if measure.stopped_on == max(moved(month, 1) - datetime.timedelta(days=1), measure.landed_on):
        move(measure, Request("go_on", reason=reason, writes={"stopped_on": None}), by=by)
        _follow(measure, by)


def run_on_with_aid(row: AidRecord, *, by: User) -> None:
    """Let a measure that was stopped go on where aid of later months is recorded under it: an amount changed."""
    measure = _measure_of(row)
    if measure is None or measure.stopped_on is None or row.per != AidRecord.Per.MONTH:
        return
    if row.last_month is None or row.last_month > month_of(measure.stopped_on):
        reason = _("Aid of later months is recorded.")
        move(measure, Request("go_on", reason=reason, writes={"stopped_on": None}), by=by)
        _follow(measure, by)


def _check_mine(measure: Measure, by: User) -> None:
    by.authority(Right.RECORD_AID, measure.area_code, of=measure.case)
    if rule := recused(by, measure.recusal_keys()):
        raise Refused(rule)
    if not may_end(measure, by):
        raise Refused(_("It ends by its own office, or by who chooses help for the household."))


def _measure_of(row: AidRecord) -> Measure | None:
    """Return the measure of a record as it is stored now, if it landed."""
    if row.measure_id is None:
        return None
    rows = Measure.objects.select_for_update(of=("self",)).select_related("case__household", "kept_area")
    return rows.filter(pk=row.measure_id, state="landed").first()


def _paid_monthly(measure: Measure) -> list[AidRecord]:
    rows = AidRecord.objects.living().filter(measure=measure, per=AidRecord.Per.MONTH)
    return list(rows.select_related("case__household").order_by("pk"))


def _check_free(row: AidRecord) -> None:
    """Refuse to let a record run on into months for which the same aid is recorded anew."""
    before, row.stopped_month = row.stopped_month, None
    try:
        check_overlap(row)
    except Refused as twice:
        raise Refused(twice.sentence) from twice
    finally:
        row.stopped_month = before


def _move_record(row: AidRecord, verb: str, reason: str, by: User, month: datetime.date | None) -> None:
    """Stop a record or let it go on; where its office answers from another county, the platform does it for them."""
    writes = {"stopped_month": month, "touched_on": clock.today()}
    theirs = by.holds(Right.RECORD_AID, row.area_code, of=row.case)
    move(
        row, Request(verb, reason=reason, writes=writes), by=by if theirs else User.objects.built_in("system")
    )


def _follow(measure: Measure, by: User) -> None:
    tell_stopped(measure, by=by)
    ask_again([measure.case.household_id])
    refresh([measure.case_id], [measure.code])
