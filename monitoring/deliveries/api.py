"""The API of deliveries: hand in a file, read what became of it, fetch the rows that were not taken."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.models import User
from foundation.accounts.programs.filtering import Filters, area, choice, word
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.sheets import XLSX
from monitoring.deliveries.choosing import Deliverable, deliverable
from monitoring.intake import receiving, rejects
from monitoring.lifecycle import DELIVERY
from monitoring.models import Delivery

_DELIVERS = Door(Right.DELIVER_DATA)


class DeliverySerializer(serializers.ModelSerializer[Delivery]):
    """A delivery: what was taken, what was not and why, what the register makes of it. No row, nobody's number."""

    outcome = serializers.CharField(read_only=True)
    rejects = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    columns_dropped = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Delivery
        fields = (
            "id", "dataset", "area", "period", "period_last", "state", "outcome", "job", "received_on", "file_sha256",
            "file_size", "error", "rows_read", "rows_accepted", "rows_rejected", "rejects", "corrections",
            "repeated", "columns_dropped", "matched", "unmatched", "name_differs", "counted_at", "replaces",
            "supplements", "superseded_by",
        )  # fmt: skip
        read_only_fields = fields


class UploadSerializer(serializers.Serializer[Any]):
    """A file of a department: of which dataset, for which area and period. Nothing else is read."""

    dataset = serializers.CharField(max_length=40, help_text=gettext_lazy("Code of the dataset."))
    area = serializers.RegexField(r"^[0-9]{2,9}$", help_text=gettext_lazy("Code of the area it is for."))
    period = serializers.RegexField(
        r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", help_text=gettext_lazy("2026, 2026-10 or 2026-10-05.")
    )
    file = serializers.FileField(max_length=100, help_text=gettext_lazy("CSV, XLSX or XLS, zipped or not."))
    replaces = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        help_text=gettext_lazy("Delivery whose place it takes."),
    )
    supplements = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        help_text=gettext_lazy("Delivery to which it adds rows."),
    )


class HandedInSerializer(serializers.Serializer[Any]):
    """What became of a file: its delivery, which a worker now reads, or the earlier one that the same bytes are."""

    duplicate = serializers.BooleanField()
    delivery = DeliverySerializer()
    address = serializers.SerializerMethodField()
    job = serializers.SerializerMethodField()

    @extend_schema_field(OpenApiTypes.URI)
    def get_address(self, told: receiving.Delivered) -> str:
        """Return where the delivery is read."""
        return str(reverse("api:deliveries-detail", [told.delivery.pk], request=self.context["request"]))

    @extend_schema_field({"type": "string", "format": "uri", "nullable": True})
    def get_job(self, told: receiving.Delivered) -> str | None:
        """Return where the progress of the reading is told."""
        if told.delivery.job is None:
            return None
        return str(reverse("api:jobs-detail", [told.delivery.job], request=self.context["request"]))


class DeliveryFilters(Filters):
    """What narrows deliveries."""

    dataset = word(gettext_lazy("Code of the dataset."))
    period = word(gettext_lazy("Period of the delivery, such as 2026-10."))
    state = choice(DELIVERY.states.items(), gettext_lazy("State of the delivery."))
    area = area()


class WorkbookRenderer(JSONRenderer):
    """A workbook; what is refused is told in JSON all the same."""

    media_type, format = XLSX, "xlsx"
    charset, render_style = None, "binary"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        """Return the bytes as they are."""
        return data if isinstance(data, bytes) else super().render(data, *args, **kwargs)


class DeliveryViewSet(ScopedViewSet):
    """The deliveries that one may see, the newest first."""

    door = Door(Right.VIEW_DATASETS)
    doors = {"create": _DELIVERS, "rejected_rows": _DELIVERS}
    queryset = Delivery.objects.all()
    serializer_class = DeliverySerializer
    parser_classes = (MultiPartParser,)
    filters, ordering = DeliveryFilters, "-pk"

    def get_queryset(self) -> QuerySet[Any]:
        """Leave rejected rows to who delivers them; the others only read what became of a file."""
        rows: Any = super().get_queryset()
        if self.action != "rejected_rows":
            return rows
        own: QuerySet[Any] = rows.visible_to(self.request.user, Right.DELIVER_DATA)
        return own

    def narrow(self, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow by what the address asks: an area with what lies below it."""
        plain = {name: asked[name] for name in ("dataset", "period", "state") if name in asked}
        found = rows.filter(**plain)
        return found.filter(area__code__startswith=asked["area"]) if "area" in asked else found

    @extend_schema(
        summary=gettext_lazy("Hand in a file"),
        request={"multipart/form-data": UploadSerializer},
        responses={
            200: OpenApiResponse(HandedInSerializer, gettext_lazy("This very file was delivered before.")),
            202: OpenApiResponse(HandedInSerializer, gettext_lazy("The file is kept; a worker reads it.")),
        },
    )
    def create(self, request: Request) -> Response:
        """Receive a file, as the page does; a worker reads it, and the delivery tells what came of it."""
        assert isinstance(request.user, User)  # noqa: S101  (the door lets only staff pass)
        asked = UploadSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given, own = asked.validated_data, deliverable(request.user)
        told = receiving.deliver(
            given["file"],
            name=given["file"].name,
            dataset=_one(own.datasets, given["dataset"], "dataset"),
            area=_one(own.areas, given["area"], "area"),
            period=given["period"],
            by=request.user,
            replaces=_earlier(own, given.get("replaces"), "replaces"),
            supplements=_earlier(own, given.get("supplements"), "supplements"),
        )
        body = HandedInSerializer(told, context=self.get_serializer_context()).data
        return Response(body, status=200 if told.duplicate else 202, headers={"Location": body["address"]})

    @extend_schema(
        summary=gettext_lazy("The rejected rows as a workbook, to be corrected"),
        responses={(200, XLSX): OpenApiTypes.BINARY},
    )
    @action(detail=True, url_path="rejects", renderer_classes=[WorkbookRenderer, JSONRenderer])
    def rejected_rows(self, request: Request, pk: str) -> Response:
        """Give the rows that were not taken, each with what is wrong; every look is on the record."""
        assert isinstance(request.user, User)  # noqa: S101  (the door lets only staff pass)
        row = self.get_object()
        return Response(
            rejects.workbook(row, by=request.user),
            content_type=XLSX,
            headers={"Content-Disposition": f'attachment; filename="rejects-{row.pk}.xlsx"'},
        )


def _one(rows: QuerySet[Any], key: str, field: str) -> Any:
    """Return what somebody may deliver for; what they may not does not exist."""
    found = rows.filter(pk=key).first()
    if found is None:
        raise Refused(_("There is nothing here, or it belongs to another area."), field=field)
    return found


def _earlier(own: Deliverable, key: int | None, field: str) -> Delivery | None:
    if key is None:
        return None
    found = own.delivery(key)
    if found is None:
        raise Refused(_("There is nothing here, or it belongs to another area."), field=field)
    return found
