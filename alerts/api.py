"""The API of alerts: read and moved through the doors of their pages; amounts for who reads findings."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from alerts.api_moves import MOVES, side_acts
from alerts.lifecycle import ALERT
from alerts.models import Alert, Channel
from alerts.verification import barriers
from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.programs.filtering import Filters, area, choice, key, word
from foundation.accounts.roles import Right
from foundation.desk.api_moves import MovesMixin, NamedAct, OffersField, moving
from foundation.workflow.offers import Offer
from monitoring.screening.terms import Theme


class PartSerializer(serializers.Serializer[Any]):
    """One part of a priority: so many of something, and their points together."""

    code = serializers.CharField()
    count = serializers.IntegerField()
    points = serializers.IntegerField()


class AlertSerializer(serializers.ModelSerializer[Alert]):
    """An alert: which household, why, how urgent, how far, with whom. No names and no amounts."""

    household_code = serializers.CharField(source="household.code", read_only=True)
    parts = PartSerializer(many=True, read_only=True)

    class Meta:
        model = Alert
        fields: tuple[str, ...] = (
            "id", "version", "household", "household_code", "area", "state", "priority", "parts", "band",
            "already_monitored", "channels", "standards", "themes", "repeats", "opened_on", "woke", "outcome",
            "closed_on", "quiet_until", "merged_into", "follows", "reopened", "baseless_on", "visitor", "visit",
            "opinion", "reported_outcome", "returned", "unanswered", "recheck", "relook_on", "snoozed_until",
            "step_due_on", "total_due_on", "urged",
        )  # fmt: skip
        read_only_fields = fields


class AlertDetailSerializer(AlertSerializer):
    """One alert, with the moves that are the reader's to make."""

    may = OffersField()

    class Meta(AlertSerializer.Meta):
        fields: tuple[str, ...] = (*AlertSerializer.Meta.fields, "may")
        read_only_fields = fields


class AlertFilters(Filters):
    """What narrows alerts."""

    state = choice(ALERT.states.items(), _("State of the warning."))
    standard = word(_("Code of a warning standard by which it stands."))
    theme = choice(Theme, _("Theme of one of its standards."))
    channel = choice(Channel, _("How one of its signals came."))
    area = area()
    household = key(_("Number of the row of one household."))


@moving("Alert", MOVES)
class AlertViewSet(MovesMixin, ScopedViewSet):
    """The alerts that one may see, in the order in which they came, and every move that their pages offer."""

    door = Door(Right.VIEW_ALERTS)
    queryset = Alert.objects.select_related("household")
    serializer_class = AlertSerializer
    detail_class = AlertDetailSerializer
    filters = AlertFilters

    def narrow(self, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow by what the address asks: an area with what lies below it."""
        wanted = {name: asked[name] for name in ("state", "household") if name in asked}
        for name, column in (("standard", "standards"), ("theme", "themes"), ("channel", "channels")):
            if name in asked:
                wanted[f"{column}__contains"] = [asked[name]]
        if "area" in asked:
            wanted["area__code__startswith"] = asked["area"]
        return rows.filter(**wanted)

    def offers_of(self, row: Alert) -> list[Offer]:
        """Add what stands before a move of an alert now, and its side acts, as its page says them."""
        user: Any = self.request.user
        found = [
            Offer(each.move, each.blocked or barriers.before(each.move.verb, row))
            for each in super().offers_of(row)
        ]
        return [*found, *(Offer(NamedAct(*each)) for each in side_acts(row, user))]  # type: ignore[arg-type]
