"""`load_demo_feeds`: hand the departments' made files in, compare them, and print what came of it."""

import argparse
import sys
import time
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.accounts.commands import StageCommand
from foundation.accounts.models import User
from foundation.accounts.progress import Progress
from monitoring.demo import table
from monitoring.demo.loading import load_demo_feeds

SECONDS_BETWEEN_LINES = 5


class Command(StageCommand):
    """Bring the demonstration's departments to its last day; where they are there already, nothing happens."""

    help = "Hand in and compare the made files of the demonstration's departments, and print a table of them."

    def add_stage_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the one option."""
        parser.add_argument(
            "--if-demo",
            action="store_true",
            help="do nothing where there is no demonstration of this version",
        )

    def act(self, *, by: User, progress: Progress, **options: Any) -> Mapping[str, Any]:
        """Play what is missing, and count what there is."""
        seen = progress if sys.stderr.isatty() else self._lines()
        done = load_demo_feeds(by=by, if_demo=options["if_demo"], progress=seen)
        return done | (table.counted() if done["acts"] else {})

    def sentences(self, answer: Mapping[str, Any]) -> Iterable[str]:
        """Print the table, in Chinese as the pages are, when something was played."""
        if not answer["played"]:
            return []
        with override("zh-hans"):
            return list(table.lines(answer))

    def _lines(self) -> Progress:
        """Return a progress in plain lines, every few seconds, where standard error is no terminal."""
        told_at = time.monotonic()

        def tell(done: int, total: int) -> None:
            nonlocal told_at
            now = time.monotonic()
            if now - told_at >= SECONDS_BETWEEN_LINES:
                told_at = now
                self.stderr.write(_("Departments' data: %(share)d %%") % {"share": 100 * done // total})

        return tell
