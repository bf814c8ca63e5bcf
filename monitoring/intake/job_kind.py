"""Taking deliveries as long work: one part and one transaction each, whole or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.jobs.models import Chunk, ChunkPlan, Job, State
from foundation.jobs.steps import Context
from foundation.workflow.move import Request, move
from monitoring.intake.receiving import TAKE
from monitoring.intake.taking import take
from monitoring.models import Delivery

_BYTES_OF_A_ROW = 120
_COUNTS = ("rows_read", "rows_accepted", "rows_rejected", "matched", "unmatched")


class TakeDelivery:
    """A delivery is read and archived; a kill in the middle takes it back whole."""

    code, label = TAKE, gettext_lazy("Taking of a delivery")
    unit = gettext_lazy("rows")
    rights = (Right.DELIVER_DATA,)
    idempotent = True
    file_label = file_help = ""

    def file_name(self, job: Job) -> str:
        """There is none: rejected rows are read through the delivery."""
        return ""

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Return one part with about as many rows as the file has."""
        return [({}, max(job.params["bytes"] // _BYTES_OF_A_ROW, 1))]

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Take it, unless that was committed before a kill."""
        if "counts" not in context.saved:
            with context.checkpoint() as saved:
                delivery = Delivery.objects.get(pk=job.params["delivery"])
                taken = take(
                    delivery, by=job.asked_by, progress=context.progress, go_on=context.stop_if_cancelled
                )
                saved["counts"] = {name: getattr(taken, name) for name in _COUNTS} | {"delivery": taken.pk}
                context.advance(chunk.rows)
        counts: Mapping[str, Any] = context.saved["counts"]
        return counts

    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Return the counts of the delivery."""
        return results[0]

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell the counts."""
        yield _("%(rows_read)d rows read: %(rows_accepted)d accepted, %(rows_rejected)d rejected.") % result
        yield _("%(matched)d found somebody in the register, %(unmatched)d did not.") % result


TAKE_DELIVERY = TakeDelivery()


def after_job(job: Job, state: State) -> None:
    """Mark the delivery whose taking failed or was cancelled (foundation.jobs.endings.JobFollower)."""
    if job.kind != TAKE or state not in (State.FAILED, State.CANCELLED):
        return
    delivery = Delivery.objects.filter(pk=job.params["delivery"], state="received").first()
    if delivery is None:
        return
    job.refresh_from_db(fields=["error"])
    error = job.error or _("The taking was cancelled.")
    request = Request("fail", writes={"error": error[:400]}, details={"original": delivery.file_sha256})
    move(delivery, request, by=User.objects.built_in("system"))
