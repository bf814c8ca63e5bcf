"""A batch of many cases as long work; each part of it is some hundred cases, one transaction after the other."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.deciding.batches import JOB
from assistance.deciding.doing import OTHERS, do, write_results
from assistance.models import CaseBatch, CaseBatchItem
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.jobs.models import Chunk, ChunkPlan, Job
from foundation.jobs.steps import Context

_PART, _AT_ONCE = 5_000, 500


class DecideCases:
    """Cases that are decided stay decided where the work is stopped; the others go on waiting."""

    code, label, unit = JOB, gettext_lazy("Decision about many cases"), pgettext_lazy("case", "cases")
    rights = (Right.REVIEW_CASES, Right.DECIDE_CASES)
    idempotent = True
    file_label = file_help = ""

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Return parts of some thousand cases each, by the keys of their items."""
        rows = CaseBatchItem.objects.filter(batch=job.params["batch"]).order_by("pk")
        keys = list(rows.values_list("pk", flat=True))
        for first in range(0, len(keys), _PART):
            part = keys[first : first + _PART]
            yield {"first": part[0], "last": part[-1]}, len(part)

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Decide about those of a part that wait, some hundred in each transaction."""
        batch = CaseBatch.objects.select_related("by").get(pk=job.params["batch"])
        part = batch.items.filter(pk__range=(chunk.params["first"], chunk.params["last"])).order_by("pk")
        more = True
        while more:
            with context.checkpoint():
                items = list(part.waiting().select_related("case__household", *OTHERS)[:_AT_ONCE])
                _do(batch, items)
                context.advance(len(items))
                more = len(items) == _AT_ONCE
        left = part.filter(result=CaseBatchItem.Result.LEFT).count()
        return {"done": chunk.rows - left, "left": left}

    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Return the counts."""
        return {name: sum(result[name] for result in results) for name in ("done", "left")}

    def file_name(self, job: Job) -> str:
        """Return nothing: the results stand on a page."""
        return ""

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell the counts."""
        yield _("Decided: %(done)d. Stay out: %(left)d.") % result


def _do(batch: CaseBatch, items: Sequence[CaseBatchItem]) -> None:
    try:
        with transaction.atomic():
            do(batch, items)
    except Refused as refusal:  # of the batch itself: it is each one's answer
        write_results(items, {item.pk: refusal for item in items})


DECIDE = DecideCases()
