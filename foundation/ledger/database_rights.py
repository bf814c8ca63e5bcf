"""The rights of the app role in the database: read and write, but never change what is append-only."""

from django.db import connection

#: From this version on the app role can be let count tables for the planner (foundation.accounts.statistics).
_MAINTAIN_SINCE = 170_000
#: What the app role may not do, however the tables are made: change or remove an entry of the ledger.
APPEND_ONLY_TABLES = ("ledger_entry",)


def grant_app_role(app_role: str) -> None:
    """Give `app_role` reading and writing of all tables but changing of none that is append-only."""
    role = connection.ops.quote_name(app_role)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}")
        can_maintain = connection.pg_version >= _MAINTAIN_SINCE  # type: ignore[attr-defined]
        if can_maintain:
            cursor.execute(f"GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO {role}")
        for table in APPEND_ONLY_TABLES:
            if can_maintain:
                cursor.execute(f"REVOKE MAINTAIN ON {connection.ops.quote_name(table)} FROM {role}")
            cursor.execute(
                f"REVOKE UPDATE, DELETE, TRUNCATE ON {connection.ops.quote_name(table)} FROM {role}"
            )
