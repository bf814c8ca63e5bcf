"""What a family event makes of a move that waits: it can be accepted no more, and somebody takes it back."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import pgettext

from foundation.accounts.models import User
from households.lineage.followers import Consequence
from households.lineage.plans import Plan
from households.models import HouseholdMove, LineageAct
from households.moving.telling import page_of


class MovesThatWait:
    """Says so before the event is written (households.lineage.followers.LineageFollower); takes nothing back itself."""

    name = "moves"

    def foresee(self, plan: Plan, user: User) -> Iterable[Consequence]:
        """Name moves of who leaves, and of a household that is closed; not the one by which they leave."""
        about = Q(person__in=plan.gone)
        if plan.dissolves:
            about |= Q(household=plan.home, kind="")
        rows = HouseholdMove.objects.visible_to(user).waiting().filter(about).select_related("to_area")
        if plan.other is not None:
            rows = rows.exclude(~Q(kind=""), to_area=plan.other.area_id)
        for row in rows.order_by("pk"):
            yield Consequence(
                pgettext("lineage", "Moves that wait"),
                pgettext(
                    "lineage", "The move of %(name)s to %(place)s can be accepted no more: take it back."
                )
                % {"name": row.head, "place": row.to_area.name},
                page_of(row),
                True,
            )

    def follow(self, act: LineageAct, plan: Plan, *, by: User) -> dict[str, Any]:
        """Do nothing: whoever proposed the move takes it back, or its receiver refuses it."""
        return {}

    def unfollow(self, act: LineageAct, kept: dict[str, Any], *, by: User) -> None:
        """Do nothing."""


WAITING_MOVES = MovesThatWait()
