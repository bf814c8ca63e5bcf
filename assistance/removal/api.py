"""The API of removals of risk (风险消除): where each stands, its history, and the moves that need a reason alone."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from assistance.models import Removal
from assistance.removal.barriers import standing_before
from assistance.removal.forms import MoveForm
from assistance.removal.lifecycle import REMOVAL
from assistance.views.removals import RUN
from foundation.accounts.access import Door
from foundation.accounts.api_views import ScopedViewSet
from foundation.accounts.models import User
from foundation.accounts.programs.filtering import Filters, area, choice, key
from foundation.accounts.roles import Right
from foundation.desk.api_moves import ApiMove, MovesMixin, OffersField, moving
from foundation.workflow.offers import Offer


class RemovalSerializer(serializers.ModelSerializer[Removal]):
    """A removal: of which case, by which way and why, and how far. The telephone of the contact is not told here."""

    household = serializers.IntegerField(source="case.household_id", read_only=True)
    household_code = serializers.CharField(source="case.household.code", read_only=True)
    area = serializers.CharField(source="case.area_id", read_only=True)

    class Meta:
        model = Removal
        fields: tuple[str, ...] = (
            "id", "version", "state", "case", "household", "household_code", "area", "way", "natural_reason", "why",
            "visit", "contact_name", "proposed_on", "waits_for", "step_due_on", "recheck_since", "decided_on",
            "removed_on", "visit_due_on",
        )  # fmt: skip
        read_only_fields = fields


class RemovalDetailSerializer(RemovalSerializer):
    """One removal, with the moves that are the reader's to make."""

    may = OffersField()

    class Meta(RemovalSerializer.Meta):
        fields: tuple[str, ...] = (*RemovalSerializer.Meta.fields, "may")
        read_only_fields = fields


class RemovalFilters(Filters):
    """What narrows removals."""

    state = choice(REMOVAL.states.items(), _("State of the removal."))
    case = key(_("Number of the row of one case."))
    area = area()
    way = choice(Removal.Way, _("How the risk went."))


def _nothing(_row: Removal, _user: User) -> dict[str, Any]:
    return {}


def _because(act: Callable[..., object]) -> ApiMove:
    return ApiMove(MoveForm, lambda row, form, by: act(row, form.cleaned_data["reason"], by=by), _nothing)


#: Review, approval and announcement are papers of many cases, and are made on their pages.
MOVES: Mapping[str, ApiMove] = {verb: _because(act) for verb, act in RUN.items()}


@moving("Removal", MOVES)
class RemovalViewSet(MovesMixin, ScopedViewSet):
    """The removals of the cases of one's areas, the newest first."""

    door = Door(Right.VIEW_CASES)
    queryset = Removal.objects.select_related("case__household", "case__standing__household", "visit")
    serializer_class = RemovalSerializer
    detail_class = RemovalDetailSerializer
    filters, ordering = RemovalFilters, "-pk"

    def narrow(self, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Narrow by what the address asks."""
        paths = {"area": "case__area__code__startswith"}
        return rows.filter(**{paths.get(name, name): value for name, value in asked.items()})

    def offers_of(self, row: Removal) -> list[Offer]:
        """Add what stands before a move of a removal now, as its page says it."""
        return [
            Offer(each.move, each.blocked or standing_before(each.move.verb, [row]).get(row.pk, ""))
            for each in super().offers_of(row)
        ]
