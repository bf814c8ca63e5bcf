"""The business clock: the one place that knows which day it is.

Order of truth: SHOUWANG_TODAY (tests, demonstrations by command), then the pinned day of a demonstration,
then the calendar day in Asia/Shanghai. Ledger time is never asked here: it is always real.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts.refusals import Refused

SHANGHAI = ZoneInfo("Asia/Shanghai")
#: An act entered more than this many days after it happened needs a reason (field.md 5.26).
BACKDATING_DAYS = 7

_today: ContextVar[datetime.date | None] = ContextVar("business_day", default=None)


def today() -> datetime.date:
    """Return the business day. Inside `one_reading()` it is read once and stays the same."""
    return _today.get() or _read()


def is_pinned() -> bool:
    """Say whether the business day differs from the calendar because somebody pinned it."""
    return bool(settings.SHOUWANG_TODAY) or _pinned_day() is not None


@contextmanager
def one_reading() -> Iterator[datetime.date]:
    """Read the clock once for a whole request, job or decision, so that midnight cannot fall inside it."""
    token = _today.set(_read())
    try:
        yield today()
    finally:
        _today.reset(token)


def happened(on: datetime.date | None, *, reason: str = "") -> datetime.date:
    """Return the day an act happened (default: today), refusing the future and unexplained backdating."""
    entered = today()
    if on is None:
        return entered
    if on > entered:
        raise Refused(_("The day lies in the future: enter a day up to today."), field="happened_on")
    if (entered - on).days > BACKDATING_DAYS and not reason.strip():
        raise Refused(
            _("This happened more than %(days)d days ago: say why it is entered only now.")
            % {"days": BACKDATING_DAYS},
            field="reason",
        )
    return on


def _read() -> datetime.date:
    if settings.SHOUWANG_TODAY:
        return datetime.date.fromisoformat(settings.SHOUWANG_TODAY)
    return _pinned_day() or timezone.localdate(timezone=SHANGHAI)


def _pinned_day() -> datetime.date | None:
    """Day a demonstration is pinned at; the database refuses a pinned day without the demo mark."""
    day: datetime.date | None = (
        apps.get_model("accounts", "Installation").objects.values_list("pinned_day", flat=True).first()
    )
    return day
