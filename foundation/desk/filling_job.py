"""Filling in a blank table as long work; file and entry in the record commit together at its end."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk import exports, filling
from foundation.files.drafts import Draft
from foundation.jobs.models import Chunk, ChunkPlan, Job
from foundation.jobs.steps import Context


class FillSheet:
    """One blank, filled in from one list."""

    code = filling.KIND
    label = gettext_lazy("Filling in a blank table")
    unit = gettext_lazy("rows")
    rights = tuple(Right)
    idempotent = True
    file_label = gettext_lazy("The table, filled in")
    file_help = gettext_lazy("It is kept for 7 days, and for you alone.")

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Return one part with the rows that were counted."""
        return [({}, max(int(job.params["rows"]), 1))]

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Fill the blank in, unless that was committed before a kill."""
        if "rows" not in context.saved:
            handed = _opened(job)
            meant = {int(number): str(key) for number, key in job.params["columns"].items()}
            content, count = filling.fill(handed, meant, by=job.asked_by)
            draft = Draft()
            try:
                draft.write(content)
                draft.close()
                with context.checkpoint() as saved:
                    context.keep_file(draft.pieces())
                    exports.record_export(handed.wanted, handed.chosen, draft, count, by=job.asked_by)
                    saved["rows"] = count
                    context.advance(chunk.rows)
            finally:
                draft.discard()
        return {"rows": context.saved["rows"]}

    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Return the number of rows."""
        return results[0]

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Say how many rows were filled in."""
        yield _("%(rows)s rows are filled in.") % {"rows": f"{result['rows']:,}"}

    def file_name(self, job: Job) -> str:
        """Return what the file is called on the asker's disk."""
        return f"{job.params['table']} {job.created_at:%Y-%m-%d}.xlsx"


FILL = FillSheet()


def _opened(job: Job) -> filling.Handed:
    """Open what was handed in; the door of its list may have closed meanwhile."""
    try:
        return filling.opened(job.spooled, by=job.asked_by)
    except (PermissionDenied, Http404):
        raise Refused(_("Your rights have changed meanwhile: ask for the list again.")) from None
