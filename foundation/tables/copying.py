"""Write many rows into PostgreSQL at once, by COPY: into tables of a piece of work, and new rows of a model.

copy_into(cursor, "finding_gone", ((1, None, "…"), (2, 7, "…")))
insert_many(passages)      as bulk_create does, in half the time: nothing is parsed, planned or returned

A handful of rows goes in one INSERT: for so few, asking for numbers first costs more than COPY saves.
"""

import io
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from operator import attrgetter
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from psycopg2 import sql

_AT_ONCE = 20_000
#: Up to so many rows are no work for COPY.
_FEW = 10
_SPECIAL = re.compile(r"[\\\t\n\r]")
_ESCAPED = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_ENCODED = DjangoJSONEncoder(ensure_ascii=False).encode


def copy_into(cursor: Any, table: str, rows: Iterable[Iterable[Any]], *, analyze: bool = True) -> None:
    """Write rows into a table, cells in the order of its columns, and let the planner know of them.

    `analyze=False` for tables that others own and that stay: the app may not count them.
    """
    lines = ("\t".join(map(_cell, row)) + "\n" for row in rows)
    while some := "".join(islice(lines, _AT_ONCE)):
        cursor.copy_expert(f"COPY {table} FROM STDIN", io.StringIO(some))
    if analyze:
        cursor.execute(f"ANALYZE {table}")


def insert_many(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model and give them their keys, in the order of the rows.

    What the database works out (generated columns, defaults of the database) is not read back, no signal is sent, and
    a row that breaks a rule of the table fails them all.
    """
    if not rows:
        return
    meta: Any = rows[0]._meta
    fields = [field for field in meta.concrete_fields if not field.generated]
    numbered = isinstance(meta.pk, models.AutoField)
    if numbered and len(rows) <= _FEW:
        _insert_few(rows, meta, [field for field in fields if not field.primary_key])
    else:
        if numbered:
            _number(rows, meta)
        _copy(rows, meta, fields)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _copy(rows: Sequence[models.Model], meta: Any, fields: Sequence[Any]) -> None:
    table = _columns(meta, fields)
    with connection.wrap_database_errors, connection.cursor() as cursor:
        for first in range(0, len(rows), _AT_ONCE):
            some = rows[first : first + _AT_ONCE]
            columns = [_column(field, list(map(attrgetter(field.attname), some))) for field in fields]
            lines = map("\t".join, zip(*columns, strict=True))
            cursor.copy_expert(f"COPY {table} FROM STDIN", io.StringIO("\n".join(lines) + "\n"))


def _column(field: Any, values: Sequence[Any]) -> Sequence[str]:
    """Write the cells of one field; what all rows have in common, as most of them do, is written once."""
    write, first = _writer(field), values[0]
    if all(value is first for value in values):
        return [_cell(write(first))] * len(values)
    return [_cell(write(value)) for value in values]


def _insert_few(rows: Sequence[models.Model], meta: Any, fields: Sequence[Any]) -> None:
    """Write rows in one statement, which numbers them; the database reads each cell as COPY would."""
    cells = [(field.attname, _writer(field)) for field in fields]
    values = [write(getattr(row, name)) for row in rows for name, write in cells]
    line = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(cells)))
    statement = sql.SQL("INSERT INTO {into} VALUES {rows} RETURNING {key}").format(
        into=sql.SQL(_columns(meta, fields)),
        rows=sql.SQL(", ").join([line] * len(rows)),
        key=sql.Identifier(meta.pk.column),
    )
    with connection.cursor() as cursor:
        text = statement.as_string(cursor.cursor)
        cursor.execute(text, [None if value is None else str(value) for value in values])
        for row, (number,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = number


def _columns(meta: Any, fields: Sequence[Any]) -> str:
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    return f"{connection.ops.quote_name(meta.db_table)} ({columns})"


def _number(rows: Sequence[models.Model], meta: Any) -> None:
    """Take as many numbers of the table's sequence as there are rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [connection.ops.quote_name(meta.db_table), meta.pk.column, len(rows)],
        )
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key


def _writer(field: Any) -> Callable[[Any], Any]:
    """Return what turns a value of a field into one that COPY reads."""
    if isinstance(field, models.JSONField):
        return _json
    if isinstance(field, ArrayField):
        return _array
    if isinstance(field, models.BinaryField):
        return lambda value: value if value is None else f"\\x{bytes(value).hex()}"
    by_itself = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    if by_itself or field.db_default is not models.NOT_PROVIDED:
        raise TypeError(f"{field}: what is written by itself is not written here")
    return _plain


def _plain(value: Any) -> Any:
    return value


def _json(value: Any) -> str | None:
    return None if value is None else _ENCODED(value)


def _array(value: Sequence[Any] | None) -> str | None:
    """Write a list of words or numbers as an array, each in quotes."""
    if value is None:
        return None
    quoted = (str(each).replace("\\", "\\\\").replace('"', '\\"') for each in value)
    return "{" + ",".join(f'"{each}"' for each in quoted) + "}"


def _cell(value: Any) -> str:
    """Write a cell as COPY reads it; None is null."""
    if value is None:
        return "\\N"
    text = str(value)
    return _SPECIAL.sub(lambda found: _ESCAPED[found.group()], text) if _SPECIAL.search(text) else text
