"""Attempts at which nobody was met: three of them, written down, before a household “could not be reached”."""

from django.db.models import QuerySet

from alerts.models import Alert
from households.models import Visit

#: How many attempts there must be (field.md 2.1).
NEEDED = 3
UNREACHABLE = "unreachable"


def attempts_of(alert: Alert) -> QuerySet[Visit]:
    """Return the recorded attempts at the household since the alert was opened at which nobody was met."""
    visits = Visit.objects.filter(
        household=alert.household_id, state="recorded", outcome=Visit.Outcome.NOBODY
    )
    return visits.filter(happened_on__gte=alert.opened_on)
