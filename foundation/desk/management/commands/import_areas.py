"""`import_areas FILE`: read areas from a CSV file (datasets.md section 6), as a job in this process."""

import argparse
import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from foundation.accounts.commands import StageCommand, opened, writable
from foundation.accounts.models import User
from foundation.accounts.progress import Progress
from foundation.accounts.roles import Level
from foundation.desk.imports import area_counts, area_sentences, hand_in
from foundation.jobs import spool
from foundation.jobs.models import Job
from foundation.jobs.running import run_here

SHOWN = 20
LINE, SENTENCE = 0, 3  # columns of a file of rejects (area_import.reject_cells)


class Command(StageCommand):
    """Import areas as somebody; the first rejects are named on standard error, all of them in `--rejects`."""

    help = "Read areas from a CSV file with the columns 行政区划代码 and 名称."

    def add_stage_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the file, and where rejects go."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--rejects", metavar="CSV", type=Path, help=_("write every rejected row to this file")
        )

    def act(self, *, by: User, progress: Progress, **options: Any) -> Mapping[str, Any]:
        """Run the job to its end and return the counts of datasets.md section 6."""
        with opened(options["file"]) as file:
            job = hand_in(file, "import_areas", by=by, ring=False)
        job = run_here(job, progress=progress)
        self._tell_rejects(job, options["rejects"])
        return area_counts(job.result)

    def sentences(self, answer: Mapping[str, Any]) -> Iterable[str]:
        """Tell the counts, level by level."""
        yield from area_sentences(answer)
        for name, count in answer["by_level"].items():
            yield f"{Level[name.upper()].label}: {count}"
        yield _("%(seconds)s seconds.") % answer

    def _tell_rejects(self, job: Job, path: Path | None) -> None:
        """Name the first rejects on standard error, and write all of them where that was asked for."""
        text = spool.read(job.rejects).decode("utf-8-sig") if job.rejects else ""
        rows = list(csv.reader(io.StringIO(text)))
        if path is not None:
            with writable(path) as kept:
                kept.write(text)
        for row in rows[1 : SHOWN + 1]:
            self.stderr.write(
                _("Line %(line)d: %(sentence)s") % {"line": int(row[LINE]), "sentence": row[SENTENCE]}
            )
