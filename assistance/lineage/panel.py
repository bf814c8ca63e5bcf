"""Family events on the page of a case: what changed since it began, a split shortly before it, nobody left."""

from typing import Any

from django.db.models import Q
from django.urls import reverse

from assistance.lifecycle import HELD
from assistance.lineage.windows import looked_at_until
from assistance.models import Case
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.lineage.plans import Kind
from households.lineage.wording import acts_of, told_acts
from households.models import LineageAct, Resident

_MOST = 20


class FamilyEvents:
    """Events of the household since the case began, and splits shortly before (assistance.panels.CasePanel)."""

    order = 38
    template = "assistance/lineage/_panel.html"
    right = Right.VIEW_CASES
    lent = True

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return the events in words; nothing where there are none."""
        began = min(case.first_clue_on, case.opened_on)
        since = Q(revision__as_of__gte=began) | Q(kind=Kind.SPLIT)
        rows = list(acts_of(case.household).filter(since)[:_MOST])
        split = next((row for row in rows if _looked_at(row, case)), None)
        shown = [row for row in rows if row.revision.as_of >= began or row == split]
        if not shown:
            return None
        nobody = (
            case.is_running and not Resident.objects.present().filter(household=case.household_id).exists()
        )
        return {
            "told": told_acts(shown, user), "split": split, "nobody": nobody,
            "way_out": _way_out(case, user) if nobody else "",
        }  # fmt: skip


def _looked_at(row: LineageAct, case: Case) -> bool:
    """Whether a split that stands happened so shortly before the case that it is to be looked at."""
    if row.kind != Kind.SPLIT or row.is_undone or row.revision.as_of > case.opened_on:
        return False
    last = looked_at_until(case.area_id, row.revision.as_of)
    return last is not None and case.opened_on <= last


def _way_out(case: Case, user: User) -> str:
    """Return where the case is ended because nobody is left, for who may do that; else nothing."""
    if case.state in HELD:
        may = user.holds(Right.PREPARE_CASES, case.area_id)
        return reverse("cases:propose_removal", args=[case.pk]) if may else ""
    may = user.holds(Right.REVIEW_CASES, case.area_id)
    return reverse("cases:move", args=[case.pk, "die_out"]) if may else ""


PANEL = FamilyEvents()
