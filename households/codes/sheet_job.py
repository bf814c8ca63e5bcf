"""The sheet of a large village as long work: a hundred codes take about two seconds to draw.

Killed, it is begun again; the file and its entry in the record commit together at the end.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import Area, User
from foundation.accounts.roles import Right
from foundation.jobs import asking
from foundation.jobs.models import Chunk, ChunkPlan, Job
from foundation.jobs.steps import Context
from households.codes import sheets

#: Up to so many codes the sheet is printed while the person waits.
AT_ONCE = 200


class VillageSheet:
    """One village sheet as one file."""

    code = "village_sheet"
    label = gettext_lazy("Village sheet of codes")
    unit = gettext_lazy("codes")
    rights = (Right.KEEP_CODES,)
    idempotent = True
    file_label = gettext_lazy("The village sheet")
    file_help = gettext_lazy("It is kept for 7 days, and for you alone.")

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Return one part with the codes that were counted."""
        return [({}, max(int(job.params["codes"]), 1))]

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Print the sheet, unless that was committed before a kill."""
        if "codes" not in context.saved:
            village = Area.objects.get(pk=job.params["area"])

            def told(done: int, total: int) -> None:
                context.progress(done, total)
                context.stop_if_cancelled()

            made = sheets.printed(village, by=job.asked_by, progress=told)
            with context.checkpoint() as saved:
                context.keep_file([made.pdf])
                sheets.record_printed(village, made, by=job.asked_by)
                saved["codes"] = made.codes
                context.advance(chunk.rows)
        return {"codes": context.saved["codes"]}

    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Return the number of codes."""
        return results[0]

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Say how many codes the sheet has."""
        yield _("%(codes)s codes are on the sheet.") % {"codes": f"{result['codes']:,}"}

    def file_name(self, job: Job) -> str:
        """Return what the file is called on the asker's disk."""
        return f"codes-{job.params['area']}.pdf"


SHEET = VillageSheet()


def ask(village: Area, codes: int, *, by: User) -> Job:
    """Ask for the sheet of a large village; asked for again by the same person, it is the job that is open."""
    return asking.enqueue(
        SHEET.code,
        {"area": village.code, "codes": codes},
        by=by,
        area=village.code,
        dedupe=f"{by.pk}:{village.code}",
    )
