"""Finding who may be meant by rows that found nobody, as long work: one part for each delivery."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.roles import Right
from foundation.jobs.models import Chunk, ChunkPlan, Job
from foundation.jobs.steps import Context
from monitoring.candidates.finding import find
from monitoring.models import Delivery


class SeekCandidates:
    """Look for candidates of deliveries anew. Run again, it finds what it found."""

    code, label = "seek_candidates", gettext_lazy("Search for who rows may mean")
    unit = gettext_lazy("deliveries")
    rights = (Right.DELIVER_DATA,)
    idempotent = True
    file_label = ""
    file_help = ""

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Return one part for each delivery."""
        return [({"delivery": pk}, 1) for pk in job.params["deliveries"]]

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Look through one delivery, unless that was committed before a kill."""
        if "counts" not in context.saved:
            with context.checkpoint() as saved:
                rows = Delivery.objects.select_related("dataset")
                saved["counts"] = find(rows.get(pk=chunk.params["delivery"]), by=job.asked_by)
                context.advance(chunk.rows)
        counts: Mapping[str, Any] = context.saved["counts"]
        return counts

    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Return the counts of all deliveries together."""
        return {name: sum(counts[name] for counts in results) for name in ("rows", "new", "dropped")}

    def file_name(self, job: Job) -> str:
        """Return nothing: this keeps no file."""
        return ""

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell what came of it."""
        yield _(
            "Rows looked at: %(rows)s; people who may be meant: %(new)s; no longer asked: %(dropped)s."
        ) % {name: f"{count:,}" for name, count in result.items()}


SEEK = SeekCandidates()
