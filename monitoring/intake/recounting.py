"""Counters follow the register: who is registered later, corrected, moved or erased changes what deliveries matched.

A change marks the deliveries of its areas and asks for a recount as long work, which is in nobody's way.
"""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import User
from foundation.accounts.models.areas import CODE_LENGTHS
from foundation.accounts.roles import Right
from foundation.jobs import asking
from foundation.jobs.models import Chunk, ChunkPlan, Job, Phase, State
from foundation.jobs.steps import Context
from monitoring.intake import matching
from monitoring.models import Delivery

CODE = "recount_matches"


def after_change(
    areas: Collection[str], households: Collection[int] | None, *, by: User, on: datetime.date
) -> None:
    """Mark what a change of the register may have made untrue (households.followers.RegisterFollower)."""
    for area in areas:
        if _of_area(area).update(recount_since=timezone.now()):
            _ask(area)


def recount(deliveries: Iterable[Delivery]) -> int:
    """Count the accepted rows of deliveries anew by a join with the register; returns how many were counted.

    A delivery that is marked once more while it is counted stays marked.
    """
    done = 0
    for delivery in deliveries:
        counts = matching.recount(delivery.batch)
        Delivery.objects.filter(pk=delivery.pk).update(**counts)
        Delivery.objects.filter(pk=delivery.pk, recount_since=delivery.recount_since).update(
            recount_since=None
        )
        done += 1
    return done


class RecountMatches:
    """Counters of the marked deliveries of an area are made true again."""

    code, label = CODE, gettext_lazy("Counting of matches")
    unit = gettext_lazy("deliveries")
    rights = (Right.DELIVER_DATA,)
    idempotent = True
    file_label = file_help = ""

    def file_name(self, job: Job) -> str:
        """There is none."""
        return ""

    def plan(self, job: Job) -> Iterable[ChunkPlan]:
        """Return one part with as many deliveries as are marked."""
        return [({}, max(_marked(job.params["area"]).count(), 1))]

    def work(self, job: Job, chunk: Chunk, context: Context) -> Mapping[str, Any]:
        """Count one delivery after another until none is marked."""
        while (delivery := _marked(job.params["area"]).order_by("recount_since", "pk").first()) is not None:
            with context.checkpoint() as saved:
                saved["counted"] = saved.get("counted", 0) + recount([delivery])
                context.advance(1)
        return {"counted": context.saved.get("counted", 0)}

    def finish(self, job: Job, results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Return how many were counted."""
        return results[0]

    def tell(self, result: Mapping[str, Any]) -> Iterable[str]:
        """Tell how many."""
        yield _("%(counted)d deliveries were counted anew.") % result


RECOUNT = RecountMatches()


def _ask(area: str) -> None:
    """Ask for a recount, unless one waits that nobody has begun: it is held until the marks are committed."""
    waiting = Job.objects.filter(
        kind=CODE, area=area, state=State.QUEUED, phase=Phase.PLAN, cancel_requested_at__isnull=True
    )
    if waiting.select_for_update(no_key=True, skip_locked=True, of=("self",)).first() is None:
        asking.enqueue(CODE, {"area": area}, by=User.objects.built_in("system"), area=area)


def _marked(area: str) -> QuerySet[Delivery]:
    return _of_area(area).filter(recount_since__isnull=False).select_related("dataset", "batch")


def _of_area(area: str) -> QuerySet[Delivery]:
    """Return the counted deliveries whose rows may name people of an area: its own, of areas around and inside it."""
    above = [area[:length] for length in CODE_LENGTHS if length <= len(area)]
    here = Q(area__in=above) | Q(area__code__startswith=area)
    return Delivery.objects.filter(
        here, batch__isnull=False, batch__deleted_on__isnull=True, counted_at__isnull=False
    )
