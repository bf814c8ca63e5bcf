"""Pairs of households that name the same person, found by an import."""

from django.db import connection

from foundation.accounts import clock
from foundation.tables.duck import Tables
from households.models import Duplicate, Revision
from households.pairs import waiting

_AT_ONCE = 10_000


def note(tables: Tables, revision: Revision) -> int:
    """Write a pair for each row that was rejected because its person lives elsewhere; returns how many are new.

    Rows whose village nobody knows make none: there is nobody who could decide.
    """
    pairs = tables.all(
        """SELECT DISTINCT coalesce(known.subject, subject.subject), elsewhere.household, cell.household, cell.area,
            left(coalesce(cell.name, ''), 60)
        FROM elsewhere JOIN cell USING (seq)
        JOIN village ON village.code = cell.area
        LEFT JOIN known ON known.number = cell.number
        LEFT JOIN subject ON subject.number = cell.number
        WHERE length(cell.household) <= 40 AND coalesce(known.subject, subject.subject) IS NOT NULL"""
    )
    made = 0
    with connection.cursor() as cursor:
        for start in range(0, len(pairs), _AT_ONCE):
            some = list(zip(*pairs[start : start + _AT_ONCE], strict=True))
            cursor.execute(
                """INSERT INTO households_duplicate (basis, identity_id, household_id, claimed_code, claimed_area_id,
                    claimed_name, found_on, revision_id)
                SELECT 'number', subject, household.id, claimed, area, name, %s, %s
                FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[])
                    AS pair (subject, household, claimed, area, name)
                JOIN households_household AS household ON household.code = pair.household
                ON CONFLICT DO NOTHING""",
                [clock.today(), revision.pk, *map(list, some)],
            )
            made += cursor.rowcount
    waiting.begin(Duplicate.objects.filter(revision=revision), clock.today())
    return made
