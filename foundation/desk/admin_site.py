"""The administration site: a look at the tables behind the pages, scoped like them, and read-only.

Whatever changes a state is done on the pages of the desk, where the rules and the record are; Django's own
history is no evidence and is left out.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, TypeVar

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_update
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, path, reverse_lazy
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin
from unfold.sites import UnfoldAdminSite

from foundation.accounts.access import Door
from foundation.accounts.roles import Right
from foundation.desk.views.own_account import password
from foundation.desk.views.sign_in import sign_out

View = Callable[..., HttpResponseBase]
M = TypeVar("M", bound=Model)
#: The theme works with Alpine, which evaluates expressions, and with inline styles; only these pages may.
_CSP = {
    "script-src": [UNSAFE_EVAL],
    "style-src-elem": [SELF, UNSAFE_INLINE],
    "style-src-attr": [UNSAFE_INLINE],
}
#: Of Django's pages only those that show; signing in and passwords belong to the desk.
_KEPT = frozenset({"index", "app_list", "jsi18n", "search"})
_KEPT_OF_A_TABLE = ("_changelist", "_change")


class AdministrationSite(UnfoldAdminSite):
    """Enters who holds the right to use it; every page carries the door that the scope walk looks for."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Say whether the person may enter at all; each table asks for its own right again."""
        return request.user.is_active and request.user.holds(Right.USE_ADMIN_SITE)

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Refuse in a sentence, and relax the content policy for the theme's scripts and styles alone."""
        inner = csp_update(_CSP)(super().admin_view(view, cacheable))

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
            if not self.has_permission(request):
                needed = {"right": Right.USE_ADMIN_SITE.label}
                raise PermissionDenied(_("This page needs the right “%(right)s”.") % needed)
            answer: HttpResponseBase = inner(request, *args, **options)
            return answer

        return guarded

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take only scoped tables: what other packages register for themselves is left out."""
        if isinstance(admin_class, type) and issubclass(admin_class, ScopedAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def get_urls(self) -> list[Any]:
        """Keep the pages that show something, and write each one's door on it."""
        kept = [each for each in super().get_urls() if isinstance(each, URLResolver) or each.name in _KEPT]
        for pattern in _patterns(kept):
            pattern.callback.door = Door(right=Right.USE_ADMIN_SITE)  # type: ignore[attr-defined]
            pattern.callback.login_url = reverse_lazy("desk:sign_in")  # type: ignore[attr-defined]
        return [
            path("logout/", sign_out, name="logout"),
            path("password/", password, name="password_change"),
            *kept,
        ]


class ScopedAdmin(ModelAdmin):
    """A read-only table of the site: rows begin at `visible_to`, its right opens it, outside is 404."""

    #: Right without which the table does not exist.
    right: Right
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return only the rows that the person may see."""
        rows: QuerySet[Any] = self.model.objects.visible_to(request.user)
        return rows.order_by(*self.get_ordering(request))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Return a row of the scope; anything else is not there."""
        row = super().get_object(request, object_id, from_field)
        if row is None:
            raise Http404(_("There is nothing here, or it belongs to another area."))
        return row

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask for the right of the table."""
        return request.user.holds(self.right)  # type: ignore[union-attr]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the table in the menu to who may open it."""
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is added here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted here."""
        return False

    def get_urls(self) -> list[Any]:
        """Keep the list and the page of a row."""
        return [each for each in super().get_urls() if each.name and each.name.endswith(_KEPT_OF_A_TABLE)]


def _patterns(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern
