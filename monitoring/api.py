"""The API of departmental data: the contracts, read-only, through the same door as their pages."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.roles import Right
from monitoring.models import Dataset
from monitoring.schema import contract_schema


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
