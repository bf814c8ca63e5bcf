"""An act on many alerts as long work; each part of it is some alerts and one transaction after the other."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alerts.bulk.asking import JOB
from alerts.bulk.doing import do
from alerts.models import BulkAct, BulkItem
from alerts.snoozing import RIGHTS
from foundation.jobs.models import Chunk, ChunkPlan, Job
from foundation.jobs.steps import Context

_PART, _AT_ONCE = 5_000, 500


class ActOnAlerts:
    """Alerts that are done stay done where the work is stopped; the others say that they wait."""

    code, label, unit = JOB, gettext_lazy("Act on many warnings"), gettext_lazy("warnings")
    rights = RIGHTS
    idempotent = True
    file_label = file_help = ""

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Return parts of some thousand alerts each, by the keys of their items."""
        keys = list(
            BulkItem.objects.filter(bulk=job.params["bulk"]).order_by("pk").values_list("pk", flat=True)
        )
        for first in range(0, len(keys), _PART):
            part = keys[first : first + _PART]
            yield {"first": part[0], "last": part[-1]}, len(part)

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Act on those of a part that wait, some hundred in each transaction."""
        bulk = BulkAct.objects.select_related("by").get(pk=job.params["bulk"])
        span = (chunk.params["first"], chunk.params["last"])
        part = bulk.items.filter(pk__range=span).order_by("pk")
        more = True
        while more:
            with context.checkpoint():
                items = list(part.waiting().select_related("alert__household")[:_AT_ONCE])
                do(bulk, items)
                context.advance(len(items))
                more = len(items) == _AT_ONCE
        refused = part.filter(result=BulkItem.Result.REFUSED).count()
        return {"done": chunk.rows - refused, "refused": refused}

    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Return the counts."""
        return {name: sum(result[name] for result in results) for name in ("done", "refused")}

    def file_name(self, job: Job) -> str:
        """Return nothing: the results stand on a page."""
        return ""

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell the counts."""
        yield _("Done: %(done)d. Not done: %(refused)d.") % result


ACT = ActOnAlerts()
