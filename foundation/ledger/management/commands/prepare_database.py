"""Bring the database to this version of the house, and give the app role the rights it needs, no more."""

import os
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

#: What the app role may not do, however the tables are made: change or remove an entry of the ledger.
APPEND_ONLY_TABLES = ("ledger_entry",)


class Command(BaseCommand):
    """Run as the owner of the database; `./run` does at every start that finds it behind."""

    help = "Migrate, then grant the app role (SHOUWANG_APP_ROLE) its rights."

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate and grant; says in one sentence where owner and app are the same role."""
        call_command("migrate", interactive=False, verbosity=options["verbosity"], stdout=self.stderr)
        app_role = os.environ.get("SHOUWANG_APP_ROLE", "")
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            owner = cursor.fetchone()[0]
        if not app_role or app_role == owner:
            self.stderr.write(
                "The database has one role for everything, so only triggers protect the ledger; give "
                "DATABASE_OWNER_URL and DATABASE_URL different roles to take the right away as well."
            )
            return
        grant_app_role(app_role)


def grant_app_role(app_role: str) -> None:
    """Give `app_role` reading and writing of all tables but changing of none that is append-only."""
    role = connection.ops.quote_name(app_role)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}")
        for table in APPEND_ONLY_TABLES:
            cursor.execute(
                f"REVOKE UPDATE, DELETE, TRUNCATE ON {connection.ops.quote_name(table)} FROM {role}"
            )
