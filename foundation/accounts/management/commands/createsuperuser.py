"""There is no superuser: say so, and how accounts are made."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _


class Command(BaseCommand):
    """Takes the place of Django's command of this name, whatever its options."""

    help = "Refused: rights come from postings alone."

    def run_from_argv(self, argv: list[str]) -> None:
        """Refuse before any option is read."""
        super().run_from_argv(argv[:2])

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse."""
        raise CommandError(
            _(
                "Shouwang has no superuser: nobody may do everything. “./run manage open_first_accounts” opens "
                "the first three administrators of an area; they open all other accounts on the staff page."
            )
        )
