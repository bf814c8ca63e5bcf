"""Accounts that nobody used for long are closed at night; who needs theirs again has it opened (safety.md L08)."""

import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from foundation.accounts import clock, staff
from foundation.accounts.entry.bounds import UNUSED_DAYS
from foundation.accounts.models import User
from foundation.accounts.ordinances import ordinances
from foundation.accounts.refusals import Refused


def close(*, by: User) -> int:
    """Disable who has not signed in for as long as their posts allow; returns how many. Not in the demonstration.

    Counted from the last sign-in, or from the day the account was opened or opened again, whichever is latest.
    """
    if clock.is_demonstration():
        return 0
    today, closed = clock.today(), 0
    least = ordinances().smallest(UNUSED_DAYS.subject) or settings.ACCOUNT_UNUSED_DAYS
    soonest = today - datetime.timedelta(
        days=max(min(least, settings.ACCOUNT_UNUSED_DAYS), UNUSED_DAYS.sense)
    )
    for user in User.objects.filter(is_active=True, is_built_in=False).order_by("pk").iterator():
        since = _used_on(user)
        if since is None or since > soonest or since > today - _allowed(user):
            continue
        try:
            reason = _("Nobody has signed in since %(day)s.") % {"day": since.isoformat()}
            staff.disable(user, by=by, reason=reason)
        except Refused:
            continue  # somebody disabled it meanwhile
        closed += 1
    return closed


def _used_on(user: User) -> datetime.date | None:
    signs = [user.last_login.date() if user.last_login else None, user.created_on, user.enabled_on]
    return max((each for each in signs if each is not None), default=None)


def _allowed(user: User) -> datetime.timedelta:
    """Return how long this account may rest: the longest that one of its posts allows."""
    return datetime.timedelta(days=max(UNUSED_DAYS.of_posts(user)))
