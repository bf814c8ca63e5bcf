"""The API of measures: choosing them, what was asked of which office for whom, and the answers.

An office learns whom it is asked for, never why.
"""

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.core.exceptions import ValidationError as Unfit
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request as ApiRequest
from rest_framework.response import Response

from assistance.aid import of_answers
from assistance.aid.rules import may_record
from assistance.lifecycle_of_help import MEASURE
from assistance.measures import answering, ending, offering, ticking
from assistance.measures.forms import LandForm, StopForm
from assistance.measures.tables import Names, with_all
from assistance.models import Case, Measure
from assistance.places import CASE
from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.models import User
from foundation.accounts.programs.filtering import Filters, area, choice, day, key, word
from foundation.accounts.roles import Right
from foundation.desk.api_moves import ApiMove, MovesMixin, OffersField, moving, plain_move
from foundation.workflow.models import Passage
from foundation.workflow.move import Request
from foundation.workflow.offers import Offer, history

#: Most measures that are chosen in one act: the catalogue has fewer.
MOST_TICKS = 100


class MeasureSerializer(serializers.ModelSerializer[Measure]):
    """A measure: what is asked of whom, for whom as far as the reader may know, and what was answered.

    Case and risk are told to who sees the case; the ID number is masked.
    """

    case = serializers.SerializerMethodField()
    risk_type = serializers.SerializerMethodField()
    who = serializers.SerializerMethodField()
    id_number = serializers.SerializerMethodField()
    area = serializers.CharField(source="case.area_id", read_only=True)
    first_aid = serializers.DateField(read_only=True, allow_null=True)

    class Meta:
        model = Measure
        fields: tuple[str, ...] = (
            "id", "version", "state", "case", "area", "code", "kind", "name", "develops", "risk_type", "who",
            "id_number", "department", "note", "ticked_on", "asked_on", "due_on", "answered_on", "landed_on",
            "amount", "per", "until_day", "stopped_on", "answer", "kept_area", "first_aid",
        )  # fmt: skip
        read_only_fields = fields

    def get_case(self, row: Any) -> int | None:
        """Return the case, to who sees it."""
        return row.case_id if row.sees_case else None

    def get_risk_type(self, row: Any) -> str | None:
        """Return the risk that it answers, to who sees the case: an office learns whom and what, never the reason."""
        return row.risk_type if row.sees_case else None

    def get_who(self, row: Measure) -> str:
        """Name the member, or the household by its head; masked for an office."""
        return self._names().who(row)

    def get_id_number(self, row: Measure) -> str:
        """Return the masked number."""
        return self._names().number(row)

    def _names(self) -> Names:
        # One for all rows of a list: it reads which cases are lent.
        context: Any = self.context
        if "names" not in context:
            context["names"] = Names(self.context["request"].user)
        names: Names = context["names"]
        return names


class MeasureDetailSerializer(MeasureSerializer):
    """One measure, with the moves that are the reader's to make."""

    may = OffersField()

    class Meta(MeasureSerializer.Meta):
        fields: tuple[str, ...] = (*MeasureSerializer.Meta.fields, "may")
        read_only_fields = fields


class TickSerializer(serializers.Serializer[Any]):
    """One choice: a code of the catalogue, for a member (none: the household), against a risk (empty: development)."""

    code = serializers.CharField(max_length=60)
    resident = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=2**63 - 1,
        help_text=_("Number of the row of the member; left out for the household as a whole."),
    )  # fmt: skip
    risk_type = serializers.CharField(required=False, allow_blank=True, max_length=10)


class TicksSerializer(serializers.Serializer[Any]):
    """What is chosen for the household of a case, all of it or, with the first refusal, none."""

    case = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, help_text=_("Number of the row of the case.")
    )
    ticks = serializers.ListField(
        child=TickSerializer(), min_length=1, max_length=MOST_TICKS, allow_empty=False
    )
    note = serializers.CharField(required=False, allow_blank=True, max_length=ticking.LONGEST_NOTE)


class TickedSerializer(serializers.Serializer[Any]):
    """What became of the choices: the measures that stand now, and how many of them went to their offices."""

    measures = MeasureSerializer(many=True)
    asked = serializers.IntegerField()


class MeasureFilters(Filters):
    """What narrows measures."""

    state = choice(MEASURE.states.items(), _("State of the measure."))
    case = key(_("Number of the row of one case."))
    area = area()
    department = word(_("Code of the department that is asked."))
    kind = word(_("Kind of help, as the catalogue names it."))
    due_by = day(_("What is to be answered on this day or earlier."))


def _about(row: Measure, user: User) -> dict[str, Any]:
    return {"measure": row, "may_record": may_record(row.case, user, row)}


def _because(verb: str, act: Callable[..., object]) -> ApiMove:
    def run(row: Measure, asked: Request, by: User) -> object:
        return act(row, asked.reason, by=by, on=asked.on)

    return plain_move(run, verb, needs_reason=True)


MOVES: Mapping[str, ApiMove] = {
    "land": ApiMove(
        LandForm,
        lambda row, form, by: of_answers.land(row, form.told(), by=by, record=form.records()),
        _about,
    ),
    "refuse": _because("refuse", answering.refuse),
    "take_back": _because("take_back", of_answers.answer_again),
    "stop": ApiMove(
        StopForm,
        lambda row, form, by: ending.stop(
            row, form.cleaned_data["stopped_on"], form.cleaned_data["reason"], by=by
        ),
        lambda _row, _user: {},
    ),
    "go_on": plain_move(
        lambda row, asked, by: ending.go_on(row, asked.reason, by=by), "go_on", needs_reason=True
    ),
    "ask_again": _because("ask_again", ticking.ask_again),
    "withdraw": _because("withdraw", ticking.withdraw),
}


@moving("Measure", MOVES)
class MeasureViewSet(MovesMixin, ScopedViewSet):
    """The measures of the cases that one may see, and those that one's office was asked for; the newest first."""

    door = Door(Right.ANSWER_MEASURES, also=(Right.VIEW_CASES,), lent=CASE)
    doors = {"create": Door(Right.PLAN_HELP, lent=CASE)}
    queryset = Measure.objects.all()
    serializer_class = MeasureSerializer
    detail_class = MeasureDetailSerializer
    filters, ordering, names_colleagues = MeasureFilters, "-pk", False

    def get_queryset(self) -> QuerySet[Any]:
        """Read with each measure what is shown of it, and whether its case may be seen."""
        seen = Case.objects.visible_to(cast(User, self.request.user)).filter(pk=OuterRef("case"))
        return with_all(super().get_queryset()).annotate(sees_case=Exists(seen))  # type: ignore[arg-type]

    def narrow(self, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow by what the address asks; by a case only who sees it."""
        paths = {"area": "case__area__code__startswith", "due_by": "due_on__lte"}
        seen = {"sees_case": True} if "case" in asked else {}
        return rows.filter(**seen, **{paths.get(name, name): value for name, value in asked.items()})

    @extend_schema(request=TicksSerializer, responses={201: TickedSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Choose measures for a household, as the page of its case does; those that may go to their offices do.

        What is suggested, with the reasons, stands at `/cases/{id}/suggestions/`.
        """
        body = TicksSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        given, by = body.validated_data, cast(User, request.user)
        case = case_to_help(given["case"], by)
        ticks = [
            ticking.Tick(each["code"], each.get("resident"), each.get("risk_type", ""), given.get("note", ""))
            for each in given["ticks"]
        ]
        done = ticking.tick(case, ticks, by=by)
        rows = self.get_queryset().filter(pk__in=[each.pk for each in done.made]).order_by("pk")
        context = self.get_serializer_context()
        told = {"measures": MeasureSerializer(rows, many=True, context=context).data, "asked": done.asked}
        return Response(told, status=status.HTTP_201_CREATED)

    def check_may(self, row: Measure, verb: str) -> None:
        """Refuse the answer of another office, and what is for who helps the household."""
        if not offering.is_theirs(row, self.request.user, verb):  # type: ignore[arg-type]
            raise PermissionDenied(
                gettext("This is not yours to do, or it is not possible as the measure stands now.")
            )
        super().check_may(row, verb)

    def offers_of(self, row: Measure) -> list[Offer]:
        """Return the moves of the reader, as the page offers them."""
        found = offering.offered(row, self.request.user)  # type: ignore[arg-type]
        return [Offer(row.lifecycle.find(verb)) for verb in found]

    def history_of(self, row: Measure) -> QuerySet[Passage]:
        """Return what was done with it; why its case ended is not for the office, as on the page."""
        return history(row).exclude(reason="case_ended")


def case_to_help(wanted: int, by: User) -> Case:
    """Return a case that `by` may see, for choosing help; another is refused like none."""
    rows = Case.objects.visible_to(by).select_related("household", "area", "standing")
    found = rows.filter(pk=wanted).first()
    if found is None:
        raise Unfit({"case": [gettext("There is no such case in your areas.")]})
    return found
