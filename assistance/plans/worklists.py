"""Lines of the home page: plans that are missing, plans to approve, households for which nothing has landed yet."""

import datetime

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _

from alerts.verification.due import Reckoner
from assistance.models import Plan
from assistance.plans.bare import leaving_bare
from assistance.plans.clocks import (
    FIRST_MONTHS,
    PLAN_DAYS,
    lacking_first_measure,
    lacking_plan,
    to_revisit,
)
from assistance.querysets import CaseQuerySet
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import State, WorkItem, state_of
from foundation.desk.tables import COUNTED


def of_plans(user: User) -> list[WorkItem]:
    """Return the lines of a person (WORKLISTS)."""
    return [*_to_make(user), *_to_approve(user)]


def _to_make(user: User) -> list[WorkItem]:
    if not user.holds(Right.PLAN_HELP):
        return []
    return [
        *_clocked(
            lacking_plan(user), PLAN_DAYS, "missing", _("Households without a plan: %(count)s"),
            _("The county has decided: every risk of the household gets a measure, and the township approves it."),
        ),
        *_clocked(
            lacking_first_measure(user), FIRST_MONTHS, "nothing",
            _("Households for which nothing has landed: %(count)s"),
            _("Within a time from the decision the first measure lands."),
        ),
        *_to_revisit(user),
        *_left_bare(user),
    ]  # fmt: skip


def _to_revisit(user: User) -> list[WorkItem]:
    rows = to_revisit(user)
    count = rows.order_by()[: COUNTED + 1].count()
    if not count:
        return []
    held = Plan.objects.in_force().filter(case__in=rows.order_by().values("pk"))
    due = held.aggregate(first=Min("revisit_on"))["first"]
    return [
        WorkItem(
            title=_("Households whose development measure is looked at again: %(count)s")
            % {"count": _said(count)},
            url=f"{reverse('cases:plans')}?state=revisit",
            why=_("Their plan says why there was none yet, and named the day."),
            due=due,
            state=state_of(due),
        )
    ]


def _left_bare(user: User) -> list[WorkItem]:
    """Return the line of plans that hold and answer every risk no more; no day is named by which, so it has none."""
    count = leaving_bare(user).order_by()[: COUNTED + 1].count()
    if not count:
        return []
    return [
        WorkItem(
            title=_("Plans that hold but leave a risk bare: %(count)s") % {"count": _said(count)},
            url=f"{reverse('cases:plans')}?state=bare",
            why=_("A measure was refused, stopped or is over, or a new risk was judged: make a new version."),
            due=None,
            state=State.LATER,
        )
    ]


def _to_approve(user: User) -> list[WorkItem]:
    if not user.holds(Right.REVIEW_CASES):
        return []
    rows = Plan.objects.visible_to(user, Right.REVIEW_CASES).waiting()
    count = rows.order_by()[: COUNTED + 1].count()
    if not count:
        return []
    due = rows.order_by().aggregate(first=Min("due_on"))["first"]
    return [
        WorkItem(
            title=_("Plans to approve: %(count)s") % {"count": _said(count)},
            url=f"{reverse('cases:plans')}?state=submitted",
            why=_("Somebody else made them: approve each, or send it back with what is missing."),
            due=due,
            state=state_of(due) if due else State.LATER,
        )
    ]


def _clocked(rows: CaseQuerySet, rule: str, shown: str, title: str, why: str) -> list[WorkItem]:
    """Return one line for cases whose clock runs, due when that of the earliest decision is."""
    count = rows.order_by()[: COUNTED + 1].count()
    if not count:
        return []
    area, since = rows.order_by("decided_on", "pk").values_list("area", "decided_on")[0]
    due: datetime.date | None = Reckoner(clock.today()).last(rule, area, since) if since else None
    return [
        WorkItem(
            title=title % {"count": _said(count)},
            url=f"{reverse('cases:plans')}?state={shown}",
            why=why,
            due=due,
            state=state_of(due) if due else State.LATER,
        )
    ]


def _said(count: int) -> str:
    return f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
