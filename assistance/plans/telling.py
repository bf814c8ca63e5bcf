"""Whom the work on plans is told: the township that approves, and who made the plan of its answer."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assistance.models import Plan
from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.inbox.kinds import NoticeKind
from foundation.inbox.notices import holders, notify

KINDS = (
    NoticeKind("plans_waiting", _("A plan waits for my approval"), _("Plans of households to approve: {count}.")),
    NoticeKind("plan_approved", _("A plan that I made is approved"), _("Plans of yours that are approved: {count}.")),
    NoticeKind(
        "plan_returned",
        _("A plan that I made is sent back"),
        _("Plans of yours that are sent back: {count}."),
        urgent=True,
    ),
)  # fmt: skip


def tell_submitted(plan: Plan, *, by: User) -> None:
    """Tell who approves plans in the township; one notice for each person until it is read."""
    area = plan.area_code
    people = holders(Right.REVIEW_CASES, area, but=by)
    place = f"{reverse('cases:plans')}?state=submitted"
    notify(people, "plans_waiting", place=place, group=area[: Level.TOWNSHIP])


def tell_decided(plan: Plan, *, by: User) -> None:
    """Tell who made a plan that it is approved, or what is missing."""
    if plan.made_by_id != by.pk:
        kind = "plan_approved" if plan.state == "approved" else "plan_returned"
        notify([plan.made_by], kind, place=reverse("cases:plan", args=[plan.pk]), group=str(plan.pk))
