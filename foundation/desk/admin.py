"""Tables of the administration site. Each row leads to the page of the desk that acts on it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.labels import labels_seen_by
from foundation.accounts.models import Area, Department, Posting, RoleLabel, StandIn, User
from foundation.accounts.roles import Right
from foundation.desk.admin_site import ScopedAdmin

#: What the field of the search says; the site's own words come in English alone.
SOUGHT = gettext_lazy("Search by name or code")


def _link(url: str, words: str) -> SafeString:
    return format_html('<a class="text-primary-600 underline" href="{}">{}</a>', url, words)


@admin.register(Area)
class AreaAdmin(ScopedAdmin):
    """Areas; renamed, merged and retired on their pages."""

    right = Right.VIEW_AREAS
    list_display = ("full_code", "name", "level", "parent", "retired_on")
    list_filter = ("level",)
    search_fields = ("code__startswith", "name", "initials__startswith")
    search_help_text = SOUGHT
    list_select_related = ("parent",)
    ordering = ("code",)
    fields = ("code", "name", "level", "parent", "retired_on")

    @admin.display(description=gettext_lazy("Area code"), ordering="code")
    def full_code(self, area: Area) -> str:
        """Write the code with its twelve digits."""
        return area.padded_code


@admin.register(User)
class StaffAdmin(ScopedAdmin):
    """Accounts of staff; never their passwords."""

    right = Right.VIEW_STAFF
    list_display = ("full_name", "username", "is_active", "must_change_password", "created_on", "page")
    list_filter = ("is_active", "must_change_password")
    search_fields = ("name", "username__startswith", "initials__startswith")
    search_help_text = SOUGHT
    ordering = ("initials", "pk")
    fields = ("username", "name", "is_active", "must_change_password", "created_on", "home", "page")
    readonly_fields = ("page", "home", "created_on")

    @admin.display(description=gettext_lazy("Name"), ordering="initials")
    def full_name(self, person: User) -> str:
        """Head the column with a word for people, not for things."""
        return person.name

    @admin.display(description=gettext_lazy("page"))
    def page(self, person: User) -> SafeString:
        """Link the page where the account is managed."""
        return _link(reverse("desk:person", args=[person.pk]), _("to the page"))


class _OfPerson(ScopedAdmin):
    right = Right.VIEW_STAFF

    @admin.display(description=gettext_lazy("page"))
    def page(self, row: Any) -> SafeString:
        """Link the page of the person whose post it is, where it is acted on."""
        person = row.user_id if isinstance(row, Posting) else row.posting.user_id
        return _link(reverse("desk:person", args=[person]), _("to the page"))


@admin.register(Posting)
class PostingAdmin(_OfPerson):
    """Postings; granted and ended on the person's page."""

    list_display = ("user", "role", "area", "department", "from_day", "until_day", "withdrawn_on", "page")
    list_filter = ("role", "department")
    search_fields = ("user__name", "user__username__startswith", "area__code__startswith")
    search_help_text = SOUGHT
    list_select_related = ("user", "area", "department")
    ordering = ("area", "role", "pk")
    fields = ("user", "role", "area", "department", "from_day", "until_day", "withdrawn_on", "page")
    readonly_fields = ("withdrawn_on", "page")


@admin.register(StandIn)
class StandInAdmin(_OfPerson):
    """Stand-ins; arranged and cancelled on the desk."""

    list_display = ("substitute", "posting", "from_day", "until_day", "withdrawn_on", "page")
    search_fields = ("substitute__name", "posting__user__name")
    search_help_text = SOUGHT
    list_select_related = ("substitute", "posting__user", "posting__area")
    ordering = ("-from_day", "pk")
    fields = ("substitute", "posting", "from_day", "until_day", "reason", "withdrawn_on", "page")
    readonly_fields = ("withdrawn_on", "page")


@admin.register(Department)
class DepartmentAdmin(ScopedAdmin):
    """Kinds of departments: one list for the whole country, so it has no scope."""

    right = Right.USE_ADMIN_SITE
    list_display = ("name", "code")
    search_fields = ("name", "code")
    search_help_text = SOUGHT
    ordering = ("code",)
    fields = ("code", "name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return all of them."""
        return super(ScopedAdmin, self).get_queryset(request)


@admin.register(RoleLabel)
class RoleLabelAdmin(ScopedAdmin):
    """Local names of roles; set on the page of roles."""

    right = Right.VIEW_AREAS
    list_display = ("label", "role", "area", "from_day")
    list_filter = ("role",)
    list_select_related = ("area",)
    ordering = ("area", "role", "-from_day")
    fields = ("area", "role", "label", "from_day")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the names in the person's areas."""
        return labels_seen_by(request.user).order_by(*self.ordering)  # type: ignore[arg-type]
