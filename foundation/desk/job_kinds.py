"""The kinds of long work of the desk: imports of areas and of staff.

Each file is one part and one transaction, as its stage function promises: all of its good rows or none. A kill in
the middle takes it back whole, and the next worker begins it again.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from foundation.accounts.area_import import Reject, import_areas, reject_cells, reject_header
from foundation.accounts.roles import Right
from foundation.accounts.staff_file import read_lines
from foundation.accounts.staff_import import import_staff
from foundation.accounts.staff_sheets import rejected
from foundation.desk.imports import area_sentences, staff_sentences
from foundation.jobs import spool
from foundation.jobs.models import Chunk, ChunkPlan, Job
from foundation.jobs.steps import Context
from foundation.vault.streams import PIECE


class FileImport:
    """What both imports share: one part whose rows are those of the kept file."""

    unit = _("rows")
    idempotent = True
    file_label = _("Rejected rows")
    file_help = _(
        "Each row says why. Correct them and hand them in again; they are kept for 7 days and for you alone."
    )
    rejects_name: str

    def file_name(self, job: Job) -> str:
        """Return the name of the file of rejected rows."""
        return self.rejects_name

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Return one part with the rows of the file."""
        with spool.opened(job.spooled) as file:
            return [({}, max(self.rows(file), 1))]

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Import the file, unless that was committed before a kill."""
        if "counts" not in context.saved:
            with context.checkpoint() as saved, spool.opened(job.spooled) as file:
                saved["counts"], rejects = self.take(file, job, context)
                if rejects:
                    context.keep_file([rejects])
                context.advance(chunk.rows)
        counts: Mapping[str, Any] = context.saved["counts"]
        return counts

    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Return the counts of the file."""
        return results[0]

    def rows(self, file: BinaryIO) -> int:
        """Return how many rows the file holds, about."""
        raise NotImplementedError

    def take(self, file: BinaryIO, job: Job, context: Context) -> tuple[dict[str, Any], bytes]:
        """Import the file in the caller's transaction; returns counts, and the file of rejected rows or nothing."""
        raise NotImplementedError


class AreaFile(FileImport):
    """Import of areas."""

    code, label = "import_areas", _("Import of areas")
    rights = (Right.MANAGE_AREAS,)
    rejects_name = "areas-rejected.csv"

    def rows(self, file: BinaryIO) -> int:
        """Count line ends; the head is no row."""
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(PIECE), b"")) - 1

    def take(self, file: BinaryIO, job: Job, context: Context) -> tuple[dict[str, Any], bytes]:
        """Take the areas into the tree."""
        rejects: list[Reject] = []
        done = import_areas(file, by=job.asked_by, progress=context.progress, rejected=rejects.append)
        if not rejects:
            return done.counts(), b""
        out = io.StringIO()
        csv.writer(out).writerows([reject_header(), *map(reject_cells, rejects)])
        return done.counts(), out.getvalue().encode("utf-8-sig")

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell the counts."""
        return area_sentences(result)


class StaffFile(FileImport):
    """Import of staff; nobody gets a password by it (the command on the server can write them into a file)."""

    code, label = "import_staff", _("Import of staff")
    rights = (Right.MANAGE_ACCOUNTS, Right.GRANT_POSTINGS)
    rejects_name = "staff-rejected.xlsx"

    def rows(self, file: BinaryIO) -> int:
        """Count the rows of all sheets."""
        return len(read_lines(file))

    def take(self, file: BinaryIO, job: Job, context: Context) -> tuple[dict[str, Any], bytes]:
        """Open accounts and grant postings."""
        done = import_staff(file, by=job.asked_by, progress=context.progress)
        return done.counts(), rejected(done.rejects) if done.rejects else b""

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell the counts."""
        return staff_sentences(result)


AREAS, STAFF = AreaFile(), StaffFile()
