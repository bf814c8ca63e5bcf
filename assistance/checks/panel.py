"""The asset check on the page of its case, and what may be done there (CASE_PANELS, CASE_ACTS)."""

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.acts import Act, offered
from assistance.checks.looking import check_name
from assistance.checks.running import STEP, latest
from assistance.models import AssetCheck, Case
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.roles import Right


class ChecksPanel:
    """The newest check: done, so many hits, so many to verify; and the button that asks."""

    order = 30
    template = "assistance/checks/_panel.html"
    right = Right.VIEW_CASES

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return the newest check in numbers; nothing where none was made and none is waited for."""
        newest = AssetCheck.objects.filter(case=case).order_by("-pk").first()
        waits = STEP in case.waits_for
        if newest is None and not waits:
            return None
        done = newest if newest is not None and newest.is_done else latest(case)
        return {
            "case": case,
            "name": check_name(case.area_id),
            "waits": waits,
            "newest": newest,
            "done": done,
            "hits": done.hits.count() if done else 0,
            "left": done.hits.to_verify().count() if done else 0,
            "not_asked": len(done.not_asked) if done else 0,
            "may_run": waits and may_run(case, user),
        }


class ChecksActs:
    """The step of the chain: ask, then verify what came up."""

    def acts(self, case: Case, user: User) -> list[Act]:
        """Return the act of the step, leading to what is next in it."""
        if STEP not in case.waits_for:
            return []
        done = latest(case)
        if done is not None and done.hits.to_verify().exists():
            label, page = _("Verify the hits"), reverse("cases:check", args=[done.pk])
        else:
            label = _("Start the %(name)s") % {"name": check_name(case.area_id)}
            page = reverse("cases:check_run", args=[case.pk])
        return [replace(act, label=label) for act in offered(case, user, {STEP: page})]


def is_next(case: Case) -> bool:
    """Say whether the check is what a case waits for, and none was made yet."""
    return STEP in case.waits_for and latest(case) is None


def may_run(case: Case, user: User) -> bool:
    """Say whether somebody may ask for the check of a case."""
    return user.holds(Right.PREPARE_CASES, case.area_id) and not recused(user, case.household.recusal_keys)


CHECKS, ACTS = ChecksPanel(), ChecksActs()
