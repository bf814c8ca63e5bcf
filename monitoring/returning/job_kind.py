"""Closing rows to be corrected after a delivery, as long work: the rows in force are read once."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.jobs import asking
from foundation.jobs.models import Chunk, ChunkPlan, Job
from foundation.jobs.steps import Context
from monitoring.models import CorrectionTask, Delivery
from monitoring.returning.returning import settle


class SettleCorrections:
    """Close what a delivery has corrected. Run again, it finds nothing left."""

    code, label = "settle_corrections", gettext_lazy("Look for corrected rows")
    unit = gettext_lazy("deliveries")
    rights = (Right.DELIVER_DATA,)
    idempotent = True
    file_label = ""
    file_help = ""

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Return one part."""
        return [({}, 1)]

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Close what is corrected, unless that was committed before a kill."""
        if "closed" not in context.saved:
            with context.checkpoint() as saved:
                rows = Delivery.objects.select_related("dataset")
                saved["closed"] = settle(rows.get(pk=job.params["delivery"]))
                context.advance(chunk.rows)
        return {"closed": context.saved["closed"]}

    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Return how many were closed."""
        return results[0]

    def file_name(self, job: Job) -> str:
        """Return nothing: this keeps no file."""
        return ""

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell how many were closed."""
        yield _("Rows that were found wrong and are corrected now: %(closed)s.") % result


SETTLE = SettleCorrections()


def after_delivery(delivery: Delivery, *, by: User) -> None:
    """Look for corrected rows where any wait (monitoring.followers.DeliveryFollower)."""
    waiting = CorrectionTask.objects.unsettled().filter(
        delivery__dataset=delivery.dataset_id, delivery__area=delivery.area_id
    )
    if waiting.exists():
        asker = by if by.holds(Right.DELIVER_DATA, delivery.area_id) else User.objects.built_in("system")
        asking.enqueue(SETTLE.code, {"delivery": delivery.pk}, by=asker, area=delivery.area_id)
