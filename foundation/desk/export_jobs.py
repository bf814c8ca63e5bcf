"""Large exports as long work: written in one go, kept sealed for the asker for some days, then gone.

A workbook cannot be gone on with in the middle: after a kill it is begun again, and nothing is doubled, because file
and ledger entry commit together at its end.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk import exports
from foundation.desk.exports import List, Wanted
from foundation.jobs import asking, spool
from foundation.jobs.models import Chunk, ChunkPlan, Job
from foundation.jobs.steps import Context


class ExportList:
    """One list as one file; what is wanted lies sealed in the spool, because typed filters may name people."""

    code = "export_list"
    label = gettext_lazy("Export of a list")
    unit = gettext_lazy("rows")
    rights = tuple(Right)
    idempotent = True
    file_label = gettext_lazy("The list")
    file_help = gettext_lazy("It is kept for 7 days, and for you alone.")

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Return one part with the rows that were counted."""
        return [({}, max(int(job.params["rows"]), 1))]

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Write the file, unless that was committed before a kill."""
        if "rows" not in context.saved:
            wanted = Wanted.load(spool.read(job.spooled))
            chosen = _chosen(wanted, job.asked_by)

            def told(done: int, total: int) -> None:
                context.progress(done, total)
                context.stop_if_cancelled()

            draft, count = exports.write(wanted, chosen, by=job.asked_by, progress=told)
            try:
                with context.checkpoint() as saved:
                    context.keep_file(draft.pieces())
                    exports.record_export(wanted, chosen, draft, count, by=job.asked_by)
                    saved["rows"] = count
                    context.advance(chunk.rows)
            finally:
                draft.discard()
        return {"rows": context.saved["rows"]}

    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Return the number of rows."""
        return results[0]

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Say how many rows the file holds."""
        yield _("%(rows)s rows are in the file.") % {"rows": f"{result['rows']:,}"}

    def file_name(self, job: Job) -> str:
        """Return what the file is called on the asker's disk."""
        return f"{job.params['table']} {job.created_at:%Y-%m-%d}.{job.params['form']}"


EXPORT = ExportList()


def _chosen(wanted: Wanted, reader: User) -> List:
    """Ask the page again, as the work begins later than it was asked for: its door may have closed meanwhile."""
    try:
        return exports.select(wanted, by=reader)
    except (PermissionDenied, Http404):
        raise Refused(_("Your rights have changed meanwhile: ask for the list again.")) from None


def ask(wanted: Wanted, chosen: List, *, by: User) -> Job:
    """Ask for a large list as a job of its reader; the same list asked for again is the job that is open."""
    told = wanted.dump()
    digest = hashlib.sha256(told).hexdigest()[:32]
    kept = spool.keep([told])
    job = asking.enqueue(
        EXPORT.code,
        {"table": chosen.selection.table.name, "form": wanted.form, "rows": chosen.count},
        by=by,
        area=exports.area_of(wanted, chosen, by),
        dedupe=f"{by.pk}:{digest}",
        spooled=kept.name,
    )
    if job.spooled != kept.name:
        spool.forget(kept.name)
    return job
