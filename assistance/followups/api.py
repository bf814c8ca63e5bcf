"""The API of follow-ups (跟踪走访): the visits that monitored households are owed, and those that were made."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from assistance.models import FollowUp
from assistance.models.decided import Decided
from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.programs.filtering import Filters, area, choice, day, key, yes_no
from foundation.accounts.roles import Right


class FollowUpSerializer(serializers.ModelSerializer[FollowUp]):
    """A follow-up: of which case, until when it is owed, and the visit that served it."""

    household = serializers.IntegerField(source="case.household_id", read_only=True)
    household_code = serializers.CharField(source="case.household.code", read_only=True)
    area = serializers.CharField(source="case.area_id", read_only=True)

    class Meta:
        model = FollowUp
        fields = (
            "id", "case", "household", "household_code", "area", "counts_from", "due_on", "level", "visit", "done_on",
            "ended_on",
        )  # fmt: skip
        read_only_fields = fields


class FollowUpFilters(Filters):
    """What narrows follow-ups."""

    case = key(_("Number of the row of one case."))
    area = area()
    owed = yes_no(_("Whether the visit is owed still."))
    level = choice(Decided.RiskLevel, _("Risk level."))
    due_by = day(_("What is due on this day or earlier."))


class FollowUpViewSet(ScopedViewSet):
    """The follow-ups of the cases of one's areas, the newest first; a visit serves them."""

    door = Door(Right.VIEW_CASES)
    queryset = FollowUp.objects.select_related("case__household")
    serializer_class = FollowUpSerializer
    filters, ordering = FollowUpFilters, "-pk"

    def narrow(self, rows: Any, asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow by what the address asks."""
        paths = {"area": "case__area__code__startswith", "due_by": "due_on__lte"}
        rows = rows.filter(
            **{paths.get(name, name): value for name, value in asked.items() if name != "owed"}
        )
        if "owed" in asked:
            owed = rows.owed()
            rows = owed if asked["owed"] == "yes" else rows.exclude(pk__in=owed.values("pk"))
        narrowed: QuerySet[Any] = rows
        return narrowed
