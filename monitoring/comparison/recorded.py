"""What the record of acts says of the findings of a run: one digest over all of them, in the entry that ended it."""

from django.db import connection

from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from monitoring.models import Run

#: The verb of the entry, whose details name the digest (monitoring.comparison.writing).
ENDED = "comparison.ended"
_DIGEST = """
    SELECT count(*), encode(sha256(convert_to(
        coalesce(string_agg(digest, '' ORDER BY standard_id, household_id, resident_id), ''), 'UTF8'
    )), 'hex')
    FROM monitoring_finding WHERE run_id = %s
"""


def agrees(run: Run) -> bool | None:
    """Say whether what is stored of a run is what its record says.

    None where it cannot be said: the run has not ended, or a later one has renewed some of its findings.
    """
    entry = Entry.objects.filter(verb=ENDED, object_type=Run._meta.label_lower, object_id=str(run.pk)).first()
    if entry is None:
        return None
    details = read_body(entry)["details"]
    with connection.cursor() as cursor:
        cursor.execute(_DIGEST, [run.pk])
        stored, digest = cursor.fetchone()
    if stored != sum(told["findings"] for told in details["standards"].values()):
        return None
    return bool(digest == details["findings"])
