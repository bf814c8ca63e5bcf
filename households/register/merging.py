"""Bring rows that are in the register to what a file states of them, field by field, set-wise.

A field is held where what stands there is of a later day than the file, or of the same day and checked by hand
(households.provenance): the file's value is not written, and the difference is noted. Where the file has no such
column nothing is stated at all. A row is changed where one of its other fields differs, and only then written.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from households.provenance import row_may_change_sql, stays_sql


@dataclass(frozen=True, slots=True)
class Merge:
    """One table and what the file states of it.

    `met`: the temporary table of rows of the file that are in `table`, with its `id` as `id`; `fields`: columns that
    the file states, in both; `unstated`: the other columns that have a source. `also`: a further name that counts as
    a difference, as SQL; `but`: rows of `met` that are compared.
    """

    table: str
    met: str
    fields: Sequence[str]
    unstated: Sequence[str]
    also: str = "NULL"
    but: str = "true"

    def judged(self) -> str:
        """Return the statement that says which fields of each row differ and which are held."""
        differs = ", ".join(
            f"CASE WHEN old.{name} IS DISTINCT FROM new.{name} THEN '{field_of(name)}' END"
            for name in self.fields
        )
        held = ", ".join(
            f"CASE WHEN {stays_sql('old', field_of(name))} THEN '{field_of(name)}' END"
            for name in self.fields
        )
        return f"""
            CREATE TEMP TABLE {self.met}_judged ON COMMIT DROP AS
            SELECT id, differs, held, NOT differs <@ held AS changed FROM (
                SELECT old.id, array_remove(ARRAY[{differs}, {self.also}], NULL) AS differs,
                    CASE WHEN {row_may_change_sql("old")}
                    THEN '{{}}'::text[] ELSE array_remove(ARRAY[{held}], NULL) END AS held
                FROM {self.met} AS new JOIN {self.table} AS old ON old.id = new.id
                WHERE {self.but}
            ) AS compared
            WHERE differs <> '{{}}'
        """  # noqa: S608  (names from the code alone)

    def written(self, condition: str = "true", further: str = "") -> str:
        """Return the statement that writes the changed rows for which `condition` holds; `further`: more columns."""
        values = ", ".join(
            f"{name} = CASE WHEN '{field_of(name)}' = ANY (judged.held) THEN old.{name} ELSE new.{name} END"
            for name in self.fields
        )
        unstated = ", ".join(f"'{field_of(name)}'" for name in self.unstated)
        return f"""
            UPDATE {self.table} AS old
            SET {values}{further}, source = 'register_file', source_day = %(as_of)s, revision_id = %(revision)s,
                field_sources = (
                    SELECT coalesce(jsonb_object_agg(name, stated), '{{}}') FROM (
                        SELECT name, coalesce(
                            old.field_sources -> name, jsonb_build_array(old.source, old.source_day)
                        ) AS stated
                        FROM unnest(judged.held || ARRAY[{unstated}]::text[]) AS name
                    ) AS kept
                    WHERE stated <> jsonb_build_array('register_file', %(as_of)s::date)
                )
            FROM {self.met} AS new JOIN {self.met}_judged AS judged USING (id)
            WHERE old.id = new.id AND judged.changed AND ({condition})
        """  # noqa: S608  (names from the code alone)


def field_of(column: str) -> str:
    """Return the model's field of a column: `area` of `area_id`."""
    return column.removesuffix("_id")
