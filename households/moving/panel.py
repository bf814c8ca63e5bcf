"""Moves of a household and of its people on its page, and the way to propose one (households.panels.HouseholdPanel)."""

from typing import Any

from django.db.models import Q

from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.models import Household, HouseholdMove
from households.moving.lifecycle import WAITING
from households.moving.tables import clock_words, place_words, state_badge, what_words
from households.moving.telling import page_of

#: So many are shown, the newest first.
MOST = 6


class MovesPanel:
    """The section: what waits with its clock, and what was settled."""

    order = 19
    template = "households/moving/_panel.html"
    right = Right.VIEW_HOUSEHOLDS

    def context(self, household: Household, user: User) -> dict[str, Any] | None:
        """Return the moves; nothing where there was none and this person proposes none. One query and the rule."""
        rows = list(
            HouseholdMove.objects.visible_to(user)
            .filter(Q(household=household) | Q(into=household))
            .select_related("from_area__parent__parent", "to_area__parent__parent")
            .order_by("-pk")[:MOST]
        )
        waits = any(row.state in WAITING and not row.of_person for row in rows)
        may = user.holds(Right.EDIT_HOUSEHOLDS, household.area_id) and household.dissolved_on is None
        may = may and not waits and not recused(user, household.recusal_keys)
        if not rows and not may:
            return None
        told = [
            (
                row,
                page_of(row),
                state_badge(row),
                clock_words(row),
                place_words(row.from_area),
                place_words(row.to_area),
                f"{row.head} · {what_words(row)}" if row.of_person else "",
            )
            for row in rows
        ]
        return {"household": household, "told": told, "may_propose": may}


MOVES = MovesPanel()
