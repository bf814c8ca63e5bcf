"""What watchers are told of departments' data: deliveries and findings by state, the size of the archive."""

from collections.abc import Iterator

from django.db.models import Sum
from prometheus_client.core import Metric

from foundation.accounts.gauges import counted, one, table
from monitoring.models import Batch, Delivery, Finding


def deliveries() -> Iterator[Metric]:
    """Yield deliveries by state, and the bytes of the batches that are kept."""
    yield table(
        "shouwang_deliveries",
        "Deliveries of departments, by state.",
        ["state"],
        counted(Delivery.objects.all(), "state"),
    )
    kept = Batch.objects.filter(deleted_on__isnull=True).aggregate(size=Sum("size"))["size"]
    yield one(
        "shouwang_archive_size_bytes", "Batches of departments' data that the archive keeps.", kept or 0
    )


def findings() -> Iterator[Metric]:
    """Yield the findings that were not taken back, by what the last run made of them."""
    yield table(
        "shouwang_findings",
        "Living findings of comparisons, by what the last run made of them.",
        ["result"],
        counted(Finding.objects.filter(retracted_at__isnull=True), "result"),
    )
