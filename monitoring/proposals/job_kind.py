"""Comparing what departments say with the register, as long work: one part for each dataset."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.jobs.models import Chunk, ChunkPlan, Job
from foundation.jobs.steps import Context
from monitoring.intake import archive
from monitoring.models import Dataset
from monitoring.proposals import automatic, proposing
from monitoring.proposals.reading import feed_rows

_AT_ONCE = 100


class CompareWithRegister:
    """Renew the proposals of some datasets in an area, and take what the area lets be taken by itself."""

    code, label = "propose_changes", gettext_lazy("Deliveries held against the register")
    unit = gettext_lazy("datasets")
    rights = proposing.RIGHTS
    idempotent = True
    file_label = ""
    file_help = ""

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Return one part for each dataset."""
        return [({"dataset": code}, 1) for code in job.params["datasets"]]

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Compare, unless that was committed before a kill; then take, some at a time."""
        area = job.params["area"]
        dataset = Dataset.objects.get(pk=chunk.params["dataset"])
        if "counts" not in context.saved:
            with context.checkpoint() as saved, archive.opened() as tables:
                done = proposing.refresh(dataset, area, feed_rows(tables, dataset, area), by=job.asked_by)
                saved["counts"] = asdict(done) | {"taken": 0}
                saved["after"] = 0
        while not context.saved.get("over"):
            with context.checkpoint() as saved:
                rows, last = automatic.waiting(dataset.pk, area, after=saved["after"], most=_AT_ONCE)
                saved["counts"]["taken"] += sum(result.moved for result in automatic.take_part(rows))
                saved["after"], saved["over"] = last, not last
                if not last:
                    context.advance(chunk.rows)
        counts: Mapping[str, Any] = context.saved["counts"]
        return counts

    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Return the counts of all datasets together."""
        names = ("new", "again", "overtaken", "withdrawn", "taken")
        return {name: sum(counts[name] for counts in results) for name in names}

    def file_name(self, job: Job) -> str:
        """Return nothing: this keeps no file."""
        return ""

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell what came of it."""
        shown = {name: f"{count:,}" for name, count in result.items()}
        yield _("New proposed changes: %(new)s; said again: %(again)s.") % shown
        yield _("Overtaken: %(overtaken)s; withdrawn with their delivery: %(withdrawn)s.") % shown
        yield _("Taken by themselves, as the area's values say: %(taken)s.") % shown


COMPARE = CompareWithRegister()
