"""Read a whole column of texts in DuckDB, as deliveries of millions of rows are read."""

from collections.abc import Sequence
from typing import Any

import duckdb

from foundation.accounts import clock
from monitoring.cells.quick_sql import quick_sql
from monitoring.cells.reading import Dates
from monitoring.cells.reasons import Reason
from monitoring.cells.sql import cell_sql
from monitoring.contracts.contract import Column


def read_column(
    connection: duckdb.DuckDBPyConnection,
    column: Column,
    cells: Sequence[str],
    dates: Dates,
    *,
    is_event_day: bool = False,
    lost_digits: bool = False,
) -> list[Any]:
    """Return for each cell its value, or the reason why it has none."""
    lost = str(lost_digits).lower()
    told = cell_sql(column, "written", "plain", is_event_day=is_event_day, lost_digits=lost)
    query = (
        f"SELECT CASE WHEN reason IS NULL THEN value END, reason FROM (SELECT {told.value} AS value, "
        f"{told.reason} AS reason, place FROM (SELECT *, cell_plain(written) AS plain FROM "
        "(SELECT unnest($cells) AS written, generate_subscripts($cells, 1) AS place))) ORDER BY place"
    )
    bound = {
        "cells": list(cells),
        "received_on": dates.received_on,
        "period_end": dates.period_end,
        "this_year": clock.today().year,
    }
    rows = connection.execute(
        query, {key: value for key, value in bound.items() if f"${key}" in query}
    ).fetchall()
    return [value if reason is None else Reason(reason) for value, reason in rows]


def read_quickly(
    connection: duckdb.DuckDBPyConnection,
    column: Column,
    cells: Sequence[str],
    dates: Dates,
    *,
    is_event_day: bool = False,
) -> list[tuple[bool, Any]]:
    """Return for each cell whether it is certain at first sight, and its value then."""
    told = quick_sql(column, "cell", "id_number_digits(cell)", is_event_day=is_event_day)
    query = (
        f"SELECT {told.certain} AS certain, {told.value} FROM (SELECT unnest($cells) AS cell, "
        "generate_subscripts($cells, 1) AS place) ORDER BY place"
    )
    bound = {
        "cells": [cell or None for cell in cells],
        "received_on": dates.received_on,
        "period_end": dates.period_end,
        "this_year": clock.today().year,
    }
    rows = connection.execute(
        query, {key: value for key, value in bound.items() if f"${key}" in query}
    ).fetchall()
    return [(certain, value if certain else None) for certain, value in rows]
