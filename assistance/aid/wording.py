"""Aid in words: since when, how much, from whom, acknowledged how."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.aid.feeds import feeds
from assistance.models import AidExplanation, AidGap, AidRecord
from assistance.models.aid_gaps import Side
from foundation.accounts import clock
from foundation.desk.columns import Badge


def badge(row: AidRecord) -> Badge:
    """Return how a record stands, in a pill."""
    if row.state == "struck":
        return Badge(row.state_label, "plain")
    if row.per == AidRecord.Per.ONCE:
        return Badge(pgettext("aid", "landed"), "done")
    last = row.last_month
    if last is not None and last < clock.today().replace(day=1):
        return Badge(pgettext("aid", "ended"), "plain")
    return Badge(pgettext("aid", "runs"), "done")


def given(row: AidRecord) -> str:
    """Say what is given: yuan once or a month, or the service."""
    if row.amount is None:
        return row.service
    return f"{row.amount:,.2f} {_('yuan')} {row.get_per_display()}"


def span(row: AidRecord) -> str:
    """Say when: the day, or the months from and to."""
    if row.per == AidRecord.Per.ONCE:
        return date_format(row.landed_on, "Y-m-d")
    first, last = f"{row.landed_on:%Y-%m}", row.last_month
    if last is None:
        return pgettext("aid", "since %(month)s") % {"month": first}
    return f"{first} – {last:%Y-%m}"


def months_of(row: AidGap | AidExplanation) -> str:
    """Say of which months a difference is, or of which year where it is paid by the year."""
    first, last = by_month(row, row.first_month), row.last_month and by_month(row, row.last_month)
    return first if last in (None, first) else f"{first} – {last}"


def by_month(row: AidGap | AidExplanation, month: datetime.date) -> str:
    """Write a month of a difference; a payment that is one of a year has its year alone."""
    feed = feeds().get(row.feed)
    yearly = feed is not None and feed.yearly and row.side == Side.UNRECORDED
    return f"{month:%Y}" if yearly else f"{month:%Y-%m}"


def payer_of(row: AidRecord) -> str:
    """Name who pays."""
    if row.department is not None:
        return row.department.called
    return row.payer or _("township office")


def acknowledged(row: AidRecord) -> str:
    """Say whether the household acknowledged it, when, how and by whom; empty where it has not."""
    if not row.acknowledged_how or row.acknowledged_on is None:
        return ""
    said = f"{row.get_acknowledged_how_display()} {date_format(row.acknowledged_on, 'Y-m-d')}"
    return f"{said} · {row.acknowledged_by}" if row.acknowledged_by else said
