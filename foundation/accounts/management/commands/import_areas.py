"""`import_areas FILE`: read areas from a CSV file (datasets.md section 6)."""

import argparse
import csv
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any, TextIO

from django.utils.translation import gettext as _

from foundation.accounts.area_import import Reject, import_areas, reject_cells, reject_header
from foundation.accounts.commands import StageCommand, opened, writable
from foundation.accounts.models import User
from foundation.accounts.progress import Progress
from foundation.accounts.roles import Level

SHOWN = 20


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
        """Import the file and return the counts of datasets.md section 6."""
        self.first_rejects: list[Reject] = []
        keeping = writable(options["rejects"]) if options["rejects"] else nullcontext()
        with opened(options["file"]) as file, keeping as kept:
            done = import_areas(file, by=by, progress=progress, rejected=self._keeper(kept))
        return done.counts()

    def sentences(self, answer: Mapping[str, Any]) -> Iterable[str]:
        """Tell the counts, level by level."""
        yield _("%(rows_read)d rows read in %(seconds)s seconds.") % answer
        yield (
            _("%(created)d new, %(changed)d renamed, %(unchanged)d unchanged, %(rejected)d rejected.")
            % answer
        )
        for name, count in answer["by_level"].items():
            yield f"{Level[name.upper()].label}: {count}"
        if answer["orphans"]:
            yield (
                _("%(orphans)d areas wait for the area above them, which is neither here nor in the file.")
                % answer
            )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, then name the first rejects where they do not mix with the answer."""
        super().handle(*args, **options)
        for reject in self.first_rejects:
            self.stderr.write(
                _("Line %(line)d: %(sentence)s") % {"line": reject.line, "sentence": reject.sentence}
            )

    def _keeper(self, kept: TextIO | None) -> Any:
        writer = csv.writer(kept) if kept else None
        if writer:
            writer.writerow(reject_header())

        def keep(reject: Reject) -> None:
            if writer:
                writer.writerow(reject_cells(reject))
            if len(self.first_rejects) < SHOWN:
                self.first_rejects.append(reject)

        return keep
