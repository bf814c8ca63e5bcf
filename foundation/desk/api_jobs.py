"""The API of long work: read-only, what the pages of jobs show."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
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


class JobViewSet(ScopedViewSet):
    """One's own jobs, and those of the areas whose running one looks after. `?state=`, `?kind=`, `?open=yes` narrow."""

    door = Door()
    queryset = Job.objects.with_progress()
    serializer_class = JobSerializer
    lookup_field = "uuid"
    lookup_value_regex = "[0-9a-f-]{36}"

    def get_queryset(self) -> QuerySet[Any]:
        """Narrow by what the address asks."""
        rows: Any = super().get_queryset().annotate(asker_shown=may_know_asker(self.request.user))  # type: ignore[arg-type]
        asked = {name: str(value).replace("\x00", "") for name, value in self.request.query_params.items()}
        if asked.get("state") in State.values:
            rows = rows.filter(state=asked["state"])
        if kind := asked.get("kind"):
            rows = rows.filter(kind=kind)
        narrowed: QuerySet[Any] = rows.open() if asked.get("open") == "yes" else rows
        return narrowed
