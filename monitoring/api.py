"""The API of departmental data: contracts, deliveries, warning standards; read-only, through the doors of the pages."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.roles import Right
from monitoring.models import Dataset, DeclaredStandard, Delivery
from monitoring.schema import contract_schema
from monitoring.screening.schema import standard_schema


class DatasetSerializer(serializers.ModelSerializer[Dataset]):
    """A dataset in a list; its own address tells the whole contract."""

    class Meta:
        model = Dataset
        fields = ("code", "department", "name_zh", "name_en", "kind", "on_query", "every", "digest")
        read_only_fields = fields


class ContractSerializer(serializers.BaseSerializer[Dataset]):
    """A contract: columns, types, lists, purposes, and the JSON Schema of an accepted row."""

    def to_representation(self, instance: Dataset) -> dict[str, Any]:
        """Return the declaration as plain data."""
        return contract_schema(instance.contract)


class DatasetViewSet(ScopedViewSet):
    """The datasets that one may see: departments their own. `?department=` and `?kind=` narrow."""

    door = Door(Right.VIEW_DATASETS)
    queryset = Dataset.objects.all()

    def get_queryset(self) -> QuerySet[Any]:
        """Narrow by what the address asks; what is no longer declared has no contract to show."""
        rows: Any = super().get_queryset()
        asked = {name: str(value).replace("\x00", "") for name, value in self.request.query_params.items()}
        if department := asked.get("department"):
            rows = rows.filter(department=department)
        if kind := asked.get("kind"):
            rows = rows.filter(kind=kind)
        declared: QuerySet[Any] = rows.declared()
        return declared

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        """Tell the whole contract where one is asked for."""
        return ContractSerializer if self.action == "retrieve" else DatasetSerializer


class DeliverySerializer(serializers.ModelSerializer[Delivery]):
    """A delivery: what was taken, what was not and why, what the register makes of it. No row, nobody's number."""

    outcome = serializers.CharField(read_only=True)

    class Meta:
        model = Delivery
        fields = (
            "id",
            "dataset",
            "area",
            "period",
            "period_last",
            "state",
            "outcome",
            "received_on",
            "file_sha256",
            "file_size",
            "error",
            "rows_read",
            "rows_accepted",
            "rows_rejected",
            "rejects",
            "corrections",
            "repeated",
            "columns_dropped",
            "matched",
            "unmatched",
            "name_differs",
            "counted_at",
            "replaces",
            "supplements",
            "superseded_by",
        )
        read_only_fields = fields


class DeliveryViewSet(ScopedViewSet):
    """The deliveries that one may see, the newest first. `?dataset=`, `?period=`, `?state=` and `?area=` narrow."""

    door = Door(Right.VIEW_DATASETS)
    queryset = Delivery.objects.all()
    serializer_class = DeliverySerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Narrow by what the address asks: an area with what lies below it."""
        rows: QuerySet[Any] = super().get_queryset()
        asked = {name: str(value).replace("\x00", "") for name, value in self.request.query_params.items()}
        for name in ("dataset", "period", "state"):
            if value := asked.get(name):
                rows = rows.filter(**{name: value})
        return rows.filter(area__code__startswith=asked["area"]) if asked.get("area") else rows


class DeclaredStandardSerializer(serializers.ModelSerializer[DeclaredStandard]):
    """A warning standard in a list; its own address tells the whole declaration."""

    class Meta:
        model = DeclaredStandard
        fields = (
            "code",
            "label_zh",
            "label_en",
            "theme",
            "kind",
            "about",
            "line",
            "core",
            "opens_alert",
            "digest",
        )
        read_only_fields = fields


class DeclarationSerializer(serializers.BaseSerializer[DeclaredStandard]):
    """A declaration: what is measured on which rows, against which line, and what is left out."""

    def to_representation(self, instance: DeclaredStandard) -> dict[str, Any]:
        """Return the declaration as plain data."""
        return standard_schema(instance.declaration)


class StandardViewSet(ScopedViewSet):
    """The warning standards. `?theme=` and `?dataset=` narrow; lines are regulation values, by area and day."""

    door = Door(Right.VIEW_VALUES)
    queryset = DeclaredStandard.objects.all()

    def get_queryset(self) -> QuerySet[Any]:
        """Narrow by what the address asks, to what is still declared."""
        rows: Any = super().get_queryset()
        asked = {name: str(value).replace("\x00", "") for name, value in self.request.query_params.items()}
        if theme := asked.get("theme"):
            rows = rows.filter(theme=theme)
        if dataset := asked.get("dataset"):
            rows = rows.filter(datasets=dataset)
        declared: QuerySet[Any] = rows.declared()
        return declared

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        """Tell the whole declaration where one is asked for."""
        return DeclarationSerializer if self.action == "retrieve" else DeclaredStandardSerializer
