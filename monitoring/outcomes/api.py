"""The API of outcomes: what became of the rows that a department delivered. No name and no sum."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.programs.filtering import Filters, day, key, word
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


class RowOutcomeFilters(Filters):
    """What narrows outcomes."""

    delivery = key(_("Number of the delivery."))
    dataset = word(_("Code of the dataset."))
    period = word(_("Period of the delivery, such as 2026-10."))
    standard = word(_("Code of the warning standard."))
    conclusion = word(_("What became of it."))
    since = day(_("The first day of what is given."))


class RowOutcomeViewSet(ScopedViewSet):
    """The outcomes of the rows that one delivers, the newest first."""

    door = Door(Right.DELIVER_DATA)
    queryset = RowOutcome.objects.select_related("delivery", "outcome")
    serializer_class = RowOutcomeSerializer

    filters, ordering = RowOutcomeFilters, "-pk"

    def narrow(self, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow by what the address asks."""
        return rows.filter(**{_BY_WORD[name]: value for name, value in asked.items()})


_BY_WORD = {
    "delivery": "delivery",
    "since": "outcome__on__gte",
    "dataset": "delivery__dataset",
    "period": "delivery__period",
    "standard": "outcome__standard",
    "conclusion": "outcome__outcome",
}
