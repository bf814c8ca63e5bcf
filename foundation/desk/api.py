"""The API of the desk: read-only, through the same doors as its pages."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.models import Area
from foundation.accounts.roles import Right
from foundation.accounts.selectors import matching


class AreaSerializer(serializers.ModelSerializer[Area]):
    """An area; `code` is the significant code, `padded_code` the one that people write."""

    class Meta:
        model = Area
        fields = ("code", "padded_code", "name", "level", "parent", "retired_on")
        read_only_fields = fields


class AreaViewSet(ScopedViewSet):
    """The areas of one's own. `?q=` looks for name, initials or code, `?level=` and `?parent=` narrow."""

    door = Door(Right.VIEW_AREAS)
    queryset = Area.objects.all()
    serializer_class = AreaSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Narrow by what the address asks."""
        rows = super().get_queryset()
        asked = self.request.query_params
        if text := asked.get("q", "").replace("\x00", "").strip()[:80]:
            rows = matching(rows, text)
        if asked.get("level", "").isdecimal():
            rows = rows.filter(level=int(asked["level"][:2]))
        if parent := asked.get("parent", "").replace("\x00", ""):
            rows = rows.filter(parent=parent)
        return rows
