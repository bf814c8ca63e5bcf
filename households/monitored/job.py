"""The import of a list of monitored objects as long work: one part, one transaction, the rejects kept for the asker."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.roles import Right
from foundation.desk.job_kinds import FileImport
from foundation.jobs import spool
from foundation.jobs.models import Chunk, Job
from foundation.jobs.steps import Context
from foundation.tables.columns import LOST_DIGITS
from foundation.vault.streams import PIECE
from households.monitored.contract import COLUMNS
from households.monitored.importing import Wanted, import_monitored
from households.monitored.reading import RejectedRow
from households.monitored.reasons import Reason
from households.workbooks import MOST_ROWS, Sheet, workbook

_FORMULA_STARTS = tuple("=+-@\t\r")
#: Bytes that a row of such a file takes, about: only the progress bar needs to know.
_BYTES_OF_A_ROW = 150


class MonitoredFile(FileImport):
    """Import of a list of monitored objects."""

    code, label = "import_monitored", gettext_lazy("Import of monitored objects")
    rights = (Right.IMPORT_REGISTER,)

    def file_name(self, job: Job) -> str:
        """Return the name of the file of rejected rows."""
        return f"monitored-rejected.{form_of(job)}"

    def rows(self, file: BinaryIO) -> int:
        """Estimate the rows by the size of the file."""
        return sum(len(piece) for piece in iter(lambda: file.read(PIECE), b"")) // _BYTES_OF_A_ROW

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Import the file, unless that was committed before a kill."""
        if "counts" not in context.saved:
            wanted = Wanted(strict=bool(job.params.get("strict")))

            def keep(rows: Iterable[RejectedRow]) -> None:
                pieces = reject_file(rows, form="csv" if job.params.get("csv") else "xlsx")
                if first := next(pieces, b""):
                    context.keep_file([first, *pieces])

            with context.checkpoint() as saved, spool.opened(job.spooled) as file:
                saved["counts"] = import_monitored(
                    file, by=job.asked_by, wanted=wanted, progress=context.progress, rejected=keep
                )
                context.advance(chunk.rows)
        counts: Mapping[str, Any] = context.saved["counts"]
        return counts

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell the counts, and each reason with its rows."""
        return sentences(result)


FILE = MonitoredFile()


def sentences(result: Mapping[str, Any]) -> Iterator[str]:
    """Tell what came of an import."""
    yield _("%(rows_read)d rows read, %(rows_accepted)d accepted, %(rows_rejected)d rejected.") % result
    yield _("%(cases_created)d monitored households taken in, %(cases_unchanged)d unchanged.") % result
    if result["households_changed"]:
        yield _("%(households_changed)d households have a changed case.") % result
    if result["households_created"] or result["residents_created"]:
        yield (
            _("%(households_created)d households and %(residents_created)d people are new in the register.")
            % result
        )
    if result["duplicates"]:
        yield _("%(duplicates)d rows repeat an earlier one word for word.") % result
    for code, rows in result["rejects"].items():
        yield _("%(rows)d rows: %(why)s") % {"rows": rows, "why": Reason(code).label}


def reject_file(rows: Iterable[RejectedRow], *, form: str = "xlsx") -> Iterator[bytes]:
    """Yield a file of rejected rows, in the layout of the contract: corrected, it can be handed in again.

    The added columns are ones that the contract does not name. A workbook, or CSV where that is asked for or where
    they are too many for one in memory (`form_of`). Nothing at all where no row was rejected.
    """
    source = iter(rows)
    first = list(islice(source, MOST_ROWS + 1))
    if first and form == "xlsx" and len(first) <= MOST_ROWS:
        yield workbook(Sheet(_("Rejected rows"), _heads(), map(_cells, first), wide_end=True))
    elif first:
        yield from _csv(chain(first, source))


def form_of(job: Job) -> str:
    """Return the form of a job's rejected rows: the end of the file's name."""
    asked_csv = job.params.get("csv") or job.result.get("rows_rejected", 0) > MOST_ROWS
    return "csv" if asked_csv else "xlsx"


def _csv(rows: Iterable[RejectedRow]) -> Iterator[bytes]:
    sink = io.StringIO()
    writer = csv.writer(sink)
    sink.write("\ufeff")
    writer.writerow(_heads())
    for row in rows:
        writer.writerow(map(_harmless, _cells(row)))
        if sink.tell() > PIECE:
            yield _taken(sink)
    yield _taken(sink)


def _heads() -> list[str]:
    why = [_("Sheet"), _("Line"), _("Column"), _("Reason"), _("What is wrong")]
    return [*(column.header for column in COLUMNS), *why]


def _cells(row: RejectedRow) -> list[str]:
    return [
        *((cell or "").replace(LOST_DIGITS, "") for cell in row.cells),
        row.sheet,
        str(row.line),
        *_told(row),
    ]


def _told(row: RejectedRow) -> list[str]:
    headers = {column.field: column.header for column in COLUMNS}
    named = [headers.get(field, "") for field, _reason in row.faults]
    reasons = dict.fromkeys(reason for _field, reason in row.faults)
    return [
        "、".join(dict.fromkeys(name for name in named if name)),
        " ".join(reasons),
        " ".join(str(Reason(reason).label) for reason in reasons),
    ]


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _taken(sink: io.StringIO) -> bytes:
    """Empty a sink and return what was in it."""
    piece = sink.getvalue().encode()
    sink.seek(0)
    sink.truncate()
    return piece
