"""Bring the database to this version of the house: tables, rights of the app role, and what ships as data."""

import os
from typing import Any, Protocol

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from foundation.accounts.composition import parts
from foundation.accounts.migrating import new_models_drawn_alone
from foundation.ledger.database_rights import grant_app_role


class AfterMigrate(Protocol):
    """A step of config/composition.py's AFTER_MIGRATE: loads what ships, and does nothing when it already did."""

    def __call__(self) -> object:
        """Bring the data to this version of the house."""


class Command(BaseCommand):
    """Run as the owner of the database; `./run` does at every start that finds it behind.

    What must follow the migrations (dated values, holidays) stands in config/composition.py as AFTER_MIGRATE:
    a migration would load yesterday's files for ever, these steps load today's and do nothing when they did.
    """

    help = "Migrate, grant the app role (SHOUWANG_APP_ROLE) its rights, load the data that ships with the platform."

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, grant, load; says in one sentence where owner and app are the same role."""
        with new_models_drawn_alone():
            call_command("migrate", interactive=False, verbosity=options["verbosity"], stdout=self.stderr)
        self._grant(os.environ.get("SHOUWANG_APP_ROLE", ""))
        steps: tuple[AfterMigrate, ...] = parts("AFTER_MIGRATE")
        for step in steps:
            step()

    def _grant(self, app_role: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            owner = cursor.fetchone()[0]
        if app_role and app_role != owner:
            grant_app_role(app_role)
            return
        self.stderr.write(
            "The database has one role for everything, so only triggers protect the ledger; give "
            "DATABASE_OWNER_URL and DATABASE_URL different roles to take the right away as well."
        )
