"""What people of the demonstration decided about warnings, in between the nights (monitoring.demo.days.DemoDays)."""

import datetime
from collections.abc import Sequence

from alerts.deciding import Closing, close
from alerts.models import Alert
from foundation.accounts.models import User
from monitoring.demo.days import MORNING, Scene
from monitoring.demo.register import Register

#: S7: closed in September and quiet until 9 December, for an insurance had paid.
QUIET_HOUSEHOLD, CLOSED_ON, QUIET_DAYS = "YS000007", datetime.date(2026, 9, 10), 90
OUTCOME, WHY = "solved_by_policy", "商业保险已赔付"


def scenes(register: Register) -> Sequence[Scene]:
    """Return the decisions."""
    return [Scene(CLOSED_ON, MORNING, 1, _is_closed, _close)]


def _is_closed() -> bool:
    rows = Alert.objects.filter(household__code=QUIET_HOUSEHOLD)
    return rows.filter(closed_on=CLOSED_ON).exists() or not rows.exists()


def _close() -> None:
    """Close the warning of the household whose insurance paid, as the county's dispatcher."""
    alert = Alert.objects.open().select_related("household", "area").get(household__code=QUIET_HOUSEHOLD)
    close(alert, Closing(OUTCOME, WHY, QUIET_DAYS), by=User.objects.get(username="xian"))
