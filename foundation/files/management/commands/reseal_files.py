"""`reseal_files [--rotate]`: seal stored files and files of jobs with the current key, as a job in this process."""

import argparse
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from foundation.accounts.commands import StageCommand
from foundation.accounts.models import User
from foundation.accounts.progress import Progress
from foundation.files.resealing_job import RESEAL, ask
from foundation.jobs.running import run_here
from foundation.vault import keys


class Command(StageCommand):
    """Seal files anew; killed, it goes on where it stood, by a worker or when it is called again."""

    help = "Seal stored files, and files that jobs keep, with the current key; with --rotate, with a new one."

    def add_stage_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare whether a new key comes first."""
        parser.add_argument(
            "--rotate",
            action="store_true",
            help=_("add a new key first, with which everything is sealed from now on"),
        )

    def act(self, *, by: User, progress: Progress, **options: Any) -> Mapping[str, Any]:
        """Run the job to its end and return its counts."""
        by.authority(RESEAL.rights[0], "")
        if options["rotate"]:
            keys.rotate()
        return run_here(ask(by=by), progress=progress).result

    def sentences(self, answer: Mapping[str, Any]) -> Iterable[str]:
        """Tell the counts."""
        yield from RESEAL.tell(answer)
        yield _("%(seconds)s seconds.") % answer
