"""Fill temporary tables of PostgreSQL by COPY, some thousand rows at a time."""

import io
from collections.abc import Iterable
from itertools import islice
from typing import Any

_AT_ONCE = 20_000


def copy_into(cursor: Any, table: str, rows: Iterable[Iterable[Any]], *, analyze: bool = True) -> None:
    """Write rows into a table of ours, cells in the order of its columns, and let the planner know of them.

    `analyze=False` for tables that others own and that stay: the app may not count them.
    """
    lines = ("\t".join(_cell(each) for each in row) + "\n" for row in rows)
    while some := "".join(islice(lines, _AT_ONCE)):
        cursor.copy_expert(f"COPY {table} FROM STDIN", io.StringIO(some))
    if analyze:
        cursor.execute(f"ANALYZE {table}")


def _cell(value: Any) -> str:
    """Write a cell as COPY reads it; None is null."""
    if value is None:
        return "\\N"
    text = str(value)
    for plain, escaped in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(plain, escaped)
    return text
