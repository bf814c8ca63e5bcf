"""When the register is checked: after every change of it, and every night.

A correction by hand is checked at once, in its own transaction: who corrects sees the finding go. A file is followed by
a check as long work, which is never in its way.
"""

import datetime
from collections.abc import Collection

from foundation.accounts.models import User
from foundation.jobs import asking
from foundation.jobs.models import Job
from households.quality import checking
from households.quality.job_kind import CHECK

WHOLE_COUNTRY = ""


def after_change(
    areas: Collection[str], households: Collection[int] | None, *, by: User, on: datetime.date
) -> None:
    """Check what has changed (households.followers.RegisterFollower)."""
    if households is not None:
        checking.check_households(households)
        return
    for area in areas:
        ask(area, by=by if any(by.holds(right, area) for right in checking.RIGHTS) else _system())


def _system() -> User:
    """Return who checks where a file reaches beyond the areas of any one post of who handed it in."""
    return User.objects.built_in("system")


def ask(area: str, *, by: User, once: bool = False, ring: bool = True) -> Job:
    """Ask for a check of an area as long work; with `once`, the open job of the same area is enough.

    A check that is already under way may have passed by what has just changed: after a change ask anew.
    """
    checking.may_check(by, area)
    dedupe = f"area:{area}" if once else ""
    return asking.enqueue(CHECK.code, {"area": area}, by=by, area=area, dedupe=dedupe, ring=ring)


def night_work(*, by: User, on: datetime.date) -> None:
    """Ask for the check of the night that leads into the day `on` (foundation.accounts.next_day.NightWork).

    Ages, months and lines move on with the calendar, also where nobody has changed anything. It runs as long work:
    nobody waits for it, however large the register.
    """
    ask(WHOLE_COUNTRY, by=by, once=True)
