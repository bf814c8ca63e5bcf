"""The API's half of the guarded doors: permission and paging that DRF applies to every view by default."""

from typing import Any

from rest_framework.pagination import CursorPagination
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from foundation.accounts.access import Door


class ApiDoor(BasePermission):
    """Deny by default: an API view without a declared `door` answers nobody."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Apply the view's door to the person who asks."""
        declared: Door | None = getattr(view, "door", None)
        if declared is None:
            return False
        if declared.public:
            return True
        if not request.user.is_authenticated:
            return False
        return declared.opens_to(request.user)


class ApiPages(CursorPagination):
    """Pages by key, so that deep pages cost what the first one costs; at most 200 rows each."""

    ordering = "pk"
    page_size_query_param = "page_size"
    max_page_size = 200
