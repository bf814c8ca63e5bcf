"""Sessions of staff: whose they are, since when, from where, and when they end by themselves.

Django's own sessions in the database with one column more. What a person reads in the list of sessions (first and last
sign of life, network, device) stands in the session itself: only its holder is shown it.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from foundation.accounts import clock
from foundation.accounts.entry.bounds import HOURS, IDLE_MINUTES
from foundation.accounts.limits import network_of
from foundation.accounts.models import StaffSession, User
from foundation.ledger.record import Act, Actor, record

#: Where a session keeps its signs of life.
BEGUN, SEEN, NETWORK, DEVICE = "begun", "seen", "network", "device"
#: Why the last session of this browser ended, told on the page to sign in.
ENDED = "ended"
IDLE, OLD = "idle", "old"
#: A sign of life is written down at most so often.
_TOUCH = datetime.timedelta(minutes=1)


class SessionStore(DatabaseStore):
    """Setting SESSION_ENGINE: sessions in the database that know whose they are."""

    @classmethod
    def get_model_class(cls) -> type[StaffSession]:
        """Return the table of sessions."""
        return StaffSession

    def create_model_instance(self, data: dict[str, Any]) -> StaffSession:
        """Make the row; signed-out visitors' sessions belong to nobody."""
        row = super().create_model_instance(data)
        assert isinstance(row, StaffSession)  # noqa: S101  (the table named above)
        row.user_id = data.get(SESSION_KEY)
        return row


@dataclass(frozen=True, slots=True)
class Open:
    """A session that somebody may still work in, as they read it."""

    key: str
    begun: datetime.datetime
    seen: datetime.datetime
    network: str
    device: str
    here: bool


def limits_of(user: User) -> tuple[datetime.timedelta, datetime.timedelta]:
    """Return how long a session of this person may lie idle, and how long it may last: the shortest of their posts."""
    return (
        datetime.timedelta(minutes=IDLE_MINUTES.strictest(user)),
        datetime.timedelta(hours=HOURS.strictest(user)),
    )


def why_over(request: HttpRequest, user: User) -> str:
    """Say why this session is over: "idle", "old", or "" where it goes on; its sign of life is written down.

    What a page asks for by itself (progress of long work) is no sign of life.
    """
    now, kept = timezone.now(), request.session
    begun, seen = _read(kept.get(BEGUN)), _read(kept.get(SEEN))
    if begun is None or seen is None:
        kept[BEGUN] = kept[SEEN] = now.isoformat()
        kept[NETWORK], kept[DEVICE] = network_of(request), request.headers.get("User-Agent", "")[:300]
        return ""
    idle, longest = limits_of(user)
    if now - seen > idle:
        return IDLE
    if now - begun > longest:
        return OLD
    if now - seen > _TOUCH and not _asked_by_itself(request):
        kept[SEEN] = now.isoformat()
    return ""


def open_sessions(user: User, here: str | None) -> list[Open]:
    """Return the sessions of somebody that are not over, the latest seen first; `here` is the key of this one."""
    idle, longest = limits_of(user)
    now, found = timezone.now(), []
    for row in StaffSession.objects.filter(user=user, expire_date__gt=now):
        kept = SessionStore().decode(row.session_data)
        begun, seen = _read(kept.get(BEGUN)), _read(kept.get(SEEN))
        alive = constant_time_compare(kept.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
        if alive and begun and seen and now - seen <= idle and now - begun <= longest:
            device = str(kept.get(DEVICE, ""))
            found.append(
                Open(row.session_key, begun, seen, kept.get(NETWORK, ""), device, row.session_key == here)
            )
    return sorted(found, key=lambda each: each.seen, reverse=True)


def forget_old() -> int:
    """Take away the sessions whose time is over; returns how many there were."""
    return StaffSession.objects.filter(expire_date__lte=timezone.now()).delete()[0]


def _read(text: str | None) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(text) if text else None


def _asked_by_itself(request: HttpRequest) -> bool:
    """Say whether the page asked, not the person: fragments that are fetched again every few seconds carry a name."""
    return request.headers.get("HX-Trigger", "") in ("job-progress", "view-counts")


@transaction.atomic
def end_others(user: User) -> None:
    """End every session of somebody; the one they do it in is kept by whoever calls (update_session_auth_hash)."""
    User.objects.filter(pk=user.pk).update(sessions_ended=F("sessions_ended") + 1)
    user.refresh_from_db(fields=["sessions_ended"])
    first = next(iter(user.duties()), None)
    area = first.area if first else ""
    actor, day = Actor(f"staff:{user.pk}", first.role if first else "", area), clock.today()
    record(Act("staff.sessions_ended", "staff", str(user.pk), day, day, area=area), by=actor)
