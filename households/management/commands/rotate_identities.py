"""`rotate_identities`: give the numbers of people a new key, as a job in this process."""

import argparse
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from foundation.accounts.commands import StageCommand
from foundation.accounts.models import User
from foundation.accounts.progress import Progress
from foundation.jobs.running import run_here
from foundation.vault import keys
from households.identity import rotation
from households.identity.rotation_job import ask, emptying


class Command(StageCommand):
    """Seal and index every number anew; killed, it goes on where it stood, by a worker or when it is called again."""

    help = "Seal and index every ID number and telephone with the current key; with --rotate, with a new one."

    def add_stage_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare whether a new key comes first."""
        parser.add_argument(
            "--rotate",
            action="store_true",
            help=_("add a new key first, with which everything is sealed from now on"),
        )

    def act(self, *, by: User, progress: Progress, **options: Any) -> Mapping[str, Any]:
        """Run both jobs to their end and return the counts of the first."""
        by.authority(rotation.RIGHT, "")
        if options["rotate"] and not rotation.under_way():
            keys.rotate()
        if job := emptying(by=by):
            run_here(job, progress=progress)
        done = run_here(ask(by=by), progress=progress)
        if job := emptying(by=by):
            run_here(job, progress=progress)
        return {name: done.result[name] for name in ("rows", "unreadable")}

    def sentences(self, answer: Mapping[str, Any]) -> Iterable[str]:
        """Tell the counts."""
        yield _("%(rows)s numbers are sealed and found with the new key.") % {"rows": f"{answer['rows']:,}"}
        yield _("%(seconds)s seconds.") % answer
