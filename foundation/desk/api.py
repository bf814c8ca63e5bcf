"""The API of the desk: read-only, through the same doors as its pages."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.models import Area, Posting, User
from foundation.accounts.models.people import normal_username
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


class StaffSerializer(serializers.ModelSerializer[User]):
    """A member of staff; what they may do stands in their postings."""

    class Meta:
        model = User
        fields = ("id", "username", "name", "is_active", "created_on", "home")
        read_only_fields = fields


class StaffViewSet(ScopedViewSet):
    """The people of one's own areas. `?username=` finds one, `?active=yes` or `no` narrows."""

    door = Door(Right.VIEW_STAFF)
    queryset = User.objects.all()
    serializer_class = StaffSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Narrow by what the address asks."""
        rows = super().get_queryset()
        asked = self.request.query_params
        if username := asked.get("username", "").replace("\x00", ""):
            rows = rows.filter(username=normal_username(username))
        if asked.get("active") in ("yes", "no"):
            rows = rows.filter(is_active=asked["active"] == "yes")
        return rows


class PostingSerializer(serializers.ModelSerializer[Posting]):
    """A posting; a withdrawn one counts for nothing."""

    class Meta:
        model = Posting
        fields = ("id", "user", "role", "area", "department", "from_day", "until_day", "withdrawn_on")
        read_only_fields = fields


class PostingViewSet(ScopedViewSet):
    """The postings of one's own areas. `?user=`, `?role=` and `?area=` narrow, `?today=yes` keeps those held."""

    door = Door(Right.VIEW_STAFF)
    queryset = Posting.objects.all()
    serializer_class = PostingSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Narrow by what the address asks."""
        rows: Any = super().get_queryset()
        asked = {name: str(value).replace("\x00", "") for name, value in self.request.query_params.items()}
        if asked.get("user", "").isdecimal():
            rows = rows.filter(user_id=int(asked["user"][:9]))
        if role := asked.get("role"):
            rows = rows.filter(role=role)
        if area := asked.get("area"):
            rows = rows.filter(area__code__startswith=area)
        narrowed: QuerySet[Any] = rows.in_force() if asked.get("today") == "yes" else rows
        return narrowed
