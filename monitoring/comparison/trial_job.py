"""Trials as long work: one part, whole or not at all; only counts are kept."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.roles import Right
from foundation.jobs.models import Chunk, ChunkPlan, Job
from foundation.jobs.steps import Context
from monitoring.comparison import trials
from monitoring.models import Trial


class TryDraft:
    """A draft is held against the archive month by month. Run again, it begins anew and comes to the same."""

    code, label = trials.KIND, gettext_lazy("Trial of a draft")
    unit = gettext_lazy("months")
    rights = (Right.RUN_COMPARISON,)
    idempotent = True
    file_label = file_help = ""

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Return one part with the months that are looked at."""
        return [({}, trials.MONTHS)]

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Work it out and keep it, unless that was committed before a kill."""
        if "all" not in context.saved:
            trial = Trial.objects.select_related("area", "proposal__subject", "proposal__area").get(
                pk=job.params["trial"]
            )

            def tick(done: int, total: int) -> None:
                context.stop_if_cancelled()
                context.progress(done, total)

            result = trials.worked_out(trial, tick=tick)
            with context.checkpoint() as saved:
                trials.keep(trial, result, by=job.asked_by)
                saved["all"] = result["all"]
                context.advance(chunk.rows)
        found: Mapping[str, Any] = context.saved["all"]
        return found

    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Return how many households were named by whom."""
        return results[0]

    def file_name(self, job: Job) -> str:
        """Return nothing: this keeps no file."""
        return ""

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell the overlap."""
        yield (
            _(
                "Households named by the draft alone: %(draft)d; by both: %(both)d; by the present line alone: %(now)d."
            )
            % result
        )


TRY = TryDraft()
