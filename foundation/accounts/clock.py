"""The business clock: the one place that knows which day it is.

Order of truth: SHOUWANG_TODAY (tests, demonstrations by command), then the pinned day of a demonstration,
then the calendar day in Asia/Shanghai. Ledger time is never asked here: it is always real. How the pinned day
moves on is next_day.py; why it is built so, docs/decisions/0006-business-clock.md.
"""

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts.ordinances import ordinances
from foundation.accounts.refusals import Refused

SHANGHAI = ZoneInfo("Asia/Shanghai")
#: Where no value says after how many days an entry is a late one (regulations: backdating_days; field.md 5.26).
BACKDATING_DAYS = 7

_today: ContextVar[datetime.date | None] = ContextVar("business_day", default=None)


def today() -> datetime.date:
    """Return the business day. Inside `one_reading()` it is read once and stays the same."""
    return _today.get() or _read()


def is_pinned() -> bool:
    """Say whether the business day stands still because the environment or a demonstration pins it."""
    return bool(settings.SHOUWANG_TODAY) or _pinned_day() is not None


def is_demonstration() -> bool:
    """Say whether this is a demonstration. Production never is, whatever mark its database carries."""
    return not settings.PRODUCTION and _installation().filter(demo=True).exists()


@contextmanager
def one_reading() -> Iterator[datetime.date]:
    """Read the clock once for a whole request, job or decision, so that midnight cannot fall inside it.

    Inside another reading, that one stays.
    """
    with at(today()) as day:
        yield day


@contextmanager
def at(day: datetime.date) -> Iterator[datetime.date]:
    """Live on another day for a while. Only the demonstration (its past, its next day) and tests do this."""
    token = _today.set(day)
    try:
        yield day
    finally:
        _today.reset(token)


def happened(on: datetime.date | None, *, reason: str = "", areas: Iterable[str] = ("",)) -> datetime.date:
    """Return the day an act in `areas` happened (default: today), refusing the future and unexplained lateness."""
    entered = today()
    if on is None or on == entered:
        return entered
    if on > entered:
        raise Refused(_("The day lies in the future: enter a day up to today."), field="happened_on")
    limit = backdating_days(areas)
    if (entered - on).days > limit and not reason.strip():
        raise Refused(
            _("This happened more than %(days)d days ago: say why it is entered only now.") % {"days": limit},
            field="reason",
        )
    return on


def backdating_days(areas: Iterable[str] = ("",)) -> int:
    """Return after how many days an entry is a late one in any of `areas`, by the values in force."""
    days = ordinances().backdating_days(areas, today())
    return BACKDATING_DAYS if days is None else days


def is_late(on: datetime.date, areas: Iterable[str] = ("",)) -> bool:
    """Say whether what happened on a day is entered so late that it takes a reason and a second person."""
    back = (today() - on).days
    return back > 0 and back > backdating_days(areas)


def _read() -> datetime.date:
    if settings.SHOUWANG_TODAY:
        return _from_environment(settings.SHOUWANG_TODAY)
    return _pinned_day() or timezone.localdate(timezone=SHANGHAI)


def _from_environment(written: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(written)
    except ValueError as wrong:
        raise ImproperlyConfigured(
            f"SHOUWANG_TODAY is {written!r}: write a day as YYYY-MM-DD, or leave it out."
        ) from wrong


def _pinned_day() -> datetime.date | None:
    """Day a demonstration is pinned at; the database refuses a pinned day without the demo mark."""
    if settings.PRODUCTION:
        return None
    day: datetime.date | None = _installation().values_list("pinned_day", flat=True).first()
    return day


def _installation() -> models.QuerySet[Any]:
    """Rows that say what this installation is, looked up by name: the models import this module's storey."""
    return apps.get_model("accounts", "Installation").objects.all()
