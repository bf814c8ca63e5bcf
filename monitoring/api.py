"""The API of departmental data: contracts and warning standards; read-only, through the doors of the pages."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.programs.filtering import Filters, choice, word
from foundation.accounts.roles import Right
from monitoring.contracts.terms import Kind
from monitoring.models import Dataset, DeclaredStandard
from monitoring.schema import contract_schema
from monitoring.screening.schema import standard_schema
from monitoring.screening.terms import Theme


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


class DatasetFilters(Filters):
    """What narrows datasets."""

    department = word(_("Code of the department."))
    kind = choice(Kind, _("Kind of dataset."))


class DatasetViewSet(ScopedViewSet):
    """The datasets that one may see: departments their own."""

    door = Door(Right.VIEW_DATASETS)
    queryset = Dataset.objects.all()
    filters = DatasetFilters
    lookup_value_regex = "[a-z0-9_]{1,40}"

    def get_queryset(self) -> QuerySet[Any]:
        """Leave out what is no longer declared: it has no contract to show."""
        rows: Any = super().get_queryset()
        declared: QuerySet[Any] = rows.declared()
        return declared

    def narrow(self, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow by what the address asks."""
        return rows.filter(**asked)

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        """Tell the whole contract where one is asked for."""
        return ContractSerializer if self.action == "retrieve" else DatasetSerializer


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


class StandardFilters(Filters):
    """What narrows warning standards."""

    theme = choice(Theme, _("Theme of the standard."))
    dataset = word(_("Code of a dataset that it reads."))


class StandardViewSet(ScopedViewSet):
    """The warning standards; lines are regulation values, by area and day."""

    door = Door(Right.VIEW_VALUES)
    queryset = DeclaredStandard.objects.all()
    filters = StandardFilters
    lookup_value_regex = "[a-z0-9_]{1,40}"

    def get_queryset(self) -> QuerySet[Any]:
        """Leave out what is no longer declared."""
        rows: Any = super().get_queryset()
        declared: QuerySet[Any] = rows.declared()
        return declared

    def narrow(self, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow by what the address asks."""
        if "theme" in asked:
            rows = rows.filter(theme=asked["theme"])
        return rows.filter(datasets=asked["dataset"]) if "dataset" in asked else rows

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        """Tell the whole declaration where one is asked for."""
        return DeclarationSerializer if self.action == "retrieve" else DeclaredStandardSerializer
