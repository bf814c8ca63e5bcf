"""What watchers are told of alerts: how many are open, by state."""

from collections.abc import Iterator

from prometheus_client.core import Metric

from alerts.lifecycle import OPEN
from alerts.models import Alert
from foundation.accounts.gauges import counted, table


def alerts() -> Iterator[Metric]:
    """Yield open alerts by state."""
    yield table(
        "shouwang_alerts_open",
        "Alerts that are not closed, by state.",
        ["state"],
        counted(Alert.objects.filter(state__in=OPEN), "state"),
    )
