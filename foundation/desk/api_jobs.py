"""The API of long work: read-only, what the pages of jobs show."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.programs.filtering import Filters, choice, word, yes_no
from foundation.jobs.models import Job, State
from foundation.jobs.selectors import may_know_asker, progress_of


class JobSerializer(serializers.ModelSerializer[Job]):
    """A job; `rows_done` of `total` rows, what came of it as counts, and why it failed as a sentence.

    `asked_by` is the number of a member of staff, null where they belong to another office.
    """

    asked_by = serializers.SerializerMethodField()
    rows_done = serializers.SerializerMethodField()

    class Meta:
        model = Job
        fields = (
            *("uuid", "kind", "area", "asked_by", "state", "phase", "total", "rows_done", "result"),
            *("error", "created_at", "started_at", "finished_at", "cancel_requested_at"),
        )
        read_only_fields = fields

    def get_asked_by(self, job: Any) -> int | None:
        """Return who asked, where the reader may know."""
        return job.asked_by_id if job.asker_shown else None

    def get_rows_done(self, job: Any) -> int:
        """Return how many rows are done, those of a step that is not committed yet included."""
        return progress_of(job).done


class JobFilters(Filters):
    """What narrows jobs."""

    state = choice(State, _("State of the job."))
    kind = word(_("Kind of job."))
    open = yes_no(_("Whether it is not finished yet."))


class JobViewSet(ScopedViewSet):
    """One's own jobs, and those of the areas whose running one looks after."""

    door = Door()
    queryset = Job.objects.with_progress()
    serializer_class = JobSerializer
    lookup_field = "uuid"
    lookup_value_regex = "[0-9a-f-]{36}"

    filters = JobFilters

    def get_queryset(self) -> QuerySet[Any]:
        """Say beside each job whether the reader may know who asked for it."""
        return super().get_queryset().annotate(asker_shown=may_know_asker(self.request.user))  # type: ignore[arg-type]

    def narrow(self, rows: Any, asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow by what the address asks."""
        rows = rows.filter(**{name: asked[name] for name in ("state", "kind") if name in asked})
        if "open" in asked:
            unfinished = rows.open()
            rows = unfinished if asked["open"] == "yes" else rows.exclude(pk__in=unfinished.values("pk"))
        narrowed: QuerySet[Any] = rows
        return narrowed
