"""`load_demo_register`: take the made households into the demonstration, or go on where that was interrupted."""

import argparse
import sys
import time
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from foundation.accounts.commands import StageCommand, WrongUsage
from foundation.accounts.models import User
from foundation.accounts.progress import Progress
from households.demo.county import HOUSEHOLDS
from households.demo.loading import load_demo_register

SECONDS_BETWEEN_LINES = 5


class Command(StageCommand):
    """Take the register files of the demonstration counties in; where they are in already, nothing happens."""

    help = "Take invented households into the demonstration, through the importers of every county."

    def add_stage_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare how many households."""
        parser.add_argument(
            "--households",
            type=int,
            default=HOUSEHOLDS,
            metavar="N",
            help=_("households of county 999901 (default: %(default)d)") % {"default": HOUSEHOLDS},
        )

        parser.add_argument(
            "--if-demo",
            action="store_true",
            help="do nothing where there is no demonstration of this version",
        )

    def act(self, *, by: User, progress: Progress, **options: Any) -> Mapping[str, Any]:
        """Load what is missing."""
        if options["households"] < 1:
            raise WrongUsage(_("--households is a number from 1 on."))
        seen = progress if sys.stderr.isatty() else self._lines()
        return load_demo_register(
            by=by, households=options["households"], if_demo=options["if_demo"], progress=seen
        )

    def sentences(self, answer: Mapping[str, Any]) -> Iterable[str]:
        """Tell whether there was anything to do."""
        if answer["played"]:
            yield _("The register of the demonstration is loaded.")

    def _lines(self) -> Progress:
        """Return a progress in plain lines, every few seconds, where standard error is no terminal."""
        told_at = time.monotonic()

        def tell(done: int, total: int) -> None:
            nonlocal told_at
            now = time.monotonic()
            if now - told_at >= SECONDS_BETWEEN_LINES:
                told_at = now
                self.stderr.write(_("Register: %(share)d %%") % {"share": 100 * done // total})

        return tell
