"""The API of plans (一户一策): making the next version, every version with its lines, and the township's answer."""

from collections.abc import Mapping
from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request as ApiRequest
from rest_framework.response import Response

from assistance.lifecycle_of_help import PLAN
from assistance.measures.api import case_to_help
from assistance.measures.selectors import of_case, risks_of
from assistance.models import Plan
from assistance.places import CASE
from assistance.plans import making
from assistance.plans.checking import gaps_of
from assistance.plans.forms import PlanForm
from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.models import User
from foundation.accounts.programs.filtering import Filters, area, choice, key
from foundation.accounts.roles import Right
from foundation.desk.api_forms import body_of, cleaned, data_of
from foundation.desk.api_moves import ApiMove, MovesMixin, OffersField, moving, plain_move
from foundation.workflow.move import Request
from households.api_openings import OpeningsMixin
from households.models import Household


class PlanLineSerializer(serializers.Serializer[Any]):
    """One line of a version: the risk, the measure against it, where it stood then and where it stands now."""

    measure = serializers.IntegerField(source="measure_id")
    name = serializers.CharField(source="measure.name")
    risk_type = serializers.CharField(allow_blank=True)
    stood = serializers.CharField(source="state", help_text=_("State of the measure when the plan was made."))
    stands = serializers.CharField(source="measure.state", help_text=_("State of the measure now."))


class VersionSerializer(serializers.Serializer[Any]):
    """A version of the plan of a household, in short."""

    id = serializers.IntegerField()
    number = serializers.IntegerField()
    state = serializers.CharField()
    made_on = serializers.DateField()


class PlanSerializer(serializers.ModelSerializer[Plan]):
    """A version of a plan: its risks, its aim, and what the township said."""

    household = serializers.IntegerField(source="case.household_id", read_only=True)
    area = serializers.CharField(source="case.area_id", read_only=True)
    risk_types = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Plan
        fields: tuple[str, ...] = (
            "id", "version", "state", "case", "household", "area", "number", "risk_types", "aim", "no_development",
            "revisit_on", "made_on", "due_on", "decided_on", "decision",
        )  # fmt: skip
        read_only_fields = fields


class PlanDetailSerializer(PlanSerializer):
    """One version with its lines, the other versions, and the moves that are the reader's to make."""

    lines = serializers.SerializerMethodField()
    versions = serializers.SerializerMethodField()
    may = OffersField()

    class Meta(PlanSerializer.Meta):
        fields: tuple[str, ...] = (*PlanSerializer.Meta.fields, "lines", "versions", "may")
        read_only_fields = fields

    @extend_schema_field(PlanLineSerializer(many=True))
    def get_lines(self, row: Plan) -> list[dict[str, Any]]:
        """Return the lines as they stood, in their order."""
        rows = row.lines.select_related("measure").order_by("pk")
        told: Any = PlanLineSerializer(rows, many=True).data
        return list(told)

    @extend_schema_field(VersionSerializer(many=True))
    def get_versions(self, row: Plan) -> list[dict[str, Any]]:
        """Return every version of the same case, the newest first."""
        rows = Plan.objects.visible_to(self.context["request"].user).filter(case=row.case_id)
        told: Any = VersionSerializer(rows.order_by("-number"), many=True).data
        return list(told)


_Told: Any = body_of("PlanTold", PlanForm)


class PlanToldSerializer(_Told):
    """What the next version says beside its measures; why nothing develops the household, where that is owed."""

    case = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, help_text=_("Number of the row of the case.")
    )


class PlanFilters(Filters):
    """What narrows plans."""

    state = choice(PLAN.states.items(), _("State of the version."))
    case = key(_("Number of the row of one case."))
    area = area()


def _approve(row: Plan, asked: Request, by: User) -> object:
    return making.approve(row, by=by, on=asked.on)


def _send_back(row: Plan, asked: Request, by: User) -> object:
    return making.send_back(row, asked.reason, by=by, on=asked.on)


def _take_back(row: Plan, asked: Request, by: User) -> object:
    return making.take_back(row, asked.reason, by=by, on=asked.on)


MOVES: Mapping[str, ApiMove] = {
    "approve": plain_move(_approve, "approve", needs_reason=False),
    "return": plain_move(_send_back, "return", needs_reason=True),
    "withdraw": plain_move(_take_back, "withdraw", needs_reason=True),
}


@moving("Plan", MOVES)
class PlanViewSet(MovesMixin, OpeningsMixin, ScopedViewSet):
    """The plans of the cases that one may see, the newest version first; opening one is on the record."""

    door = Door(Right.VIEW_CASES, lent=CASE)
    doors = {"create": Door(Right.PLAN_HELP, lent=CASE)}
    queryset = Plan.objects.select_related("case__household")
    serializer_class = PlanSerializer
    detail_class = PlanDetailSerializer
    filters, ordering, names_colleagues = PlanFilters, "-pk", False

    def narrow(self, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow by what the address asks."""
        paths = {"area": "case__area__code__startswith"}
        return rows.filter(**{paths.get(name, name): value for name, value in asked.items()})

    @extend_schema(request=PlanToldSerializer, responses={201: PlanDetailSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Make the next version from the measures that stand now, and hand it to the township."""
        body = PlanToldSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        given, by = dict(body.validated_data), cast(User, request.user)
        case = case_to_help(given.pop("case"), by)
        gaps = gaps_of(case, risks_of([case])[case.pk], of_case(case))
        form = PlanForm(data_of(given), gaps=gaps)
        cleaned(form)
        made = making.submit(case, form.wanted(), by=by)
        shown = self.get_queryset().get(pk=made.pk)
        return Response(self.get_serializer(shown).data, status=status.HTTP_201_CREATED)

    def household_of(self, row: Plan) -> Household:
        """Return the household of the case."""
        return row.case.household
