"""Moves by the API: the history of a row, what may be done with it now, and doing it, as its pages do.

    @moving("Alert", MOVES)
    class AlertViewSet(MovesMixin, ScopedViewSet): ...

`GET …/moves/` is the history; `POST …/moves/` makes one: `{"move": "assign", "version": 3, "visitor": "12"}`. The
body of each move is the form of its page, and the same stage function obeys it: there is no second way in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import (
    PolymorphicProxySerializer,
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request as ApiRequest
from rest_framework.response import Response

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.desk.api_forms import body_of, cleaned, data_of
from foundation.desk.moves import MoveForm
from foundation.workflow.models import Passage, Stateful
from foundation.workflow.move import Request
from foundation.workflow.offers import Offer, history, offers

V = TypeVar("V", bound=type[Any])


@dataclass(frozen=True, slots=True)
class ApiMove:
    """One move: the form of its page, and the stage function that obeys it.

    `about` returns what the form is made with, besides what was sent. `needs_reason` is there for the form that many
    moves share, which requires it or not. `extra` marks an act that is no move of the lifecycle: its rights are
    asked by its stage function alone.
    """

    form: type[forms.Form]
    run: Callable[[Any, Any, User], object]
    about: Callable[[Any, User], dict[str, Any]]
    needs_reason: bool = True
    extra: bool = False


@dataclass(frozen=True, slots=True)
class NamedAct:
    """An act that is no move of the lifecycle, as `Offer` shows it: its name here and its words."""

    verb: str
    label: str


def plain_move(run: Callable[[Any, Request, User], object], verb: str, *, needs_reason: bool) -> ApiMove:
    """Return a move that asks for reason and day alone (foundation.desk.moves.MoveForm)."""

    def obey(row: Any, form: Any, by: User) -> object:
        given = form.cleaned_data
        return run(row, Request(verb, on=given["happened_on"], reason=given["reason"]), by)

    def about(row: Stateful, _user: User) -> dict[str, Any]:
        return {"row": row, "needs_reason": needs_reason}

    return ApiMove(MoveForm, obey, about, needs_reason=needs_reason)


class PassageSerializer(serializers.Serializer[Passage]):
    """One move that was made. Who made it is named to who may see that person; to others their office is."""

    id = serializers.IntegerField()
    move = serializers.CharField(
        source="verb", help_text="The verb of the lifecycle, or how the row was made."
    )
    label = serializers.SerializerMethodField()  # type: ignore[assignment]
    from_state = serializers.CharField(allow_blank=True)
    to_state = serializers.CharField()
    round = serializers.IntegerField()
    happened_on = serializers.DateField()
    entered_on = serializers.DateField()
    role = serializers.CharField()
    by = serializers.SerializerMethodField()
    reason = serializers.CharField(allow_blank=True)

    def get_label(self, row: Passage) -> str:
        """Return the move in the reader's language."""
        lifecycle = self.context["lifecycle"]
        made = row.verb == lifecycle.created
        return str(lifecycle.label if made else lifecycle.find(row.verb).label)

    def get_by(self, row: Passage) -> str | None:
        """Return who made it, or nothing where the reader does not know them."""
        return row.by.name if row.by_id in self.context["known"] else None


class OfferSerializer(serializers.Serializer[Any]):
    """A move that is the reader's to make here; `blocked` says why not now, or is empty."""

    move = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    blocked = serializers.CharField(allow_blank=True)


class MovesMixin:
    """A view set whose rows move: their history, and the moves of their pages. Stands before ScopedViewSet.

    `serializer_class` shows a row in the list, `detail_class` one row with what may be done with it.
    """

    moves_made: ClassVar[Mapping[str, ApiMove]]
    bodies: ClassVar[Mapping[str, type[serializers.Serializer[Any]]]]
    detail_class: ClassVar[type[serializers.BaseSerializer[Any]]]
    #: Whether the pages name who made a move, to who may know that person; otherwise the office alone is told.
    names_colleagues: ClassVar[bool] = True

    def get_serializer_class(self: Any) -> Any:
        """Show one row in full, and many in short."""
        return self.serializer_class if self.action == "list" else self.detail_class

    @action(detail=True, methods=["get"], url_path="moves", url_name="moves")
    def moves(self: Any, request: ApiRequest, **_key: Any) -> Response:
        """What was done with it, the oldest first."""
        row = self.get_object()
        here: Any = self
        here.ordering = "pk"  # whatever the order of the rows: what was done is read from its beginning
        page = self.paginate_queryset(self.history_of(row))
        makers = {each.by_id for each in page} if self.names_colleagues else set()
        known = User.objects.visible_to(request.user).filter(pk__in=makers).values_list("pk", flat=True)
        context = {"lifecycle": row.lifecycle, "known": set(known)}
        return self.get_paginated_response(PassageSerializer(page, many=True, context=context).data)

    @moves.mapping.post
    def make_move(self: Any, request: ApiRequest, **_key: Any) -> Response:
        """Make one move, as its page does. Answers with the row as it stands then.

        What the form asks for and `version`, as the row was seen: one that changed since is refused, not overwritten.
        """
        row = self.get_object()
        data = request.data if isinstance(request.data, Mapping) else {}
        verb = data.get("move")
        wanted = self.moves_made.get(verb) if isinstance(verb, str) else None
        if wanted is None:
            offered = "、".join(self.moves_made)
            said = _("Name the move under “move”, one of: %(moves)s.") % {"moves": offered}
            raise serializers.ValidationError({"move": [said]})
        self.check_may(row, verb)
        body = self.bodies[verb](data=data)
        body.is_valid(raise_exception=True)
        given = {name: value for name, value in body.validated_data.items() if name != "move"}
        form = wanted.form(data_of(given), **wanted.about(row, request.user))
        found = cleaned(form)
        if "version" in found:
            row.version = found["version"]
        wanted.run(row, form, request.user)
        row.refresh_from_db()
        return Response(self.get_serializer(row).data)

    def check_may(self: Any, row: Any, verb: str) -> None:
        """Refuse a move whose right the person does not hold here (403), and one that does not leave from here."""
        if self.moves_made[verb].extra:
            return
        right = row.lifecycle.find(verb).right
        if not self.request.user.holds(right, row.area_code, of=row.goes_with):
            said = _("You have no right to do this here: it needs “%(right)s” in this area.")
            raise PermissionDenied(said % {"right": right.label})
        if row.state not in row.lifecycle.find(verb).sources:
            # Some stage functions find the verb that fits; who names one here means that one.
            said = _("“%(move)s” is not possible while this is “%(state)s”.")
            raise Refused(said % {"move": row.lifecycle.find(verb).label, "state": row.state_label})

    def history_of(self: Any, row: Any) -> QuerySet[Passage]:
        """Return what was done with a row, as its page tells it."""
        return history(row)

    def offers_of(self: Any, row: Any) -> list[Offer]:
        """Return the moves to show the reader, each with why not now."""
        return offers(row, self.request.user, self.moves_made)


@extend_schema_field(OfferSerializer(many=True))
class OffersField(serializers.Field[Any, Any, list[dict[str, str]], Any]):
    """What the reader may do with a row now, by its view set."""

    def __init__(self, **options: Any) -> None:
        """Read the whole row, and write nothing."""
        super().__init__(source="*", read_only=True, **options)

    def to_representation(self, row: Any) -> list[dict[str, str]]:
        """Return the moves of the reader, each with why not now."""
        return [
            {"move": each.move.verb, "label": str(each.move.label), "blocked": each.blocked}
            for each in self.context["view"].offers_of(row)
        ]


def moving(name: str, moves: Mapping[str, ApiMove]) -> Callable[[V], V]:
    """Let a view set make `moves`, each described by its own body: `AlertAssign`, `AlertReturn`, …"""
    bodies = {
        verb: body_of(
            name + verb.title().replace("_", ""),
            each.form,
            verb=verb,
            optional=frozenset() if each.needs_reason else frozenset({"reason"}),
        )
        for verb, each in moves.items()
    }

    def decorate(view: V) -> V:
        view.moves_made, view.bodies = moves, bodies
        body = PolymorphicProxySerializer(
            component_name=f"{name}Move", serializers=dict(bodies), resource_type_field_name="move"
        )

        def make_move(self: Any, request: ApiRequest, **_key: Any) -> Response:
            return MovesMixin.make_move(self, request)

        # Of its own: what is described of one view set must not be said of all.
        make_move.__doc__ = MovesMixin.make_move.__doc__
        view.make_move = extend_schema(request=body, responses=view.detail_class)(make_move)
        described: V = extend_schema_view(moves=extend_schema(responses=PassageSerializer(many=True)))(view)
        return described

    return decorate
