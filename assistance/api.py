"""The API of cases: where each stands on its chain, its last days, its history, and the moves that need no paper."""

import datetime
from collections.abc import Mapping
from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request as ApiRequest
from rest_framework.response import Response

from assistance.aid.totals import by_year
from assistance.api_moves import MOVES
from assistance.enrolment import barriers
from assistance.lifecycle import CASE as LIFECYCLE
from assistance.measures.api_suggesting import OfferedSerializer, offered
from assistance.models import AidRecord, Case
from assistance.places import CASE
from assistance.ribbon import links
from foundation.accounts import clock
from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.models import User
from foundation.accounts.programs.filtering import Filters, area, choice, day, key, word
from foundation.accounts.roles import Right
from foundation.desk.api_moves import MovesMixin, OffersField, moving
from foundation.workflow.offers import Offer
from households.api_openings import OpeningsMixin
from households.models import Standing
from households.openings import record_opening


class LinkSerializer(serializers.Serializer[Any]):
    """One step of the chain of a case: done, open, late, skipped or ahead; with whom it lies."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    tone = serializers.ChoiceField(
        choices=[(each, each) for each in ("done", "open", "late", "skipped", "ahead")]
    )
    day = serializers.DateField(allow_null=True)
    due = serializers.DateField(allow_null=True)
    who = serializers.CharField(allow_blank=True)
    documents = serializers.ListField(child=serializers.CharField())
    returned = serializers.IntegerField()
    detail = serializers.CharField(allow_blank=True)


class MemberSerializer(serializers.Serializer[Any]):
    """Somebody whom a case counts, and until when."""

    resident = serializers.IntegerField(source="resident_id")
    left_on = serializers.DateField(allow_null=True)


class CaseSerializer(serializers.ModelSerializer[Case]):
    """A case: of which household, how it came, what it waits for and until when, what was decided. No names."""

    number = serializers.CharField(read_only=True)
    household_code = serializers.CharField(source="household.code", read_only=True)

    class Meta:
        model = Case
        fields: tuple[str, ...] = (
            "id", "version", "number", "state", "household", "household_code", "area", "origin", "alert", "visit",
            "opened_on", "first_clue_on", "waits_for", "step_due_on", "total_due_on", "returned", "fast_track",
            "papers_due_on", "standing", "category", "risk_types", "level", "no_labour", "decided_on", "ended_on",
        )  # fmt: skip
        read_only_fields = fields


class CaseDetailSerializer(CaseSerializer):
    """One case with its chain, whom it counts, and the moves that are the reader's to make."""

    chain = serializers.SerializerMethodField()
    members = serializers.SerializerMethodField()
    may = OffersField()

    class Meta(CaseSerializer.Meta):
        fields: tuple[str, ...] = (*CaseSerializer.Meta.fields, "chain", "members", "may")
        read_only_fields = fields

    @extend_schema_field(LinkSerializer(many=True))
    def get_chain(self, row: Case) -> list[dict[str, Any]]:
        """Return the steps of the chain, in their order; none for a case from before this platform."""
        told: Any = LinkSerializer(links(row, self.context["request"].user), many=True).data
        return list(told)

    @extend_schema_field(MemberSerializer(many=True))
    def get_members(self, row: Case) -> list[dict[str, Any]]:
        """Return whom it counts, and who no longer."""
        told: Any = MemberSerializer(row.members.order_by("left_on", "pk"), many=True).data
        return list(told)


class AidYearSerializer(serializers.Serializer[Any]):
    """The aid of one calendar year: its yuan by the months that have come, how many aids, and those without a sum."""

    year = serializers.IntegerField()
    yuan = serializers.DecimalField(max_digits=14, decimal_places=2)
    aids = serializers.IntegerField()
    services = serializers.IntegerField()


class AidYearsSerializer(serializers.Serializer[Any]):
    """The aid of a case by calendar year, the newest first."""

    years = AidYearSerializer(many=True)


class CaseFilters(Filters):
    """What narrows cases."""

    state = choice(LIFECYCLE.states.items(), _("State of the case."))
    area = area()
    household = key(_("Number of the row of one household."))
    category = choice(
        [(each.value, each.label) for each in Standing.MONITORED], _("Category that was decided.")
    )
    origin = choice(Case.Origin, _("How the household came here."))
    level = choice(Case.RiskLevel, _("Risk level."))
    step = word(_("Code of a step of the chain for which it waits."))
    opened_from = day(_("Cases opened on this day and later."))
    opened_to = day(_("Cases opened on this day and earlier."))
    due_by = day(_("Cases whose step is due on this day or earlier."))


@moving("Case", MOVES)
class CaseViewSet(MovesMixin, OpeningsMixin, ScopedViewSet):
    """The cases that one may see, the newest first; opening one is on the record, as on its page."""

    door = Door(Right.VIEW_CASES, lent=CASE)
    queryset = Case.objects.select_related("household")
    serializer_class = CaseSerializer
    detail_class = CaseDetailSerializer
    filters, ordering = CaseFilters, "-pk"

    def narrow(self, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow by what the address asks."""
        paths = {
            "area": "area__code__startswith", "opened_from": "opened_on__gte", "opened_to": "opened_on__lte",
            "due_by": "step_due_on__lte",
        }  # fmt: skip
        wanted: dict[str, str | int | datetime.date | list[str]] = {
            paths.get(name, name): value for name, value in asked.items() if name != "step"
        }
        if "step" in asked:
            wanted["waits_for__contains"] = [asked["step"]]
        return rows.filter(**wanted)

    def offers_of(self, row: Case) -> list[Offer]:
        """Add what stands before a move of a case now, as its page says it."""
        return [
            Offer(each.move, each.blocked or barriers.before(each.move.verb, row))
            for each in super().offers_of(row)
        ]

    @extend_schema(responses=AidYearsSerializer)
    @action(detail=True, methods=["get"], url_path="aid-by-year", url_name="aid-by-year")
    def aid_by_year(self, request: ApiRequest, **_key: Any) -> Response:
        """What the household of a case got in each calendar year, as the page of the case adds it up."""
        row, user = self.get_object(), cast(User, request.user)
        years = by_year(AidRecord.objects.visible_to(user).filter(case=row), clock.today())
        return Response(AidYearsSerializer({"years": years}).data)

    @extend_schema(responses=OfferedSerializer)
    @action(detail=True, methods=["get"], url_path="suggestions", url_name="suggestions")
    def suggestions(self, request: ApiRequest, **_key: Any) -> Response:
        """What the catalogue suggests for the household of a case, each with why, and what it does not suggest."""
        row = self.get_object()
        record_opening(row.household, by=cast(User, request.user), through="api")
        return Response(offered(row))
