"""`./run manage import_register FILE [--as-of DAY] [--json] [--as USER]` (datasets.md section 6)."""

import argparse
import datetime
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from foundation.accounts.commands import StageCommand, WrongUsage, opened
from foundation.accounts.models import User
from foundation.accounts.progress import Progress
from foundation.accounts.refusals import Refused
from foundation.jobs import spool
from foundation.jobs.models import Job
from foundation.jobs.running import run_here
from households.register.handing_in import hand_in
from households.register.sentences import counts_of, sentences


class Command(StageCommand):
    """Import a register file as somebody, in this process."""

    help = "Read a register file (农户花名册): CSV, XLSX or XLS, zipped or not."

    def add_stage_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the file, the day it speaks of, and where rejects go."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--as-of",
            metavar="DAY",
            help=_("the day of what the file states, YYYY-MM-DD (default: the business day)"),
        )
        parser.add_argument(
            "--rejects", metavar="FILE", type=Path, help=_("write rejected rows and kept values to this file")
        )

    def act(self, *, by: User, progress: Progress, **options: Any) -> Mapping[str, Any]:
        """Run the job to its end and return the counts."""
        with opened(options["file"]) as file:
            job = hand_in(file, by=by, as_of=_day(options["as_of"]), ring=False)
        job = run_here(job, progress=progress)
        if options["rejects"] is not None:
            _write_rejects(job, options["rejects"])
        elif job.result["rows_rejected"] and not options["json"]:
            self.stderr.write(_("Name a file with --rejects to have the rejected rows written out."))
        return counts_of(job.result)

    def sentences(self, answer: Mapping[str, Any]) -> Iterable[str]:
        """Tell the counts."""
        yield from sentences(answer)
        yield _("%(seconds)s seconds.") % answer


def _day(written: str | None) -> datetime.date | None:
    if written is None:
        return None
    try:
        return datetime.date.fromisoformat(written)
    except ValueError as wrong:
        raise WrongUsage(_("Write the day as YYYY-MM-DD.")) from wrong


def _write_rejects(job: Job, path: Path) -> None:
    if not job.rejects:
        return
    try:
        with path.open("wb") as kept, spool.opened(job.rejects) as sealed:
            shutil.copyfileobj(sealed, kept)
    except OSError as closed:
        raise Refused(
            _("The file %(path)s cannot be written: %(why)s.") % {"path": path, "why": closed.strerror}
        ) from closed
