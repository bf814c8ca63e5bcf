"""Comparing a list of civil affairs as long work: one part, one transaction; the same file is compared once."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.roster.comparing import compare
from assistance.roster.rights import authority
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.job_kinds import FileImport
from foundation.jobs import asking, spool
from foundation.jobs.models import Chunk, Job
from foundation.jobs.steps import Context
from foundation.vault.streams import PIECE

JOB = "compare_roster"
_BYTES_OF_A_ROW = 60


class RosterList(FileImport):
    """Comparison with a list of civil affairs."""

    code, label = JOB, gettext_lazy("Comparison with the list of civil affairs")
    rights = (Right.REVIEW_CASES, Right.ANSWER_MEASURES)
    rejects_name = "roster-rejected.xlsx"

    def rows(self, file: BinaryIO) -> int:
        """Estimate the rows by the size of the file."""
        return sum(len(piece) for piece in iter(lambda: file.read(PIECE), b"")) // _BYTES_OF_A_ROW

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Compare the file, unless that was committed before a kill."""
        if "comparison" not in context.saved:
            as_of = datetime.date.fromordinal(job.params["as_of"])
            with context.checkpoint() as saved, spool.opened(job.spooled) as file:
                made = compare(file, job.area, as_of, by=job.asked_by, progress=context.progress)
                saved |= {
                    "comparison": made.pk, "rows": made.rows, "rejected": made.rejected, "same": made.same,
                    "differences": made.differences.count(),
                }  # fmt: skip
                context.advance(chunk.rows)
        return {
            name: context.saved[name] for name in ("comparison", "rows", "rejected", "same", "differences")
        }

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell what was found."""
        yield _("%(rows)d rows read, %(rejected)d of them could not be compared.") % result
        yield (
            _("%(same)d people are the same on both sides; %(differences)d differences are to be settled.")
            % result
        )


LIST = RosterList()


def hand_in(file: BinaryIO, area: str, as_of: datetime.date, *, by: User, ring: bool = True) -> Job:
    """Keep a list and ask for its comparison with an area as of a day."""
    authority(by, area)
    kept = spool.keep_file(file)
    try:
        job = asking.enqueue(
            JOB, {"sha256": kept.sha256, "size": kept.size, "as_of": as_of.toordinal()}, by=by, area=area,
            dedupe=f"{JOB}:{area}:{kept.sha256}", spooled=kept.name, ring=ring,
        )  # fmt: skip
    except BaseException:
        spool.forget(kept.name)
        raise
    if job.spooled != kept.name:
        spool.forget(kept.name)
    return job
