"""`import_monitored FILE`: take a list of monitored objects into the register (datasets.md section 6)."""

import argparse
import codecs
import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from foundation.accounts.commands import StageCommand, opened
from foundation.accounts.models import User
from foundation.accounts.progress import Progress
from foundation.accounts.refusals import Refused
from foundation.desk.imports import hand_in
from foundation.jobs import spool
from foundation.jobs.running import run_here
from households.monitored.contract import COLUMNS
from households.monitored.job import FILE, sentences

SHOWN = 20
#: Columns of a file of rejects after those of the contract: sheet, line, column, reason, what is wrong.
LINE, COLUMN, SENTENCE = len(COLUMNS) + 1, len(COLUMNS) + 2, len(COLUMNS) + 4


class Command(StageCommand):
    """Import monitored objects as somebody; the first rejects are named on standard error, all in `--rejects`."""

    help = "Take a list of monitored objects (监测对象台账) into the register."

    def add_stage_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the file, and how it is taken."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--strict", action="store_true", help=_("reject households and people the register does not have")
        )
        parser.add_argument(
            "--rejects",
            metavar="FILE",
            type=Path,
            help=_("write every rejected row to this file (.xlsx: as a workbook, otherwise CSV)"),
        )

    def act(self, *, by: User, progress: Progress, **options: Any) -> Mapping[str, Any]:
        """Run the job to its end and return the counts of datasets.md section 6."""
        path: Path | None = options["rejects"]
        as_text = path is None or path.suffix.lower() != ".xlsx"
        with opened(options["file"]) as file:
            job = hand_in(file, FILE.code, by=by, ring=False, strict=options["strict"], csv=as_text)
        job = run_here(job, progress=progress)
        content = spool.read(job.rejects) if job.rejects else b""
        if path is not None and (content or as_text):
            _keep(content, path)
        if as_text or content.startswith(codecs.BOM_UTF8):
            self._tell_rejects(content)
        return in_order(job.result)

    def sentences(self, answer: Mapping[str, Any]) -> Iterable[str]:
        """Tell the counts."""
        yield from sentences(answer)
        yield _("%(seconds)s seconds.") % answer

    def _tell_rejects(self, content: bytes) -> None:
        """Name the first rejects on standard error, without what they said."""
        text = content.decode("utf-8-sig")
        rows = csv.reader(io.StringIO(text))
        next(rows, None)
        for _number, row in zip(range(SHOWN), rows, strict=False):
            self.stderr.write(
                _("Line %(line)s, %(column)s: %(sentence)s")
                % {"line": row[LINE], "column": row[COLUMN], "sentence": row[SENTENCE]}
            )


def _keep(content: bytes, path: Path) -> None:
    """Write the file of rejected rows where it was asked for."""
    try:
        path.write_bytes(content)
    except OSError as problem:
        raise Refused(
            _("The file %(path)s cannot be written: %(why)s.") % {"path": path, "why": problem.strerror}
        ) from problem


def in_order(result: Mapping[str, Any]) -> dict[str, Any]:
    """Return the counts in the order of datasets.md section 6 (the database keeps none)."""
    names = ("rows_read", "rows_accepted", "rows_rejected", "rejects")
    things = [
        f"{noun}_{state}"
        for noun in ("households", "residents")
        for state in ("created", "changed", "unchanged")
    ]
    return {
        name: result[name] for name in (*names, *things, "cases_created", "cases_unchanged", "duplicates")
    }
