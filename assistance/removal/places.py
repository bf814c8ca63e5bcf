"""Where removals stand in the navigation, and what of them waits for a person."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from assistance.enrolment.responsible import right_for
from assistance.helping.sentences import Line
from assistance.models import Case, Removal
from assistance.removal.aftercare import looked_after, near
from assistance.removal.contacts import left_behind
from assistance.removal.selectors import waiting_for_meeting, waiting_for_notice, with_news
from assistance.removal.tables import step_names
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import State, WorkItem, state_of
from foundation.desk.navigation import NavItem
from foundation.desk.tables import COUNTED

removals = NavItem(
    pgettext_lazy("case", "Risk removal"), "cases:removals", "check", Right.VIEW_CASES, order=100
)
#: Steps that are taken on a paper of many, and the list on which one begins it.
_BY_PAPER = ("review", "decide", "announce")


def of_removals(user: User) -> list[WorkItem]:
    """Return what of removals waits (foundation.desk.home.Worklist): a line for each step, roll-backs, after-care."""
    if not user.holds(Right.VIEW_CASES):
        return []
    return [*_steps(user), *_held_back(user), *_rollbacks(user), *_visits(user), *_contacts(user)]


def _steps(user: User) -> list[WorkItem]:
    found: list[WorkItem] = []
    if user.holds(Right.PREPARE_CASES):
        why = _("The village decides about many households together.")
        meeting, notice = waiting_for_meeting(user), waiting_for_notice(user)
        found += _line(
            meeting, "step_due_on", _("Removals that wait for a meeting: %(count)s"), why,
            reverse("cases:evaluations"),
        )  # fmt: skip
        found += _line(
            notice,
            "step_due_on",
            _("Removals that wait for a notice: %(count)s"),
            why,
            reverse("cases:notices"),
        )
    names = step_names()
    for step in _BY_PAPER:
        right = right_for(step)
        if user.holds(right):
            rows = Removal.objects.visible_to(user, right).waiting_for(step)
            title = _("Removals of risk, %(step)s: %(count)s").replace("%(step)s", names.get(step, step))
            why = _("The guards are asked again on the day of the decision.")
            found += _line(rows, "step_due_on", title, why, f"{reverse('cases:removals')}?step={step}")
    return found


def _held_back(user: User) -> list[WorkItem]:
    """Return the decisions that are not announced because something came up since: the county takes them up again."""
    if not user.holds(Right.DECIDE_CASES):
        return []
    rows = with_news(Removal.objects.visible_to(user, Right.DECIDE_CASES).filter(state="approved"))
    why = _("A warning, a signal or a changed fact came after the decision: answer it, or judge again.")
    url = f"{reverse('cases:removals')}?state=approved"
    return _line(rows, "step_due_on", _("Removals whose announcement is held back: %(count)s"), why, url)


def _rollbacks(user: User) -> list[WorkItem]:
    if not user.holds(Right.DECIDE_CASES):
        return []
    rows = Removal.objects.visible_to(user, Right.DECIDE_CASES).filter(state="rolling_back")
    why = _("A township says that a household still needs help.")
    url = f"{reverse('cases:removals')}?state=rolling_back"
    return _line(rows, "step_due_on", _("Roll-backs of removals to decide: %(count)s"), why, url)


def _visits(user: User) -> list[WorkItem]:
    if not user.holds(Right.PREPARE_CASES):
        return []
    rows = looked_after(Removal.objects.visible_to(user, Right.PREPARE_CASES))
    due = near(rows, "visit_due_on", "case__area")
    why = _("Households whose risk is removed are visited again every year.")
    url = f"{reverse('cases:removals')}?visit=yes"
    return _line(due, "visit_due_on", _("After-care visits due: %(count)s"), why, url)


def helper_lines(cases: Sequence[Case], user: User) -> dict[int, list[Line]]:
    """Say of each case whose risk is removed until when its household is visited again (HelperLines)."""
    rows = looked_after(Removal.objects.filter(case__in=cases, visit_due_on__isnull=False))
    found: dict[int, list[Line]] = {}
    for case, day, home in rows.order_by("pk").values_list("case", "visit_due_on", "case__household"):
        url = f"{reverse('households:visit_write', args=[home])}?form=call"
        found[case] = [Line(_("After-care visit: the risk is removed"), day, url)]
    return found


def _contacts(user: User) -> list[WorkItem]:
    if not user.holds(Right.PREPARE_CASES):
        return []
    rows = left_behind(Removal.objects.visible_to(user, Right.PREPARE_CASES))
    why = _("The contact helped the household and helps it no more: say who stays in touch now.")
    url = f"{reverse('cases:removals')}?contact=yes"
    return _line(rows, "", _("Removed households whose contact is gone: %(count)s"), why, url)


def _line(rows: QuerySet[Any], due_field: str, title: str, why: str, url: str) -> list[WorkItem]:
    """Return one line for many rows, due when the first of them is."""
    count = rows.order_by()[: COUNTED + 1].count()
    if not count:
        return []
    due: datetime.date | None = (
        rows.order_by().aggregate(first=Min(due_field))["first"] if due_field else None
    )
    said = f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
    state = state_of(due) if due else State.LATER
    return [WorkItem(title=title % {"count": said}, url=url, why=why, due=due, state=state)]
