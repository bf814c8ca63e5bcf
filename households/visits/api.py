"""The API of visits: write one down, correct it, annul it, read them; by the doors and the form of their pages."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import uuid4

from django.core.exceptions import ValidationError as Unfit
from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request as ApiRequest
from rest_framework.response import Response

from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.models import User
from foundation.accounts.programs.filtering import Filters, area, choice, day, key, yes_no
from foundation.accounts.roles import Right
from foundation.desk.api_forms import LARGEST, body_of, cleaned, data_of
from foundation.desk.api_moves import ApiMove, MovesMixin, OffersField, moving, plain_move
from foundation.workflow.move import Request
from foundation.workflow.offers import Offer
from households.api_openings import OpeningsMixin
from households.models import Household, Visit
from households.places import HOUSEHOLD
from households.visits import checking
from households.visits.answers import FIELD, LONGEST_TEXT
from households.visits.asking import about_new, about_old, due_by_form, settled_with
from households.visits.forms import VisitForm
from households.visits.lifecycle import VISIT
from households.visits.naming import Names
from households.visits.page import may
from households.visits.purposes import tell_opened
from households.visits.questionnaires import Declared
from households.visits.tables import taken_part
from households.visits.writing import amend_visit, annul_visit, record_visit

#: Most choices of one question.
_MOST_CHOICES = 100
_STRING = {"type": "string", "maxLength": LONGEST_TEXT}


@extend_schema_field(
    {"oneOf": [_STRING, {"type": "number"}, {"type": "array", "items": _STRING, "maxItems": _MOST_CHOICES}]}
)
class AnswerField(serializers.Field[Any, Any, Any, Any]):
    """One answer: a text, a number, a code, or several codes; the questionnaire says which it must be."""

    def to_internal_value(self, data: Any) -> str | list[str]:
        """Return the answer as the form reads it."""
        if isinstance(data, list):
            many = serializers.ListField(child=_answer_text(), max_length=_MOST_CHOICES)
            found: list[str] = many.run_validation(data)
            return found
        text: str = _answer_text().run_validation(data)
        return text

    def to_representation(self, value: Any) -> Any:
        """Return the answer as it is kept."""
        return value


def _answer_text() -> serializers.CharField:
    # An empty answer is none: the form of the page says which must not be.
    return serializers.CharField(max_length=LONGEST_TEXT, trim_whitespace=False, allow_blank=True)


class VisitSerializer(serializers.ModelSerializer[Visit]):
    """A visit: which household, when, how, by whose hand; what was said stands with the single visit."""

    household_code = serializers.CharField(source="household.code", read_only=True)
    questionnaire = serializers.CharField(source="questionnaire.code", read_only=True)

    class Meta:
        model = Visit
        fields: tuple[str, ...] = (
            "id", "version", "state", "household", "household_code", "area", "happened_on", "at", "entered_on", "way",
            "outcome", "questionnaire", "digest",
        )  # fmt: skip
        read_only_fields = fields


class VisitDetailSerializer(VisitSerializer):
    """One visit in full, and what the reader may do with it. Colleagues are named to who may know them."""

    answers = serializers.DictField(child=AnswerField(), read_only=True)
    met: Any = serializers.PrimaryKeyRelatedField(many=True, read_only=True)
    visitors = serializers.SerializerMethodField()
    entered_by = serializers.SerializerMethodField()
    may = OffersField()

    class Meta(VisitSerializer.Meta):
        fields: tuple[str, ...] = (
            *VisitSerializer.Meta.fields, "way_reason", "others", "latitude", "longitude", "accuracy", "no_place",
            "note", "answers", "met", "visitors", "entered_by", "may",
        )  # fmt: skip
        read_only_fields = fields

    def get_visitors(self, row: Visit) -> list[str]:
        """Return who went, each by name or as a colleague."""
        names = self._names()
        return [names.of([each]) for each in row.visitors.order_by("pk")]

    def get_entered_by(self, row: Visit) -> str:
        """Return who wrote it down."""
        return self._names().of([row.entered_by])

    def _names(self) -> Names:
        return Names(self.context["request"].user)


_Told: Any = body_of("VisitTold", VisitForm, optional=frozenset({"key"}))


class VisitToldSerializer(_Told):
    """A visit as its maker tells it: what the form of the page asks, and the answers to its questionnaire by code."""

    version = None
    household = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, help_text=gettext_lazy("Number of the row of the household.")
    )
    questionnaire = serializers.CharField(
        required=False,
        max_length=40,
        help_text=gettext_lazy("Code of the questionnaire; the usual one if left out."),
    )
    accuracy = serializers.FloatField(required=False, allow_null=True, max_value=LARGEST)
    answers = serializers.DictField(child=AnswerField(), required=False)


class VisitCorrectedSerializer(_Told):
    """A visit as it should have been told: everything anew, what stays as it was included; and the version seen."""

    key = None
    purposes = None
    version = serializers.IntegerField(min_value=0, max_value=LARGEST)
    accuracy = serializers.FloatField(required=False, allow_null=True, max_value=LARGEST)
    answers = serializers.DictField(child=AnswerField(), required=False)


class VisitFilters(Filters):
    """What narrows visits."""

    household = key(gettext_lazy("Number of the row of one household."))
    area = area()
    state = choice(VISIT.states.items(), gettext_lazy("Whether it stands or was annulled."))
    way = choice(Visit.Way, gettext_lazy("How the household was spoken with."))
    outcome = choice(Visit.Outcome, gettext_lazy("Whether anybody was met."))
    since = day(gettext_lazy("Visits of this day and later."))
    until = day(gettext_lazy("Visits of this day and earlier."))
    mine = yes_no(gettext_lazy("Whether one took part."))


def _annul(visit: Visit, asked: Request, by: User) -> object:
    return annul_visit(visit, reason=asked.reason, on=asked.on, by=by)


#: Who wrote a visit down annuls it, who reviews visits strikes out another's: one stage function knows which.
MOVES: Mapping[str, ApiMove] = {
    verb: plain_move(_annul, verb, needs_reason=True) for verb in ("annul", "strike")
}


@moving("Visit", MOVES)
class VisitViewSet(MovesMixin, OpeningsMixin, ScopedViewSet):
    """The visits to the households of one's areas, the newest first; opening one is on the record, as on its page."""

    door = Door(Right.VIEW_HOUSEHOLDS, lent=HOUSEHOLD)
    doors = {
        "create": Door(Right.VISIT_HOUSEHOLDS, lent=HOUSEHOLD),
        "update": Door(Right.VISIT_HOUSEHOLDS, lent=HOUSEHOLD),
    }
    queryset = Visit.objects.select_related("household", "questionnaire", "entered_by")
    serializer_class = VisitSerializer
    detail_class = VisitDetailSerializer
    filters, ordering = VisitFilters, "-pk"

    def narrow(self, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow by what the address asks."""
        paths = {"area": "area__code__startswith", "since": "happened_on__gte", "until": "happened_on__lte"}
        rows = rows.filter(
            **{paths.get(name, name): value for name, value in asked.items() if name != "mine"}
        )
        if "mine" in asked:
            return taken_part(rows, cast(User, self.request.user), asked["mine"] == "yes")
        return rows

    @extend_schema(request=VisitToldSerializer, responses={201: VisitDetailSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Write a visit down, with the form of its page. Photos and signatures follow on the pages.

        The same `key` again is the visit that is there. What is due at the household is settled by `purposes`.
        """
        body = VisitToldSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        given = dict(body.validated_data)
        row = self._household(given.pop("household"))
        by = request.user
        assert isinstance(by, User)  # noqa: S101  (the door lets only staff pass)
        checking.may_visit(row, by)
        tell_opened(row, by=by)
        form = _form(row, given, by)
        cleaned(form)
        made = record_visit(row, form.told(by), by=by, key=form.visit_key(), serves=form.serves())
        shown = self.get_queryset().get(pk=made.pk)
        return Response(self.get_serializer(shown).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=VisitCorrectedSerializer, responses=VisitDetailSerializer)
    def update(self, request: ApiRequest, **_key: Any) -> Response:
        """Correct a visit on the day it was entered, as who entered it; what stood there before is kept.

        The questionnaire stays, and so does what the visit settled. A visit that somebody signed is corrected no more.
        """
        row: Visit = self.get_object()
        by = cast(User, request.user)
        body = VisitCorrectedSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        given = dict(body.validated_data)
        row.version = given.pop("version")
        about = about_old(row, by)
        form = VisitForm(_sent(given | {"key": row.key}, about.declared), about=about, visit=row)
        cleaned(form)
        amend_visit(row, form.told(by), by=by)
        return Response(self.get_serializer(self.get_queryset().get(pk=row.pk)).data)

    def offers_of(self, row: Visit) -> list[Offer]:
        """Return the one of both moves that is the reader's, as the page offers it."""
        user = cast(User, self.request.user)
        if not may(row, user).annul:
            return []
        return [Offer(VISIT.find("annul" if row.entered_by_id == user.pk else "strike"))]

    def _household(self, wanted: int) -> Household:
        rows = Household.objects.visible_to(cast(User, self.request.user)).select_related("area")
        found = rows.filter(pk=wanted).first()
        if found is None:
            raise Unfit({"household": [_("No household of your areas has this number.")]})
        return found


def _form(row: Household, given: dict[str, Any], by: User) -> VisitForm:
    """Return the form of the page, as a browser would have sent it with what was given."""
    due, offered = due_by_form(row, by)
    wanted = given.pop("questionnaire", None) or next(iter(offered))
    if wanted not in offered:
        raise Unfit({"questionnaire": [_("Choose what is written down.")]})
    declared = offered[wanted]
    about = about_new(row, declared, by, settled_with(declared, due, offered.values()))
    return VisitForm(_sent({"key": uuid4()} | given, declared), about=about)


def _sent(given: dict[str, Any], declared: Declared) -> MultiValueDict[str, str]:
    """Return what was given as a browser would have sent it; an answer to what is not asked is refused."""
    answers = given.pop("answers", {})
    if unknown := sorted(set(answers) - {each.code for each in declared.questions()}):
        said = _("“%(code)s” is not asked here.") % {"code": unknown[0][:40]}
        raise Unfit({"answers": [said]})
    return data_of(given | {FIELD + code: answer for code, answer in answers.items()})
