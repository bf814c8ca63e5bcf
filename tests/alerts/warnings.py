"""Many warnings for tests of lists and of acts on many."""

from collections.abc import Sequence

from alerts.models import Alert
from foundation.accounts.models import User
from tests.alerts.made import find, follow, run_of
from tests.households.families import make_household
from tests.people import VILLAGE


def plant(by: User, count: int, *, area: str = VILLAGE, first: int = 100) -> list[Alert]:
    """Let a run find so many households of a village over a line; returns their warnings in the order of the queue."""
    run = run_of(by)
    for number in range(first, first + count):
        find(run, "medical_single_stay", make_household(f"YS{number:06d}", area=area, by=by))
    follow(run)
    rows = Alert.objects.filter(run=run).select_related("household").order_by("-priority", "pk")
    return list(rows)


def states(alerts: Sequence[Alert]) -> list[str]:
    """Return where warnings stand now, in the order given."""
    now = dict(Alert.objects.filter(pk__in=[each.pk for each in alerts]).values_list("pk", "state"))
    return [now[each.pk] for each in alerts]
