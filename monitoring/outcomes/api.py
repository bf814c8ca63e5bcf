"""The API of outcomes: what became of the rows that a department delivered. No name and no sum."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.roles import Right
from monitoring.models import RowOutcome


class RowOutcomeSerializer(serializers.ModelSerializer[RowOutcome]):
    """An outcome: of which rows of which delivery, by which standard, with which conclusion, why and when."""

    dataset = serializers.CharField(source="delivery.dataset_id", read_only=True)
    period = serializers.CharField(source="delivery.period", read_only=True)
    standard = serializers.CharField(source="outcome.standard_id", read_only=True)
    finding = serializers.IntegerField(source="outcome.finding_id", read_only=True)
    alert = serializers.IntegerField(source="outcome.alert", read_only=True)
    conclusion = serializers.CharField(source="outcome.outcome", read_only=True)
    reason = serializers.CharField(source="outcome.reason", read_only=True)
    visited = serializers.SerializerMethodField()
    concluded_on = serializers.DateField(source="outcome.on", read_only=True)

    class Meta:
        model = RowOutcome
        fields = (
            "id", "delivery", "dataset", "period", "rows", "standard", "finding", "alert", "conclusion", "reason",
            "visited", "concluded_on",
        )  # fmt: skip
        read_only_fields = fields

    def get_visited(self, row: RowOutcome) -> bool:
        """Say whether somebody was at the door."""
        return row.outcome.visit_id is not None


class RowOutcomeViewSet(ScopedViewSet):
    """The outcomes of the rows that one delivers, the newest first.

    `?delivery=`, `?dataset=`, `?period=`, `?standard=`, `?conclusion=` and `?since=` (a day) narrow.
    """

    door = Door(Right.DELIVER_DATA)
    queryset = RowOutcome.objects.select_related("delivery", "outcome").order_by("-outcome_id", "pk")
    serializer_class = RowOutcomeSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Narrow by what the address asks; what is no number or no day names nothing."""
        rows: QuerySet[Any] = super().get_queryset()
        asked = {name: str(value).replace("\x00", "") for name, value in self.request.query_params.items()}
        for name, path in _BY_WORD.items():
            if value := asked.get(name):
                rows = rows.filter(**{path: value})
        narrowed = _Narrowed(data={name: asked[name] for name in ("delivery", "since") if asked.get(name)})
        narrowed.is_valid(raise_exception=True)
        for name, path in (("delivery", "delivery"), ("since", "outcome__on__gte")):
            if name in narrowed.validated_data:
                rows = rows.filter(**{path: narrowed.validated_data[name]})
        return rows


class _Narrowed(serializers.Serializer[Any]):
    """What is asked for by number and by day."""

    delivery = serializers.IntegerField(required=False, min_value=0, max_value=2**63 - 1)
    since = serializers.DateField(required=False)


_BY_WORD = {
    "dataset": "delivery__dataset",
    "period": "delivery__period",
    "standard": "outcome__standard",
    "conclusion": "outcome__outcome",
}
