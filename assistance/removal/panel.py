"""The removal of a case's risk, as a section of its page with every guard; and the way to propose one."""

from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from assistance.acts import Act
from assistance.models import Case, MeasureStatement, Removal
from assistance.removal.aftercare import looked_after
from assistance.removal.evidence_links import linked
from assistance.removal.guards import guards_of
from assistance.removal.lifecycle import RUNNING
from assistance.removal.tables import state_badge
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.roles import Right


class RemovalPanel:
    """Guards while the case is enrolled, and every removal that was proposed (assistance.panels.CasePanel)."""

    order = 25
    template = "assistance/removal/_panel.html"
    right = Right.VIEW_CASES

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return guards and removals; nothing for a case that was never enrolled."""
        removals = list(Removal.objects.filter(case=case).select_related("case"))
        if case.state != "enrolled" and not removals:
            return None
        runs = any(row.state in RUNNING for row in removals)
        asks = case.state == "enrolled" and not runs
        guards = guards_of(case, Removal.Way.ASSISTED) if asks else []
        mine = not recused(user, case.recusal_keys())
        return {
            "case": case,
            "removals": [(row, state_badge(row)) for row in removals],
            "looked_after": looked_after(Removal.objects.filter(case=case))
            .values_list("pk", flat=True)
            .first(),
            "asks": asks,
            "guards": linked(guards, case, user),
            "stated": _stated(case, user),
            "may_strike": mine and user.holds(Right.REVIEW_CASES, case.area_id),
            "held": sum(guard.holds for guard in guards),
            "may_check": asks and user.holds(Right.VISIT_HOUSEHOLDS, case.area_id),
            "check_url": check_url(case),
            "may_state": asks and mine and user.holds(Right.REVIEW_CASES, case.area_id),
        }


def _stated(case: Case, user: User) -> list[tuple[MeasureStatement, str]]:
    """Return what the township stated, struck or not, with who did where the reader may know them."""
    rows = list(MeasureStatement.objects.filter(case=case).select_related("by"))
    known = set(
        User.objects.visible_to(user).filter(pk__in={row.by_id for row in rows}).values_list("pk", flat=True)
    )
    return [(row, row.by.name if row.by_id in known else "") for row in rows]


def check_url(case: Case) -> str:
    """Return the address of the form of the house check (F12)."""
    return f"{reverse('households:visit_write', args=[case.household_id])}?form=removal_check"


class RemovalActs:
    """The way to the proposal of a removal, or to the one that is under way (assistance.acts.CaseActs)."""

    def acts(self, case: Case, user: User) -> list[Act]:
        """Return the act of `user`: to propose, or to look at what waits."""
        row = Removal.objects.filter(case=case, state__in=(*RUNNING, "rolling_back")).first()
        if row is not None:
            label = pgettext("case", "Removal of the risk")
            return [Act("removal", label, reverse("cases:removal", args=[row.pk]), leads=True)]
        may = user.holds(Right.PREPARE_CASES, case.area_id) and not recused(user, case.recusal_keys())
        if case.state != "enrolled" or not may:
            return []
        url = reverse("cases:propose_removal", args=[case.pk])
        return [Act("propose_removal", pgettext("case", "Propose the removal of the risk"), url)]


PANEL, ACTS = RemovalPanel(), RemovalActs()
