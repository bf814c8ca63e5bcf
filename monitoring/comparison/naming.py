"""Who was delivered under another name than the register's; no name is kept."""

from collections.abc import Iterable

from django.db import connection

from foundation.tables.duck import Tables
from monitoring.intake.matching import name_differs

#: By the keys of the register's rows: by subject, those who stay and those who left stand in two indexes.
_NAMES = """
    SELECT DISTINCT ON (subject) subject::text, name FROM households_resident
    WHERE id = ANY (%s) AND subject IS NOT NULL ORDER BY subject, left_on DESC NULLS FIRST, id DESC
"""
_ENTRIES = "SELECT resident FROM stay WHERE subject IN (SELECT unnest($asked::VARCHAR[])::UUID)"


class Names:
    """Names of the register, each asked for once; of somebody registered twice the one under which they live now."""

    def __init__(self) -> None:
        """Begin without any."""
        self._known: dict[str, str] = {}

    def mark(self, tables: Tables, rows: str) -> None:
        """Add to `misnamed` (subject, said_name) who bears another name in the register than in a table of rows."""
        query = f"SELECT DISTINCT CAST(subject AS VARCHAR), said_name FROM {rows} WHERE said_name <> ''"  # noqa: S608
        said = tables.all(query)
        self._ask(tables, (subject for subject, _name in said))
        misnamed = [each for each in said if self._differs(*each)]
        tables.run("CREATE TABLE IF NOT EXISTS misnamed (subject UUID, said_name VARCHAR)")
        tables.run(
            "INSERT INTO misnamed SELECT unnest($subjects::VARCHAR[])::UUID, unnest($names::VARCHAR[])",
            {
                "subjects": [subject for subject, _name in misnamed],
                "names": [name for _subject, name in misnamed],
            },
        )

    def _ask(self, tables: Tables, subjects: Iterable[str]) -> None:
        asked = list(set(subjects) - self._known.keys())
        if not asked:
            return
        self._known |= dict.fromkeys(asked, "")
        entries = [entry for (entry,) in tables.rows(_ENTRIES, {"asked": asked})]
        with connection.cursor() as cursor:
            cursor.execute(_NAMES, [entries])
            self._known |= dict(cursor.fetchall())

    def _differs(self, subject: str, said: str) -> bool:
        known = self._known[subject]
        return bool(known) and said != known and name_differs(said, known)
