"""Tell people: one notice per person, kind and group, counted up until it is read."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from foundation.accounts import clock
from foundation.accounts.models import Posting, StandIn, User
from foundation.accounts.models.areas import ancestors
from foundation.accounts.roles import Right, roles_with
from foundation.inbox.kinds import kind_of
from foundation.inbox.models import Address, Notice, Preference
from foundation.inbox.outgoing import queue_at_once

_COUNT_UP = """
INSERT INTO inbox_notice (recipient_id, kind, "group", place, count, day, first_at, last_at)
SELECT recipient, %(kind)s, %(group)s, %(place)s, %(count)s, %(day)s, now(), now()
FROM unnest(%(recipients)s) AS recipient ORDER BY recipient
ON CONFLICT (recipient_id, kind, "group") WHERE read_at IS NULL
DO UPDATE SET count = inbox_notice.count + excluded.count, last_at = now(), day = excluded.day,
              place = excluded.place, digested_on = NULL
"""


def notify(recipients: Iterable[User], kind: str, *, place: str, group: str = "", count: int = 1) -> int:
    """Tell each person once; returns how many. `place` is a path of ours, `group` joins what belongs together.

    Runs in the transaction of the act it tells about: an act that did not happen is told to nobody.
    """
    kind_of(kind)
    if not place.startswith("/") or place.startswith("//"):
        raise ValueError(f"The place of a notice is a path of this platform, not {place!r}")
    people = sorted({user.pk for user in recipients if user.is_active and not user.is_built_in})
    if not people:
        return 0
    said: dict[str, Any] = {
        "kind": kind,
        "group": group,
        "place": place,
        "count": count,
        "day": clock.today(),
    }
    with transaction.atomic(savepoint=False):
        with connection.cursor() as cursor:
            cursor.execute(_COUNT_UP, said | {"recipients": people})
        queue_at_once(people, kind, place, count)
    return len(people)


def tell_once(recipients: Iterable[User], kind: str, *, place: str, group: str, count: int = 1) -> int:
    """Tell each person who was not yet told of this `group`, read or not; returns how many were told now.

    `count` is how many things the group holds.
    """
    people = list(recipients)
    told = Notice.objects.filter(recipient__in=people, kind=kind, group=group)
    knowing = set(told.values_list("recipient_id", flat=True))
    new = [user for user in people if user.pk not in knowing]
    return notify(new, kind, place=place, group=group, count=count)


def take_back(kind: str, groups: Iterable[str]) -> int:
    """Take back what nobody has read yet and is no longer so; returns how many notices went."""
    gone, _by_model = Notice.objects.unread().filter(kind=kind, group__in=list(groups)).delete()
    return gone


def holders(right: Right, area: str, *, but: User | None = None) -> list[User]:
    """Return who holds `right` for `area` today by a posting or as a stand-in, without `but`."""
    duties = Posting.objects.in_force().filter(
        role__in=roles_with(right), area_id__in=[*ancestors(area), area], user__is_active=True
    )
    today = clock.today()
    stand_ins = StandIn.objects.overlapping(today, today).filter(posting__in=duties)
    # Two small questions joined, each by its index: one with OR over both tables would look at everybody.
    acting = duties.order_by().values("user").union(stand_ins.order_by().values("substitute"))
    people = User.objects.filter(pk__in=acting)
    return list(people.exclude(pk=but.pk) if but else people)


def mark_read(user: User, notice_id: int | None = None) -> int:
    """Mark one notice (or all) of a person as read; returns how many were not read before."""
    mine = Notice.objects.visible_to(user).unread()
    if notice_id is not None:
        mine = mine.filter(pk=notice_id)
    return mine.update(read_at=timezone.now())


def wish(user: User, kind: str) -> Preference.Outside:
    """Return how a person wants to hear about a kind outside the platform."""
    chosen = Preference.objects.filter(user=user, kind=kind).values_list("outside", flat=True).first()
    if chosen:
        return Preference.Outside(chosen)
    return Preference.Outside.AT_ONCE if kind_of(kind).urgent else Preference.Outside.DIGEST


def address_of(user: User) -> Address:
    """Return where messages reach a person outside; a new, unsaved row where they entered nothing yet."""
    return Address.objects.filter(user=user).first() or Address(user=user)


def choose(user: User, kind: str, outside: Preference.Outside) -> None:
    """Remember how a person wants to hear about a kind."""
    kind_of(kind)
    Preference.objects.update_or_create(user=user, kind=kind, defaults={"outside": outside})
