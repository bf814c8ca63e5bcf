"""Querysets of long work: what may be taken now, and what a person may see."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Sum, When
from django.db.models.functions import Coalesce, Greatest, Now

from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes, within

if TYPE_CHECKING:
    from foundation.accounts.models import User
    from foundation.jobs.models import Chunk, Job, Leased  # noqa: F401  (named in strings below)

L_co = TypeVar("L_co", bound="Leased", covariant=True)

_OPEN_STATES = ("queued", "running", "waiting_retry")


class LeasedQuerySet(models.QuerySet[L_co]):
    """Rows that one worker holds at a time."""

    def open(self) -> Self:
        """Keep what has not ended."""
        return self.filter(state__in=_OPEN_STATES)

    def ready(self) -> Self:
        """Keep what a worker may take now: nobody's lease runs, and no later attempt is appointed."""
        return self.open().filter(
            Q(lease_until__isnull=True) | Q(lease_until__lt=Now()),
            Q(next_try_at__isnull=True) | Q(next_try_at__lte=Now()),
        )

    def held(self) -> Self:
        """Keep what a worker holds now."""
        return self.open().filter(lease_until__gte=Now())


class JobQuerySet(LeasedQuerySet["Job"]):
    """Jobs; one sees one's own, and those of one's areas where one may see how the installation runs."""

    #: Where the area code stands, for who looks at one of their areas (foundation/desk/focus.py).
    area_field = "area"

    def visible_to(self, user: "User") -> Self:
        """Keep the jobs `user` asked for, and those under the areas where they hold `VIEW_OPERATIONS`."""
        return self.filter(Q(asked_by=user) | within("area", prefixes(user, Right.VIEW_OPERATIONS)))

    def takeable(self) -> Self:
        """Keep the jobs that are themselves to be taken now, to plan or to finish."""
        return self.ready().filter(cancel_requested_at__isnull=True).exclude(phase="work")

    def in_want_of_a_worker(self) -> Self:
        """Keep the jobs that are, or of which some chunk is, to be taken now."""
        chunks = apps.get_model("jobs", "Chunk").objects.filter(job=OuterRef("pk")).takeable()
        return (
            self.open()
            .filter(cancel_requested_at__isnull=True)
            .filter(Q(pk__in=self.model.objects.takeable().values("pk")) | Q(Exists(chunks)))
        )

    def with_progress(self) -> Self:
        """Add rows done, seconds worked, and how many chunks there are, are done, have failed and are held."""
        return self.annotate(
            rows_done=Coalesce(
                Sum(_latest("rows_done", "rows_seen")), 0, output_field=models.BigIntegerField()
            ),
            seconds_worked=Coalesce(Sum(_latest("seconds", "seconds")), 0.0),
            chunk_count=Count("chunks"),
            chunks_done=Count("chunks", filter=Q(chunks__state="done")),
            chunks_failed=Count("chunks", filter=Q(chunks__state="failed")),
            chunks_held=Count("chunks", filter=Q(chunks__state="running", chunks__lease_until__gte=Now())),
        )


def _latest(committed: str, pulse: str) -> Case:
    """Return what the pulse of a chunk's present claim says where it is further than what is committed."""
    return Case(
        When(
            chunks__state="running",
            chunks__pulse__fence=F("chunks__fence"),
            then=Greatest(f"chunks__{committed}", f"chunks__pulse__{pulse}"),
        ),
        default=f"chunks__{committed}",
    )


class ChunkQuerySet(LeasedQuerySet["Chunk"]):
    """Parts of jobs."""

    def takeable(self) -> Self:
        """Keep the chunks that may be taken now: those of a job at work that nobody asked to cancel."""
        return self.ready().filter(
            job__state="running", job__phase="work", job__cancel_requested_at__isnull=True
        )
