"""The one base of API views over scoped rows."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.viewsets import ReadOnlyModelViewSet

from foundation.accounts.access import Door


class ScopedViewSet(ReadOnlyModelViewSet[Any]):
    """A read-only API over rows that begin at `visible_to`; a subclass names its `door` and queryset."""

    door: Door

    def get_queryset(self) -> QuerySet[Any]:
        """Return only the rows that the asking person may see."""
        rows: QuerySet[Any] = super().get_queryset().visible_to(self.request.user)  # type: ignore[attr-defined]
        return rows
