"""The end of a notice: at midnight of its last whole day, for every household that nobody objects to."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from assistance.enrolment.due import set_due
from assistance.models import Notice, NoticeItem, Objection
from assistance.notices.drawing import note
from assistance.removal.mixed import in_procedure, move_lines
from assistance.removal.moved import set_due as set_due_of_removals
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.next_day import NIGHT
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.workflow.move import Request

AT_ONCE = 1_000


def over(on: datetime.date) -> QuerySet[NoticeItem]:
    """Return the lines whose last day is over on a day and that no open objection holds."""
    against = Objection.objects.blocking().filter(item=OuterRef("pk"))
    return NoticeItem.objects.running().filter(~Exists(against), until__lt=on)


def night_work(*, by: User, on: datetime.date) -> None:
    """End what has hung long enough (foundation.accounts.next_day.NightWork)."""
    last = 0
    while (last := end_some(after=last, by=by, on=on)) != 0:
        pass


@transaction.atomic
def end_some(*, after: int, by: User, on: datetime.date) -> int:
    """End some lines, in the order of their keys; returns the last key looked at, 0 where none was left."""
    rows = over(on).filter(pk__gt=after).select_for_update(of=("self",), skip_locked=True)
    homes = ("case__household", "removal__case__household", "assessed__household")
    items = list(rows.select_related(*homes).order_by("pk")[:AT_ONCE])
    end_lines(items, by=by, on=on)
    return items[-1].pk if items else 0


def end_lines(items: Sequence[NoticeItem], *, by: User, on: datetime.date) -> None:
    """End these lines and move what they are about on. What has left its chain, its line leaves the notice."""
    if not items:
        return
    gone = [item.pk for item in items if not in_procedure(item)]
    NoticeItem.objects.filter(pk__in=gone).update(left_on=on, left_why=_("The case left the procedure."))
    ended: set[int] = set()
    for notice in sorted({item.notice_id for item in items}):
        some = [item for item in items if item.notice_id == notice and in_procedure(item)]
        asked = Request("end_notice", given={"notice": notice}, details={"notice": notice})
        made = move_lines(some, asked, by=by)
        made.follow(by=by)
        ended |= made.lines
    NoticeItem.objects.filter(pk__in=ended).update(ended_on=on)


def end_if_over(item: NoticeItem) -> None:
    """End the line where its last day is over and nothing holds it any more; in the platform's name, as at night."""
    today = clock.today()
    rows = NoticeItem.objects.running().filter(pk=item.pk, until__lt=today)
    fresh = rows.select_related("case__household", "removal__case__household", "assessed__household").first()
    if fresh is not None and not Objection.objects.blocking().filter(item=fresh).exists():
        end_lines([fresh], by=User.objects.built_in(NIGHT), on=today)


@transaction.atomic
def extend(item: NoticeItem, until: datetime.date, reason: str, *, by: User) -> NoticeItem:
    """Let one line hang longer, for its household alone; the others end on their day."""
    rows = NoticeItem.objects.select_for_update(of=("self",))
    held: NoticeItem = rows.select_related("notice", "case", "assessed__household").get(pk=item.pk)
    actor = by.authority(Right.REVIEW_CASES, held.area_id)
    if not held.running or held.until is None:
        raise Refused(_("This line does not hang any more."))
    if until <= max(held.until, clock.today()):
        raise Refused(_("Choose a later day than the last one."), field="until")
    if not reason.strip():
        raise Refused(_("Say why: this step needs a reason."), field="reason")
    held.until, held.extended_why = until, reason.strip()[:200]
    held.save(update_fields=["until", "extended_why"])
    if held.case is not None:
        set_due([held.case])
    if held.removal is not None:
        set_due_of_removals([held.removal])
    notice: Notice = held.notice
    note("extended", notice, actor, {**held.told(), "until": until}, reason)
    return held
