"""Comparing promise and payment, and handing in what landed, as long work: a part for each county."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.aid import handing_in
from assistance.aid.keeping import refresh_area
from foundation.accounts.roles import Right
from foundation.jobs.models import Chunk, ChunkPlan, Job
from foundation.jobs.steps import Context


class MatchAid:
    """Find again where promise and payment disagree in an area. Run again, it changes nothing more."""

    code, label = "match_aid", gettext_lazy("Compare promised aid with what was paid")
    unit = gettext_lazy("areas")
    rights: tuple[Right, ...] = (Right.RECORD_AID,)
    idempotent = True
    file_label = ""
    file_help = ""

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Return one part."""
        return [({}, 1)]

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Do it, unless that was committed before a kill."""
        if "count" not in context.saved:
            with context.checkpoint() as saved:
                saved["count"] = self.run(job.area)
                context.advance(chunk.rows)
        return {"count": context.saved["count"]}

    def run(self, area: str) -> int:
        """Do the work of an area; returns how many differences stand."""
        return refresh_area(area)

    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Return how many there are."""
        return results[0]

    def file_name(self, job: Job) -> str:
        """Return nothing: this keeps no file."""
        return ""

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell how many differences stand."""
        yield _("Differences of promised and paid: %(count)s.") % result


class HandInAid(MatchAid):
    """Hand the aid that landed in a county in as data (measures_delivered). The same file again changes nothing."""

    code, label = "hand_in_aid", gettext_lazy("Hand in landed aid as data")
    rights = (Right.DELIVER_DATA,)

    def run(self, area: str) -> int:
        """Hand in every month that changed; returns how many files were handed in."""
        return handing_in.hand_in(area)

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell how many files there were."""
        yield _("Months of landed aid that were handed in: %(count)s.") % result


MATCH, HAND_IN = MatchAid(), HandInAid()
