"""What watchers are told of the record of acts: its last entry, what waits for the log, and whether it is guarded."""

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily, Metric

from foundation.ledger import checking
from foundation.ledger.models import Entry


def entries() -> Iterator[Metric]:
    """Yield the moment of the last entry, of the oldest that the log has not taken in, and whether the guards stand."""
    last = Entry.objects.order_by("-pk").values_list("recorded_at", flat=True).first()
    oldest = (
        Entry.objects.filter(leaf_index__isnull=True)
        .order_by("pk")
        .values_list("recorded_at", flat=True)
        .first()
    )
    for name, about, at in (
        ("last_entry", "When the last entry of the record was written.", last),
        ("oldest_unsealed", "When the oldest entry was written that the log has not taken in.", oldest),
    ):
        told = GaugeMetricFamily(f"shouwang_ledger_{name}_timestamp_seconds", about)
        if at is not None:
            told.add_metric([], at.timestamp())
        yield told
    guarded = GaugeMetricFamily(
        "shouwang_ledger_guard_up", "Whether the database refuses this to everybody.", labels=["kind"]
    )
    for refused, stands in checking.guards().items():
        guarded.add_metric([refused], float(stands))
    yield guarded
