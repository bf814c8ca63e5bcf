"""Grant, correct, move and end postings: who may hold what, where, and for how long."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Protocol

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.composition import parts
from foundation.accounts.eligibility import (
    Grant,
    check_compatible,
    check_grant,
    check_grantee,
    check_period,
    held_by,
    lock,
)
from foundation.accounts.hanging import check_nothing_hangs
from foundation.accounts.models import Posting, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right, Role
from foundation.ledger.record import Act, Actor, record

ONE_DAY = datetime.timedelta(days=1)


class PostingFollower(Protocol):
    """What must happen, in the same transaction, when somebody's posting ends (work must find an owner)."""

    def __call__(self, posting: Posting, *, by: User, on: datetime.date) -> None:
        """Re-home what hangs on `posting`, which is held up to and including the day `on`."""


@transaction.atomic
def grant(wanted: Grant, *, by: User, reason: str = "", approved_by: User | None = None) -> Posting:
    """Give a person a posting. Refused where the role, the area, the period or another posting forbids it.

    Entered late, it needs a second person who approved it (`approved_by`); the platform's own accounts do not.
    """
    actor = by.authority(Right.GRANT_POSTINGS, wanted.area.code)
    check_grantee(wanted, by=by)
    lock(wanted.user)
    check_grant(wanted)
    _check_second_person(wanted, by=by, approved_by=approved_by)
    area = wanted.area.code
    began = clock.happened(min(wanted.from_day, clock.today()), reason=reason, areas=[area])
    with _once_at_a_time():
        posting = Posting.objects.create(
            user=wanted.user,
            role=wanted.role,
            area=wanted.area,
            department=wanted.department,
            from_day=wanted.from_day,
            until_day=wanted.until_day,
        )
    _forget_duties(wanted.user)
    _note(
        "posting.granted", posting, by=actor, on=began, after="standing", reason=reason, details=said(posting)
    )
    return posting


@transaction.atomic
def end(posting: Posting, *, by: User, on: datetime.date | None = None, reason: str) -> Posting:
    """End a posting; its work finds an owner in the same transaction. Refused while others rely on it (hanging.py).

    `on` is the last day it is held, today or a day to come included. Without it the posting ends at once: the
    person's next request no longer has its rights, and the last day is yesterday; one that began only today,
    or not yet, is withdrawn instead and counts for nothing.
    """
    actor = by.authority(Right.GRANT_POSTINGS, posting.area_id)
    _check_not_own(posting, by)
    _check_reason(reason)
    today = clock.today()
    last = today - ONE_DAY if on is None else on
    withdrawn = on is None and posting.from_day >= today
    if last < posting.from_day and not withdrawn:
        raise Refused(_("The posting begins only later: choose a day from its first day on."), field="on")
    if posting.until_day is not None and last >= posting.until_day and not withdrawn:
        raise Refused(_("The posting has already ended by then."), field="on")
    check_nothing_hangs(posting)
    happened = clock.happened(min(last, today) if on else None, reason=reason, areas=[posting.area_id])
    before = str(posting.until_day or "")
    _swap(posting, {"withdrawn_on": today} if withdrawn else {"until_day": last})
    _follow(posting, by=by, on=last)
    _note(
        "posting.withdrawn" if withdrawn else "posting.ended",
        posting,
        by=actor,
        on=happened,
        before=before,
        after=str(today if withdrawn else last),
        reason=reason,
        details={"staff": posting.user_id, "role": posting.role},
    )
    return posting


@transaction.atomic
def correct_period(
    posting: Posting, from_day: datetime.date, until_day: datetime.date | None, *, by: User, reason: str
) -> Posting:
    """Set other first and last days, because the old ones were wrong.

    It only ever takes days to come away: a longer time is a new grant, which a second person approves.
    """
    actor = by.authority(Right.GRANT_POSTINGS, posting.area_id)
    _check_not_own(posting, by)
    _check_reason(reason)
    if (from_day, until_day) == (posting.from_day, posting.until_day):
        raise Refused(_("These are the days the posting already has."), field="until_day")
    _check_no_days_added(posting, from_day, until_day)
    wanted = Grant(
        posting.user, Role(posting.role), posting.area, from_day, until_day, department=posting.department
    )
    check_period(wanted)
    lock(posting.user)
    check_compatible(wanted.role, held_by(posting.user, without=posting), from_day, until_day)
    before, old_until = said(posting), posting.until_day
    shorter = until_day is not None and (old_until is None or until_day < old_until)
    if shorter:
        check_nothing_hangs(posting)
    with _once_at_a_time():
        _swap(posting, {"from_day": from_day, "until_day": until_day})
    if until_day is not None and shorter:
        _follow(posting, by=by, on=until_day)
    _note(
        "posting.period_corrected",
        posting,
        by=actor,
        before=f"{before['from']}/{before['until'] or ''}",
        after=f"{from_day}/{until_day or ''}",
        reason=reason,
        details=said(posting),
    )
    return posting


@transaction.atomic
def move_on(
    posting: Posting, to: Grant, *, by: User, reason: str, approved_by: User | None = None
) -> Posting:
    """Let a person leave one posting for another: the old one ends on the day before the new one begins."""
    check_move(posting, to, by=by, reason=reason)
    never_held = max(to.from_day, clock.today()) <= posting.from_day
    end(posting, by=by, on=None if never_held else to.from_day - ONE_DAY, reason=reason)
    return grant(
        replace(to, user=User.objects.get(pk=to.user.pk)), by=by, reason=reason, approved_by=approved_by
    )


def check_move(posting: Posting, to: Grant, *, by: User, reason: str) -> None:
    """Refuse to move a person on from a posting that is not theirs, is over by then, or begins only later."""
    by.authority(Right.GRANT_POSTINGS, posting.area_id)
    _check_reason(reason)
    if to.user.pk != posting.user_id:
        raise Refused(_("A posting moves with its person: grant a new one instead."), field="user")
    if posting.withdrawn_on or (posting.until_day is not None and posting.until_day < to.from_day):
        raise Refused(_("The present post has ended by then: propose a new one."), field="from_day")
    if to.from_day <= posting.from_day < clock.today():
        raise Refused(
            _("The present post began only later: choose a day after its first day."), field="from_day"
        )


def said(posting: Posting) -> dict[str, Any]:
    """Return what the record keeps of a posting: no names, only numbers, codes and days."""
    return {
        "staff": posting.user_id,
        "role": Role(posting.role).value,
        "department": posting.department_id,
        "from": posting.from_day,
        "until": posting.until_day,
    }


def _swap(posting: Posting, changes: dict[str, datetime.date | None]) -> None:
    """Change a posting as it was read, or refuse because somebody was quicker."""
    changed = Posting.objects.filter(
        pk=posting.pk, from_day=posting.from_day, until_day=posting.until_day, withdrawn_on__isnull=True
    ).update(**changes)
    if changed != 1:
        raise Refused(_("Somebody else changed this posting meanwhile: look at it again."))
    for field, day in changes.items():
        setattr(posting, field, day)
    _forget_duties(posting.user)


def _follow(posting: Posting, *, by: User, on: datetime.date) -> None:
    for follow in parts("POSTING_FOLLOWERS"):
        follow(posting, by=by, on=on)


def _note(
    verb: str, posting: Posting, *, by: Actor, reason: str, on: datetime.date | None = None, **said: Any
) -> None:
    """Write one entry about a posting into the area it belongs to."""
    record(
        Act(
            verb,
            "posting",
            str(posting.pk),
            happened_on=on or clock.today(),
            entered_on=clock.today(),
            area=posting.area_id,
            basis=reason,
            **said,
        ),
        by=by,
    )


@contextmanager
def _once_at_a_time() -> Iterator[None]:
    """Turn the database's refusal of a second equal posting into a sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        raise Refused(_("This person already holds this posting in that period."), field="role") from clash


def _check_no_days_added(posting: Posting, first: datetime.date, last: datetime.date | None) -> None:
    today = clock.today()
    longer = posting.until_day is not None and (last is None or last > max(posting.until_day, today))
    if longer or max(first, today) < max(posting.from_day, today):
        raise Refused(
            _("A longer time is a new grant: propose a posting for the days to come."), field="until_day"
        )


def _check_not_own(posting: Posting, by: User) -> None:
    if posting.user_id == by.pk:
        raise Refused(_("Nobody changes their own posting: ask another security administrator."))


def _check_second_person(wanted: Grant, *, by: User, approved_by: User | None) -> None:
    area = wanted.area.code
    if by.is_built_in or (approved_by is not None and approved_by.pk != by.pk):
        return
    if clock.is_late(wanted.from_day, [area]):
        raise Refused(
            _("The posting began more than %(days)d days ago: propose it, and a second person approves it.")
            % {"days": clock.backdating_days([area])},
            field="from_day",
        )


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")


def _forget_duties(user: User) -> None:
    user.__dict__.pop("_duties", None)
