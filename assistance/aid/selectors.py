"""What other parts ask of aid: what landed of a case, for the guard of a removal."""

import datetime
from collections.abc import Iterable

from assistance.models import AidRecord, Case, Measure
from households.models import Resident

#: A key of a row has no more digits.
_LONGEST_KEY = 18


def present_members(case: Case) -> list[Resident]:
    """Return who lives in the household of a case that the caller came to through its door, the head first."""
    return list(Resident.objects.present().filter(household=case.household_id).order_by("relation", "pk"))


def promised_measure(case: Case, key: str) -> Measure | None:
    """Return the measure of such a case that an address names; None where it names none of its measures."""
    if not key.isdecimal() or len(key) > _LONGEST_KEY:
        return None
    return Measure.objects.filter(case=case, pk=int(key)).select_related("resident").first()


def delivered_aid(cases: Iterable[Case]) -> dict[int, list[tuple[str, datetime.date]]]:
    """Return by case what landed by its aid records: name and first day (DELIVERED_MEASURES).

    A measure whose office answered that it landed is told by assistance.measures; many records of the same help for
    the same person are one measure.
    """
    rows = AidRecord.objects.living().filter(case__in=[case.pk for case in cases])
    found: dict[int, list[tuple[str, datetime.date]]] = {}
    seen: set[tuple[int, str, int | None]] = set()
    for row in rows.exclude(measure__state="landed").order_by("landed_on", "pk"):
        same = (row.case_id, row.code, row.resident_id)
        if same not in seen:
            seen.add(same)
            found.setdefault(row.case_id, []).append((row.name, row.landed_on))
    return found
