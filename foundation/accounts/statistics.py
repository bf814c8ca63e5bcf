"""What PostgreSQL's planner knows of the tables that one transaction fills."""

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
