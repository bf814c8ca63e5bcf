"""The nightly look at the record of acts: what is wrong is told to the audit administrators, and stands in the log."""

import datetime
import logging

from django.utils import timezone

from foundation.accounts import clock
from foundation.accounts.models import Posting, User
from foundation.accounts.roles import Role
from foundation.inbox.notices import tell_once
from foundation.ledger import checking

log = logging.getLogger(__name__)
#: How far back a night reads: a week, and a day for a night that was missed.
DAYS_BACK = 8
_PLACE = "/record/"


def check_record() -> int:
    """Look whether the record is guarded and its entries of the last days are as written; returns what is wrong."""
    off = sum(not stands for stands in checking.guards().values())
    bad = sum(1 for _key in checking.spoiled(timezone.now() - datetime.timedelta(days=DAYS_BACK)))
    if off or bad:
        log.error("the record of acts: %d guards are off, %d entries are not as written", off, bad)
        tell_once(_auditors(), "record_unsound", place=_PLACE, group=str(clock.today()))
    return off + bad


def _auditors() -> list[User]:
    """Return the audit administrators of today, wherever they are posted: the record is one."""
    duties = Posting.objects.in_force().filter(role=Role.AUDIT_ADMIN, user__is_active=True)
    return list(User.objects.filter(pk__in=duties.order_by().values("user")))
