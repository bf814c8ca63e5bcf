"""Look whether every batch of departmental data is in the archive and holds what its digest says."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from monitoring import retention


class Command(BaseCommand):
    """./run manage verify_archive [--json]; exits with 1 where a batch is missing or altered."""

    help = "Checks that every batch of the archive is there and unaltered; reads every file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the form of the answer."""
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, tell, and raise the alarm where something is wrong."""
        found = retention.verify(thoroughly=True)
        retention.raise_alarm(found)
        told: dict[str, Any] = {
            "batches": found.batches,
            "missing": [batch.digest for batch in found.missing],
            "altered": [batch.digest for batch in found.altered],
        }
        if options["json"]:
            self.stdout.write(json.dumps(told))
        else:
            self.stdout.write("\n".join(f"{name}: {value}" for name, value in told.items()))
        if not found.sound:
            sys.exit(1)
