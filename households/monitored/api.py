"""The API of standings: what a household or a member counts as, from when until when; read alone."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.programs.filtering import Filters, area, choice, day, key, yes_no
from foundation.accounts.roles import Right
from households.models import Standing
from households.places import HOUSEHOLD


class StandingSerializer(serializers.ModelSerializer[Standing]):
    """A standing: of a household, or of one member; with risks and helper, as the list of monitored has them."""

    household_code = serializers.CharField(source="household.code", read_only=True)
    area = serializers.CharField(source="household.area_id", read_only=True)

    class Meta:
        model = Standing
        fields = (
            "id", "household", "household_code", "area", "resident", "kind", "from_day", "until_day", "risk_types",
            "removal_way", "helper", "measures", "net_income_per_head", "basis",
        )  # fmt: skip
        read_only_fields = fields


class StandingFilters(Filters):
    """What narrows standings."""

    household = key(_("Number of the row of one household."))
    area = area()
    kind = choice(Standing.Kind, _("What one counts as."))
    monitored = yes_no(_("Whether it is one of the three categories of monitored households."))
    on = day(_("Standings that hold on this day; without it those of every day."))


class StandingViewSet(ScopedViewSet):
    """The standings of the households of one's areas, the newest first."""

    door = Door(Right.VIEW_HOUSEHOLDS, lent=HOUSEHOLD)
    queryset = Standing.objects.select_related("household")
    serializer_class = StandingSerializer
    filters, ordering = StandingFilters, "-pk"

    def narrow(self, rows: Any, asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow by what the address asks."""
        paths = {"area": "household__area__code__startswith"}
        plain = {
            paths.get(name, name): asked[name] for name in ("household", "area", "kind") if name in asked
        }
        rows = rows.filter(**plain)
        if "on" in asked:
            rows = rows.in_force(asked["on"])
        if "monitored" in asked:
            fits = rows.filter(kind__in=Standing.MONITORED, resident__isnull=True)
            rows = fits if asked["monitored"] == "yes" else rows.exclude(pk__in=fits.values("pk"))
        narrowed: QuerySet[Any] = rows
        return narrowed
