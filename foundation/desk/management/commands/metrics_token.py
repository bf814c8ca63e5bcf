"""Print the token with which a watcher reads /metrics/; made at the first call (docs/operations.md)."""

from typing import Any

from django.core.management.base import BaseCommand

from foundation.desk.metrics import make_token


class Command(BaseCommand):
    """./run manage metrics_token."""

    help = "Print the token with which a watcher reads /metrics/; made at the first call."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it; it changes when the file metrics_token among the keys is removed."""
        self.stdout.write(make_token())
