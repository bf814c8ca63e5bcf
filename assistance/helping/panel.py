"""The helpers of a case on its page: every place with who holds it, the clock, and who was there before."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from assistance.acts import Act
from assistance.helping.places import NOT_HELPED, kinds_of, may_have_helpers
from assistance.models import Case, HelperClock, HelperPlace
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.roles import Right


@dataclass(frozen=True, slots=True)
class Filled:
    """A place in words: who holds it, who was asked; both may be None."""

    kind: str
    name: str
    held: HelperPlace | None
    asked: HelperPlace | None


def filled(case: Case) -> list[Filled]:
    """Return the places of a case and who is in them, those of the area first; one query."""
    rows = HelperPlace.objects.active().filter(case=case).select_related("person", "hand_over")
    active = list(rows.order_by("pk"))
    names = kinds_of(case.area_id)
    codes = [*names, *sorted({row.kind for row in active} - names.keys())]
    return [
        Filled(
            code,
            names.get(code, code),
            next((row for row in active if row.kind == code and row.state == "accepted"), None),
            next((row for row in active if row.kind == code and row.state == "offered"), None),
        )
        for code in codes
    ]


class Helpers:
    """The section (assistance.panels.CasePanel)."""

    order = 12
    template = "assistance/helping/_panel.html"
    right = Right.VIEW_CASES
    lent = True

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return places, clock and former helpers; nothing before the decision, and where nobody ever helped."""
        former = list(
            HelperPlace.objects.exclude(state__in=("offered", "accepted"))
            .filter(case=case)
            .select_related("person")
            .order_by("-pk")[:20]
        )
        if not may_have_helpers(case) and not former:
            return None
        running = HelperClock.objects.running().filter(case=case).first()
        may = may_have_helpers(case) and user.holds(Right.ASSIGN_HELPERS, case.area_id)
        names = kinds_of(case.area_id)
        return {
            "case": case,
            "places": filled(case) if case.state not in NOT_HELPED else [],
            "due": running.due_on if running else None,
            "late": bool(running and running.due_on and running.due_on < clock.today()),
            "former": [(row, names.get(row.kind, row.kind)) for row in former],
            "may": may and not recused(user, case.recusal_keys()),
            "reader": user,
        }


class HelperActs:
    """A free place is filled from the page of the case."""

    def acts(self, case: Case, user: User) -> list[Act]:
        """Return the act, for who names helpers there and as long as a place is free."""
        if not may_have_helpers(case) or not user.holds(Right.ASSIGN_HELPERS, case.area_id):
            return []
        if all(place.held or place.asked for place in filled(case)):
            return []
        label = pgettext("helper", "Name a helper")
        return [Act("name_helper", label, reverse("cases:helper_name", args=[case.pk]), leads=True)]


PANEL, ACTS = Helpers(), HelperActs()
