"""The numbers of a delivery as commands and the API answer them (datasets.md section 6), keys in that order."""

from typing import Any

from monitoring.intake.receiving import Delivered


def answer(delivered: Delivered) -> dict[str, Any]:
    """Return the answer without the seconds; the same file again repeats the numbers of the first."""
    delivery = delivered.delivery
    return {
        "delivery": delivery.pk,
        "state": "duplicate" if delivered.duplicate else delivery.outcome,
        "rows_read": delivery.rows_read,
        "rows_accepted": delivery.rows_accepted,
        "rows_rejected": delivery.rows_rejected,
        "rejects": delivery.rejects,
        "matched": delivery.matched,
        "unmatched": delivery.unmatched,
        "name_differs": delivery.name_differs,
        "corrections": delivery.corrections,
        "columns_dropped": delivery.columns_dropped,
        "sha256": delivery.file_sha256,
    }
