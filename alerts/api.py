"""The API of alerts: read-only, through the doors of the pages; amounts for who reads findings."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from alerts import amounts
from alerts.models import Alert, Signal
from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.roles import Right


class AlertSerializer(serializers.ModelSerializer[Alert]):
    """An alert: which household, why, how urgent, how far. No names and no amounts."""

    household_code = serializers.CharField(source="household.code", read_only=True)

    class Meta:
        model = Alert
        fields = (
            "id", "household", "household_code", "area", "state", "priority", "parts", "band", "already_monitored",
            "channels", "standards", "themes", "repeats", "opened_on", "woke", "outcome", "closed_on", "quiet_until",
            "merged_into", "follows", "reopened", "baseless_on",
        )  # fmt: skip
        read_only_fields = fields


class AlertViewSet(ScopedViewSet):
    """The alerts that one may see, the most urgent first. `?state=`, `?standard=`, `?theme=`, `?area=` narrow."""

    door = Door(Right.VIEW_ALERTS)
    queryset = Alert.objects.select_related("household").order_by("-priority", "pk")
    serializer_class = AlertSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Narrow by what the address asks: an area with what lies below it."""
        rows: QuerySet[Any] = super().get_queryset()
        asked = {name: str(value).replace("\x00", "") for name, value in self.request.query_params.items()}
        if state := asked.get("state"):
            rows = rows.filter(state=state)
        for name, column in (("standard", "standards"), ("theme", "themes"), ("channel", "channels")):
            if value := asked.get(name):
                rows = rows.filter(**{f"{column}__contains": [value]})
        return rows.filter(area__code__startswith=asked["area"]) if asked.get("area") else rows


class SignalSerializer(serializers.ModelSerializer[Signal]):
    """A signal. Day and measured value are given to who reads findings there; nobody gets what was typed."""

    day = serializers.SerializerMethodField()
    measured = serializers.SerializerMethodField()

    class Meta:
        model = Signal
        fields = (
            "id", "alert", "channel", "finding", "standard", "event_kind", "cause", "day", "measured", "repeats",
            "attached_on", "detached_at", "retracted_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_day(self, row: Signal) -> str:
        """Return the day, or the month for who reads no findings."""
        return row.day.isoformat() if self._exact(row) else f"{row.day:%Y-%m}"

    def get_measured(self, row: Signal) -> str | None:
        """Return what was measured, to who reads findings."""
        return amounts.text(row.measured, row.standard_id or "") if self._exact(row) else None

    def _exact(self, row: Signal) -> bool:
        user = self.context["request"].user
        return bool(user.holds(Right.VIEW_FINDINGS, row.alert.area_id))


class SignalViewSet(ScopedViewSet):
    """The signals of the alerts that one may see. `?alert=` narrows."""

    door = Door(Right.VIEW_ALERTS)
    queryset = Signal.objects.select_related("alert").order_by("pk")
    serializer_class = SignalSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Narrow to one alert."""
        rows: QuerySet[Any] = super().get_queryset()
        alert = self.request.query_params.get("alert", "")
        return rows.filter(alert=int(alert)) if alert.isdecimal() else rows
