"""Compare and swap: the statement that writes states, and only where a row still stands as its caller saw it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from django.db import connection
from psycopg2 import sql

from foundation.workflow.lifecycle import Move
from foundation.workflow.models import Stateful

S = TypeVar("S", bound=Stateful)
_SQL = (Path(__file__).parent / "sql" / "move_many.sql").read_text(encoding="utf-8")


def swap(rows: Sequence[S], step: Move, writes: Mapping[str, Any]) -> dict[Any, S]:
    """Compare and swap the states; returns by key the rows that really moved, as they are stored now.

    `writes` are columns that change with the state, the same for every row. Only foundation.workflow.move calls this.
    """
    if not rows:
        return {}
    meta = rows[0]._meta
    columns: list[tuple[Any, Any]] = [(meta.get_field(name), value) for name, value in writes.items()]
    statement = sql.SQL(_SQL).format(
        table=sql.Identifier(meta.db_table),
        key=sql.Identifier(meta.pk.column),
        key_type=sql.SQL(meta.pk.rel_db_type(connection) or "bigint"),
        writes=sql.SQL("").join(
            sql.SQL(", {} = {}").format(sql.Identifier(column.column), sql.Placeholder(f"write_{number}"))
            for number, (column, _value) in enumerate(columns)
        ),
    )
    values = {
        "keys": [meta.pk.get_db_prep_value(row.pk, connection) for row in rows],
        "versions": [row.version for row in rows],
        "sources": sorted(step.sources),
        "state": step.target,
    } | {
        f"write_{number}": column.get_db_prep_save(value, connection)
        for number, (column, value) in enumerate(columns)
    }
    with connection.cursor() as cursor:
        text = statement.as_string(cursor.cursor)
    return {row.pk: row for row in type(rows[0])._base_manager.raw(text, values)}


def take_over(row: S, stored: S) -> None:
    """Let a row carry what is stored; what it knows of other rows stays as long as it is theirs."""
    for column in row._meta.concrete_fields:
        setattr(row, column.attname, getattr(stored, column.attname))
    row.__dict__.pop("_prefetched_objects_cache", None)
