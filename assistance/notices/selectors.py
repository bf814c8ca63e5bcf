"""What pages read of notices: their lines for staff, and for everybody while they hang."""

import datetime

from django.db.models import Exists, OuterRef, Q

from assistance.evaluations.selectors import with_homes
from assistance.models import Notice, NoticeItem, Objection
from foundation.accounts import clock
from foundation.accounts.models import User


def items_of(notice: Notice, user: User) -> list[NoticeItem]:
    """Return the lines of a notice that `user` may see, with heads, and whether each is `contested`."""
    against = Objection.objects.blocking().filter(item=OuterRef("pk"))
    rows = NoticeItem.objects.visible_to(user).filter(notice=notice).annotate(contested=Exists(against))
    return list(with_homes(rows).order_by("pk"))


def hanging_in(village: str, on: datetime.date | None = None) -> dict[Notice, list[NoticeItem]]:
    """Return what everybody may read of a village today: the lines whose period runs, by notice.

    A township's notice is read in each of its villages. What has ended, left, or whose last day is over, is not there.
    """
    today = on or clock.today()
    own = Q(case__area=village) | Q(assessed__household__area=village)
    here = Q(notice__area=village) | Q(notice__area=village[:9]) & own
    rows = NoticeItem.objects.running().filter(here, notice__posted_on__lte=today, until__gte=today)
    found: dict[Notice, list[NoticeItem]] = {}
    for item in rows.select_related("notice__area").order_by("notice", "pk"):
        found.setdefault(item.notice, []).append(item)
    return found
