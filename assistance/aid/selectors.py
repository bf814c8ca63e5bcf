"""What other parts ask of aid: what landed of a case, for the guard of a removal."""

import datetime

from assistance.models import AidRecord, Case


def delivered_aid(case: Case) -> list[tuple[str, datetime.date]]:
    """Return what landed of a case by its aid records: name and first day (DELIVERED_MEASURES).

    A measure whose office answered that it landed is told by assistance.measures; many records of the same help for
    the same person are one measure.
    """
    rows = AidRecord.objects.living().filter(case=case).exclude(measure__state="landed")
    found: dict[tuple[str, int | None], tuple[str, datetime.date]] = {}
    for row in rows.order_by("landed_on", "pk"):
        found.setdefault((row.code, row.resident_id), (row.name, row.landed_on))
    return list(found.values())
