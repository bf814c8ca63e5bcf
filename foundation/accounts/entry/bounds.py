"""How long and how much by role and area: the values in force, never looser than the settings of the installation.

An area may ask for more (foundation/regulations/values/guards); what the settings say (config/staff_limits.py) holds
beside it, so that no value, however it came about, opens the door wider. Who holds several posts is held to each.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.ordinances import ordinances
from foundation.accounts.roles import ADMINISTRATORS, Role

Setting = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Bound:
    """A subject of the values, the one for a group of roles beside it, and what the settings say of a role.

    `sense` is the strictest that can be meant: a value beyond it would shut everybody out, its author included.
    """

    subject: str
    setting: Setting
    sense: int
    group: frozenset[Role] = frozenset()
    suffix: str = ""
    longer_is_stricter: bool = False

    def of(self, role: Role, area: str, on: datetime.date) -> int:
        """Return what holds for a role in an area: the stricter one of value and setting, within sense."""
        named = self.subject + (self.suffix if role in self.group else "")
        value, own = ordinances().amount(named, area, on), self.setting(role)
        if value is None:
            return own
        if self.longer_is_stricter:
            return max(own, min(value, self.sense))
        return min(own, max(value, self.sense))

    def of_posts(self, user: User) -> Iterator[int]:
        """Yield what holds for each post of today; without any, what the settings say of everybody."""
        day, duties = clock.today(), user.duties()
        for duty in duties:
            yield self.of(Role(duty.role), duty.area, day)
        if not duties:
            yield self.setting("")

    def strictest(self, user: User) -> int:
        """Return the one number that keeps all posts of a person within their bounds."""
        return max(self.of_posts(user)) if self.longer_is_stricter else min(self.of_posts(user))


def _by_role(every: str, by_role: str) -> Setting:
    return lambda role: getattr(settings, by_role).get(role, getattr(settings, every))


_OFFICES = {"group": frozenset(ADMINISTRATORS), "suffix": "_administrators"}
_VILLAGE = frozenset(Role(name) for name in settings.ACCOUNT_UNUSED_DAYS_BY_ROLE)

IDLE_MINUTES = Bound(
    "session_idle_minutes",
    _by_role("SESSION_IDLE_MINUTES", "SESSION_IDLE_MINUTES_BY_ROLE"),
    5,
    **_OFFICES,  # type: ignore[arg-type]
)
HOURS = Bound(
    "session_hours",
    _by_role("SESSION_HOURS", "SESSION_HOURS_BY_ROLE"),
    1,
    **_OFFICES,  # type: ignore[arg-type]
)
LENGTH = Bound(
    "password_length",
    _by_role("PASSWORD_LENGTH", "PASSWORD_LENGTH_BY_ROLE"),
    32,
    longer_is_stricter=True,
    **_OFFICES,  # type: ignore[arg-type]
)
PASSWORD_DAYS = Bound("password_days", lambda _role: settings.PASSWORD_DAYS, 7)
UNUSED_DAYS = Bound(
    "account_unused_days",
    _by_role("ACCOUNT_UNUSED_DAYS", "ACCOUNT_UNUSED_DAYS_BY_ROLE"),
    14,
    group=_VILLAGE,
    suffix="_village",
)
