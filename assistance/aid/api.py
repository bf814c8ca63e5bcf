"""The API of aid: write down what came to a household, stop it, have it acknowledged; as its pages do."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError as Unfit
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request as ApiRequest
from rest_framework.response import Response

from assistance.aid import recording, tables
from assistance.aid.forms import AidForm
from assistance.aid.lifecycle import AID
from assistance.aid.offering import offered
from assistance.aid.rules import may_change, may_record
from assistance.catalogue.book import measure as declared_measure
from assistance.models import AidRecord, Case, Measure
from assistance.places import CASE
from assistance.views.aid import ACTS
from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.models import User
from foundation.accounts.programs.filtering import Filters, area, choice, day, key, word, yes_no
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.api_forms import body_of, cleaned, data_of
from foundation.desk.api_moves import ApiMove, MovesMixin, NamedAct, OffersField, moving
from foundation.workflow.offers import Offer

_DOOR = Door(Right.VIEW_CASES, also=(Right.ANSWER_MEASURES,), lent=CASE)


class AidSerializer(serializers.ModelSerializer[AidRecord]):
    """An aid record: what was given, when, by whom, and how the household acknowledged it.

    The case is told to who sees it, and whom it is for as far as the reader may know.
    """

    case = serializers.SerializerMethodField()
    area = serializers.CharField(source="case.area_id", read_only=True)
    who = serializers.SerializerMethodField()

    class Meta:
        model = AidRecord
        fields: tuple[str, ...] = (
            "id", "version", "state", "case", "area", "measure", "who", "code", "kind", "name", "per", "landed_on",
            "until_month", "stopped_month", "amount", "service", "department", "payer", "note", "feed", "recorded_on",
            "acknowledged_how", "acknowledged_on",
        )  # fmt: skip
        read_only_fields = fields

    def get_case(self, row: Any) -> int | None:
        """Return the case, to who sees it."""
        return row.case_id if row.sees_case else None

    def get_who(self, row: AidRecord) -> str:
        """Name the member, or say that it is the household."""
        # One for all rows of a list: it reads which cases are lent.
        context: Any = self.context
        if "names" not in context:
            context["names"] = tables.Names(self.context["request"].user)
        return str(context["names"].who(row))


class AidDetailSerializer(AidSerializer):
    """One aid record, with the acts that are the reader's to do."""

    may = OffersField()

    class Meta(AidSerializer.Meta):
        fields: tuple[str, ...] = (*AidSerializer.Meta.fields, "acknowledged_by", "may")
        read_only_fields = fields


_Told: Any = body_of("AidTold", AidForm)


class AidToldSerializer(_Told):
    """Aid as it is told: what the form of the page asks, of which case and which help of the catalogue.

    With `measure` it is the aid of that measure, and `code` may be left out.
    """

    case = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text=_("Number of the row of the case.")
    )
    measure = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text=_("Number of the row of the measure.")
    )
    code = serializers.CharField(required=False, max_length=30, help_text=_("Code of the catalogue."))


class AidFilters(Filters):
    """What narrows aid records."""

    state = choice(AID.states.items(), _("Whether it counts or was struck out."))
    case = key(_("Number of the row of one case."))
    measure = key(_("Number of the row of one measure."))
    area = area()
    kind = word(_("Kind of help, as the catalogue names it."))
    acknowledged = yes_no(_("Whether the household acknowledged it."))
    landed_from = day(_("What landed on this day and later."))
    landed_to = day(_("What landed on this day and earlier."))


def _nothing(_row: AidRecord, _user: User) -> dict[str, Any]:
    return {}


def _act(form: type[Any], act: Callable[..., object]) -> ApiMove:
    return ApiMove(form, lambda row, asked, by: act(row, asked.cleaned_data, by), _nothing, extra=True)


MOVES: Mapping[str, ApiMove] = {verb: _act(form, act) for verb, (form, act) in ACTS.items()}


@moving("Aid", MOVES)
class AidViewSet(MovesMixin, ScopedViewSet):
    """The aid of the cases that one may see, and of what one's office was asked for; the newest first."""

    door = _DOOR
    doors = {"create": _DOOR}
    queryset = AidRecord.objects.select_related("case__household", "resident", "department", "measure")
    serializer_class = AidSerializer
    detail_class = AidDetailSerializer
    filters, ordering, names_colleagues = AidFilters, "-pk", False

    def get_queryset(self) -> QuerySet[Any]:
        """Say with each record whether its case may be seen."""
        seen = Case.objects.visible_to(self.request.user).filter(pk=OuterRef("case"))  # type: ignore[arg-type]
        return super().get_queryset().annotate(sees_case=Exists(seen))

    def narrow(self, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow by what the address asks; by a case only who sees it."""
        paths = {
            "area": "case__area__code__startswith", "landed_from": "landed_on__gte", "landed_to": "landed_on__lte",
        }  # fmt: skip
        wanted = {paths.get(name, name): value for name, value in asked.items() if name != "acknowledged"}
        if "case" in asked:
            wanted["sees_case"] = True
        if "acknowledged" in asked:
            unsaid = rows.filter(acknowledged_how="")
            rows = rows.exclude(acknowledged_how="") if asked["acknowledged"] == "yes" else unsaid
        return rows.filter(**wanted)

    @extend_schema(request=AidToldSerializer, responses={201: AidDetailSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Write down aid that came to a household, with the form of its page. Receipts follow on the pages."""
        body = AidToldSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        given = dict(body.validated_data)
        by = request.user
        assert isinstance(by, User)  # noqa: S101  (the door lets only staff pass)
        case, promised = _about(given.pop("case", None), given.pop("measure", None), by)
        if not may_record(case, by, promised):
            raise PermissionDenied(gettext("Aid of this household is not yours to record."))
        declared = declared_measure(promised.code if promised else given.get("code", ""))
        given.pop("code", None)
        if declared is None:
            raise Unfit({"code": [gettext("There is no such help in the catalogue.")]})
        names = tables.Names(by)
        form = AidForm(
            data_of(given), case=case, declared=declared, measure=promised,
            name=lambda person: names.member(person, case.pk),
        )  # fmt: skip
        cleaned(form)
        made = recording.record_aid(case, form.aid(), by=by)
        shown = self.get_queryset().get(pk=made.pk)
        return Response(self.get_serializer(shown).data, status=status.HTTP_201_CREATED)

    def check_may(self, row: AidRecord, verb: str) -> None:
        """Refuse whose record it is not (403), and what is not possible as it stands."""
        user: Any = self.request.user
        if not may_change(row, user):
            raise PermissionDenied(gettext("Aid of this household is not yours to record."))
        if verb not in dict(offered(row, user)):
            raise Refused(gettext("This is not yours to do, or it is not possible as the record stands now."))

    def offers_of(self, row: AidRecord) -> list[Offer]:
        """Return the acts of the reader, as the page offers them."""
        user: Any = self.request.user
        return [Offer(NamedAct(verb, words)) for verb, words in offered(row, user)]  # type: ignore[arg-type]


def _about(case: int | None, measure: int | None, by: User) -> tuple[Case, Measure | None]:
    """Return what aid is recorded of: a case that one sees, or a measure that one's office was asked for."""
    if measure is not None:
        rows = Measure.objects.visible_to(by).select_related("case__household", "case__area", "resident")
        promised = rows.filter(pk=measure, **({"case": case} if case else {})).first()
        if promised is None:
            raise Unfit({"measure": [gettext("There is no such measure in your areas.")]})
        return promised.case, promised
    found = (
        Case.objects.visible_to(by)
        .select_related("household", "area", "standing")
        .filter(pk=case or 0)
        .first()
    )
    if found is None:
        raise Unfit({"case": [gettext("There is no such case in your areas.")]})
    return found, None
