"""The API of signals: read them, report what was heard or seen of a household, and sort a single one, as pages do."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError as Unfit
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request as ApiRequest
from rest_framework.response import Response

from alerts import amounts, deciding, reporting
from alerts.forms import AttachForm, DetachForm, ReportForm
from alerts.models import Signal
from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.models import User
from foundation.accounts.programs.filtering import Filters, key
from foundation.accounts.roles import Right
from foundation.desk.api_forms import body_of, cleaned, data_of
from households.models import Household

_SORTS = Door(Right.DISPATCH_ALERTS)


class SignalSerializer(serializers.ModelSerializer[Signal]):
    """A signal. Day and measured value are given to who reads findings there; nobody gets what was typed."""

    day = serializers.SerializerMethodField()
    measured = serializers.SerializerMethodField()

    class Meta:
        model = Signal
        fields: tuple[str, ...] = (
            "id", "alert", "channel", "finding", "standard", "event_kind", "cause", "day", "measured", "repeats",
            "attached_on", "apart", "detached_at", "retracted_at",
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


class SignalFilters(Filters):
    """What narrows signals."""

    alert = key(_("Number of the row of one warning."))


_Told: Any = body_of("ConcernTold", ReportForm)
SignalDetached: Any = body_of("SignalDetached", DetachForm)
SignalAttached: Any = body_of("SignalAttached", AttachForm)


class ConcernToldSerializer(_Told):
    """What was heard or seen of a household, as the form of the page asks it; ID numbers in it are masked."""

    household = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, help_text=_("Number of the row of the household.")
    )


class ConcernSerializer(serializers.Serializer[Any]):
    """What became of a report. Signal and warning are told to who may see the warnings of the household's village."""

    household = serializers.IntegerField()
    signal = serializers.IntegerField(allow_null=True)
    alert = serializers.IntegerField(allow_null=True)
    channel = serializers.CharField()
    event_kind = serializers.CharField()
    day = serializers.DateField()


class SignalCauseSerializer(serializers.Serializer[Any]):
    """Whether a signal tells of an event of its own, or belongs to the cause that its day and person name."""

    apart = serializers.BooleanField(help_text=_("Whether it is an event of its own."))


class SignalViewSet(ScopedViewSet):
    """The signals of the alerts that one may see, and reports of concern."""

    door = Door(Right.VIEW_ALERTS)
    doors = {"create": Door(Right.REPORT_CONCERNS), "detach": _SORTS, "attach": _SORTS, "cause": _SORTS}
    queryset = Signal.objects.select_related("alert")
    serializer_class = SignalSerializer
    filters = SignalFilters

    def narrow(self, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow to one alert."""
        return rows.filter(**asked)

    @extend_schema(request=ConcernToldSerializer, responses={201: ConcernSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Report what was heard or seen of a household: it joins the open warning there, or opens one."""
        body = ConcernToldSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        given, by = dict(body.validated_data), cast(User, request.user)
        home = _household(given.pop("household"), by)
        form = ReportForm(data_of(given), household=home)
        cleaned(form)
        made = reporting.report(home, form.told(), by=by)
        seen = Signal.objects.visible_to(by).filter(pk=made.pk).exists()
        told = {
            "household": home.pk, "signal": made.pk if seen else None, "alert": made.alert_id if seen else None,
            "channel": made.channel, "event_kind": made.event_kind, "day": made.day,
        }  # fmt: skip
        return Response(ConcernSerializer(told).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=SignalDetached, responses=SignalSerializer)
    @action(detail=True, methods=["post"])
    def detach(self, request: ApiRequest, **_key: Any) -> Response:
        """Say that a signal does not belong to its warning; it stays to be seen and counts no longer."""
        return self._sorted(request, SignalDetached, DetachForm, deciding.detach)

    @extend_schema(request=SignalAttached, responses=SignalSerializer)
    @action(detail=True, methods=["post"])
    def attach(self, request: ApiRequest, **_key: Any) -> Response:
        """Say that a detached signal belongs to its warning after all."""
        return self._sorted(request, SignalAttached, AttachForm, deciding.attach_again)

    @extend_schema(request=SignalCauseSerializer, responses=SignalSerializer)
    @action(detail=True, methods=["post"])
    def cause(self, request: ApiRequest, **_key: Any) -> Response:
        """Make a signal a cause of its own, or put it back to the cause that its day and person name."""
        row = self.get_object()
        body = SignalCauseSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        done = deciding.separate(row, apart=body.validated_data["apart"], by=cast(User, request.user))
        return Response(self.get_serializer(done).data)

    def _sorted(
        self, request: ApiRequest, body: Any, asked: type[forms.Form], act: Callable[..., Signal]
    ) -> Response:
        row = self.get_object()
        sent = body(data=request.data)
        sent.is_valid(raise_exception=True)
        given = cleaned(asked(data_of(sent.validated_data)))
        done = act(row, by=cast(User, request.user), reason=given["reason"])
        return Response(self.get_serializer(done).data)


def _household(wanted: int, by: User) -> Household:
    """Return the household of a report, of the areas in which one reports; another is refused like none."""
    found = Household.objects.visible_to(by, Right.REPORT_CONCERNS).filter(pk=wanted).first()
    if found is None:
        raise Unfit({"household": [gettext("No household of your areas has this number.")]})
    return found
