"""`demo_county --households N --out DIR`: write the register files of the demonstration, without taking them in."""

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from foundation.accounts.commands import StageCommand, WrongUsage
from foundation.accounts.models import User
from foundation.accounts.progress import Progress
from foundation.accounts.refusals import Refused
from households.demo.county import HOUSEHOLDS
from households.demo.files import write_counties

MOST = 3_000_000


class Command(StageCommand):
    """Make the two demonstration counties as files: the same number of households gives the same bytes."""

    help = "Write the register files of the demonstration counties into a folder."

    def add_stage_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare how many households, and where to."""
        parser.add_argument(
            "--households",
            type=int,
            default=HOUSEHOLDS,
            metavar="N",
            help=_("households of county 999901 (default: %(default)d)") % {"default": HOUSEHOLDS},
        )
        parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=_("folder of the files"))

    def act(self, *, by: User, progress: Progress, **options: Any) -> Mapping[str, Any]:
        """Write the files and return what they hold."""
        if not 0 < options["households"] <= MOST:
            raise WrongUsage(_("--households is a number from 1 to %(most)d.") % {"most": MOST})
        try:
            files = write_counties(options["out"], households=options["households"], progress=progress)
        except OSError as closed:
            raise Refused(
                _("The files cannot be written to %(folder)s: %(why)s.")
                % {"folder": options["out"], "why": closed.strerror}
            ) from closed
        return {"folder": str(options["out"]), "counties": [each.told() for each in files]}

    def sentences(self, answer: Mapping[str, Any]) -> Iterable[str]:
        """Tell each county's files with what they hold."""
        for county in answer["counties"]:
            yield _("%(files)s: %(households)d households, %(persons)d people") % {
                **county,
                "files": ", ".join(county["files"]),
            }
