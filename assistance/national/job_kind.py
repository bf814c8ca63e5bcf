"""Comparing an export of the national system as long work: one part, one transaction, rejects for the asker."""

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.national.comparing import compare
from foundation.accounts.roles import Right
from foundation.desk.job_kinds import FileImport
from foundation.jobs import spool
from foundation.jobs.models import Chunk, Job
from foundation.jobs.steps import Context
from foundation.vault.streams import PIECE
from households.monitored.job import reject_file
from households.monitored.reading import RejectedRow

#: Bytes that a row of such a file takes, about: only the progress bar needs to know.
_BYTES_OF_A_ROW = 150


class NationalExport(FileImport):
    """Comparison with an export of the national system."""

    code, label = "compare_national", gettext_lazy("Comparison with the national system")
    rights = (Right.PREPARE_CASES,)
    rejects_name = "national-rejected.xlsx"

    def rows(self, file: BinaryIO) -> int:
        """Estimate the rows by the size of the file."""
        return sum(len(piece) for piece in iter(lambda: file.read(PIECE), b"")) // _BYTES_OF_A_ROW

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Compare the file, unless that was committed before a kill."""
        if "export" not in context.saved:

            def keep(rows: Iterable[RejectedRow]) -> None:
                if content := b"".join(reject_file(rows)):
                    context.keep_file([content])

            with context.checkpoint() as saved, spool.opened(job.spooled) as file:
                made = compare(file, job.area, by=job.asked_by, progress=context.progress, rejected=keep)
                saved |= {
                    "export": made.pk,
                    "rows": made.rows,
                    "rejected": made.rejected,
                    "same": made.same,
                    "differences": made.differences.count(),
                }
                context.advance(chunk.rows)
        return {name: context.saved[name] for name in ("export", "rows", "rejected", "same", "differences")}

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell what was found."""
        yield _("%(rows)d rows read, %(rejected)d of them could not be compared.") % result
        yield (
            _("%(same)d households are the same on both sides; %(differences)d differences wait for you.")
            % result
        )


EXPORT = NationalExport()
