"""What PostgreSQL's planner knows of the tables that one transaction fills, and how much memory it may join them in."""

from django.db import connection


def look_again(*tables: str) -> None:
    """Let the planner count `tables` as this transaction sees them, and let nobody else count them until it ends.

    A table that autovacuum counts in the middle of a large transaction looks empty to it, because no row is committed
    yet; every statement that follows would then be planned for an empty table, and take minutes instead of moments.
    Needs the right MAINTAIN (database_rights); where the server is older than PostgreSQL 17 it warns and does nothing.
    """
    names = ", ".join(map(connection.ops.quote_name, tables))
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {names}")


def room_to_work() -> None:
    """Let the statements of this transaction sort and join up to 64 MB each in memory, instead of 4 MB.

    For the few transactions that write hundreds of thousands of rows, of which one runs at a time.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")
