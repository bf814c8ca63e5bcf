"""The API's half of the guarded doors: permission and paging that DRF applies to every view by default."""

from typing import Any

from django.core.exceptions import ValidationError as Unfit
from django.db import DataError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from foundation.accounts.access import Door
from foundation.accounts.models import User
from foundation.accounts.programs.sign_in import why_not_ready


class ApiDoor(BasePermission):
    """Deny by default: an API view without a declared `door` answers nobody."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Apply the view's door, or that of the one act (`doors`), to the person who asks."""
        declared: Door | None = getattr(view, "doors", {}).get(
            getattr(view, "action", ""), getattr(view, "door", None)
        )
        if declared is None:
            return False
        if declared.public:
            return True
        if not isinstance(request.user, User):
            return False
        if why := why_not_ready(request.user):
            raise PermissionDenied(why)
        return declared.opens_to(request.user)


class ApiPages(CursorPagination):
    """Pages by key, so that deep pages cost what the first one costs; at most 200 rows each.

    A view orders by its key, or with `ordering = "-pk"` by the newest first: by what is unique, so that no row of a
    page is given twice or left out.
    """

    ordering = "pk"
    page_size_query_param = "page_size"
    page_size_query_description: Any = gettext_lazy("Rows of a page, at most 200.")
    cursor_query_description: Any = gettext_lazy(
        "Where a page begins: taken from `next` or `previous` alone."
    )
    max_page_size = 200

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> tuple[str, ...]:
        """Return the order of the view."""
        return (getattr(view, "ordering", self.ordering),)

    def get_page_size(self, request: Request) -> int | None:
        """Return how many rows a page has; what is no number from 1 on is refused, not taken for something else."""
        asked = request.query_params.get("page_size")
        if asked is not None and not (asked.isascii() and asked.isdecimal() and int(asked[:9]) > 0):
            raise ValidationError({"page_size": [_("A whole number from 1 on.")]})
        return super().get_page_size(request) if asked is None or len(asked) < 9 else self.max_page_size

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        """Return the rows of the page; a cursor that we never gave leads nowhere."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except (NotFound, ValueError, Unfit, DataError) as unknown:
            if "cursor" not in request.query_params:
                raise
            raise NotFound from unknown

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe both, with the least that a page may have."""
        told: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        for each in told:
            if each["name"] == self.page_size_query_param:
                each["schema"] |= {"minimum": 1}
        return told
