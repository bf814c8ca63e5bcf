"""Say which days of the log are kept (docs/operations.md)."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from foundation.desk import log_days


class Command(BaseCommand):
    """./run manage log_days."""

    help = "Say which days of the log are kept, and for how long."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print folder, oldest and newest day, files and size, and the days kept at least."""
        files = list(log_days.kept(settings.LOG_DAYS_FOLDER))
        self.stdout.write(f"Folder: {settings.LOG_DAYS_FOLDER}")
        self.stdout.write(f"A file is kept for {settings.LOG_DAYS_KEPT} days.")
        if files:
            size = sum(each.size for each in files)
            self.stdout.write(f"Oldest day: {files[0].day}; newest day: {files[-1].day}.")
            self.stdout.write(f"{len(files)} files, {size:,} bytes.")
        else:
            self.stdout.write("No day is kept yet.")
