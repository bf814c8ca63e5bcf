"""The API of the desk: read-only, through the same doors as its pages."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.models import Area, Posting, User
from foundation.accounts.models.people import normal_username
from foundation.accounts.programs.filtering import Filters, area, choice, key, word, yes_no
from foundation.accounts.roles import Level, Right, Role
from foundation.accounts.selectors import matching


class AreaSerializer(serializers.ModelSerializer[Area]):
    """An area; `code` is the significant code, `padded_code` the one that people write."""

    class Meta:
        model = Area
        fields = ("code", "padded_code", "name", "level", "parent", "retired_on")
        read_only_fields = fields


class AreaFilters(Filters):
    """What narrows areas."""

    q = word(_("Part of the name, initials or the beginning of the code."))
    level = choice(Level, _("Administrative level: the length of its codes."))
    parent = area(_("The area directly above."))  # type: ignore[assignment]


class AreaViewSet(ScopedViewSet):
    """The areas of one's own."""

    door = Door(Right.VIEW_AREAS)
    queryset = Area.objects.all()
    serializer_class = AreaSerializer
    filters = AreaFilters

    def narrow(self, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow by what the address asks."""
        if text := asked.get("q"):
            rows = matching(rows, text)
        return rows.filter(**{name: asked[name] for name in ("level", "parent") if name in asked})


class StaffSerializer(serializers.ModelSerializer[User]):
    """A member of staff; what they may do stands in their postings."""

    class Meta:
        model = User
        fields = ("id", "username", "name", "is_active", "created_on", "home")
        read_only_fields = fields


class StaffFilters(Filters):
    """What narrows staff."""

    username = word(_("The login name, whole."))
    active = yes_no(_("Whether the person may sign in."))


class StaffViewSet(ScopedViewSet):
    """The people of one's own areas."""

    door = Door(Right.VIEW_STAFF)
    queryset = User.objects.all()
    serializer_class = StaffSerializer
    filters = StaffFilters

    def narrow(self, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow by what the address asks."""
        if username := asked.get("username"):
            rows = rows.filter(username=normal_username(username))
        if active := asked.get("active"):
            rows = rows.filter(is_active=active == "yes")
        return rows


class PostingSerializer(serializers.ModelSerializer[Posting]):
    """A posting; a withdrawn one counts for nothing."""

    class Meta:
        model = Posting
        fields = ("id", "user", "role", "area", "department", "from_day", "until_day", "withdrawn_on")
        read_only_fields = fields


class PostingFilters(Filters):
    """What narrows postings."""

    user = key(_("Number of the member of staff."))
    role = choice(Role, _("Role of the posting."))
    area = area()
    today = yes_no(_("Whether it is held today."))


class PostingViewSet(ScopedViewSet):
    """The postings of one's own areas."""

    door = Door(Right.VIEW_STAFF)
    queryset = Posting.objects.all()
    serializer_class = PostingSerializer
    filters = PostingFilters

    def narrow(self, rows: Any, asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow by what the address asks: an area with what lies below it."""
        rows = rows.filter(**{name: asked[name] for name in ("user", "role") if name in asked})
        if "area" in asked:
            rows = rows.filter(area__code__startswith=asked["area"])
        if "today" in asked:
            held = rows.in_force()
            rows = held if asked["today"] == "yes" else rows.exclude(pk__in=held.values("pk"))
        narrowed: QuerySet[Any] = rows
        return narrowed
