"""Lines of the home page: what of the cases waits for a person, by step, and what came to them from outside."""

from typing import Any

from django.db.models import F, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.enrolment.responsible import RIGHT_OF
from assistance.enrolment.returning import LEADER_AT
from assistance.lifecycle import UNDER_WAY
from assistance.models import BasisChange, Case, CaseRisk
from assistance.wording import StepNames
from foundation.accounts.models import User
from foundation.accounts.roles import Right, Role
from foundation.desk.home import MOST_ITEMS, State, WorkItem, state_of
from foundation.desk.tables import COUNTED

#: Steps of which meetings and notices tell in lines of their own (assistance.notices.places).
_TOLD_THERE = frozenset({"evaluate", "post"})
#: Steps that are taken for many cases at once, on pages of their own.
_PAGES = {"review": "cases:reviews", "decide": "cases:approvals", "announce": "cases:announcements"}


def steps_to_take(user: User) -> list[WorkItem]:
    """Say in one line for each step how many cases wait for it where somebody may take it; returned ones apart."""
    if not any(user.holds(right) for right in set(RIGHT_OF.values())):
        return []
    names, found = StepNames(), []
    for step, right in RIGHT_OF.items():
        if step in _TOLD_THERE or not user.holds(right):
            continue
        rows = (
            Case.objects.visible_to(user, right)
            .waiting_for(step)
            .exclude(pieces__mended_on=None, returned__gt=0)
        )
        said = pgettext("case", "%(step)s, waiting cases: %(count)s")
        found += _line(
            rows,
            "step_due_on",
            said.replace("%(step)s", names.told([step])),
            _("The chain of the area waits for this step."),
            reverse(_PAGES[step]) if step in _PAGES else f"{reverse('cases:cases')}?step={step}",
        )
    return found


def returned_cases(user: User) -> list[WorkItem]:
    """Name the cases that came back to who prepares them, each with its check list behind it."""
    if not user.holds(Right.PREPARE_CASES):
        return []
    rows = Case.objects.visible_to(user, Right.PREPARE_CASES).filter(state="open", returned__gt=0)
    missing = rows.filter(pieces__isnull=False, pieces__mended_on=None).select_related("household").distinct()
    return [
        WorkItem(
            title=_("Household %(code)s: the case came back") % {"code": row.household.code},
            url=reverse("cases:case", args=[row.pk]),
            why=_("Somebody needs something more before they decide."),
            due=row.step_due_on,
            state=state_of(row.step_due_on) if row.step_due_on else State.LATER,
        )
        for row in missing.order_by(F("step_due_on").asc(nulls_last=True), "pk")[:MOST_ITEMS]
    ]


def to_answer(user: User) -> list[WorkItem]:
    """Say how many changed facts and new risks wait for an answer of township or county."""
    found: list[WorkItem] = []
    place = f"{reverse('cases:cases')}?asks=yes"
    for right in (Right.REVIEW_CASES, Right.DECIDE_CASES):
        if user.holds(right):
            rows = BasisChange.objects.visible_to(user, right).unanswered()
            found += _line(rows, "due_on", _("Changed facts under cases to answer: %(count)s"),
                           _("A department corrected or took back what a case rests on."), place)  # fmt: skip
    if user.holds(Right.REVIEW_CASES):
        risks = CaseRisk.objects.visible_to(user, Right.REVIEW_CASES).unanswered()
        found += _line(risks, "due_on", _("New risks on running cases to judge: %(count)s"),
                       _("A new signal came to a household whose case runs."), place)  # fmt: skip
    return found


def often_returned(user: User) -> list[WorkItem]:
    """Say to the leader of a township how many open cases came back three times or more."""
    if not any(duty.role is Role.TOWNSHIP_APPROVER for duty in user.duties()):
        return []
    rows = Case.objects.visible_to(user).filter(state__in=UNDER_WAY, returned__gte=LEADER_AT)
    why = _("Township and village see it differently; both reasons stand in the history.")
    return _line(rows, "", _("Cases sent back three times or more: %(count)s"), why,
                 f"{reverse('cases:cases')}?returned=yes")  # fmt: skip


def _line(rows: QuerySet[Any], due_field: str, title: str, why: str, url: str) -> list[WorkItem]:
    """Return one line for many rows, due when the first of them is."""
    count = rows.order_by()[: COUNTED + 1].count()
    if not count:
        return []
    due = rows.order_by().aggregate(first=Min(due_field))["first"] if due_field else None
    said = f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
    state = state_of(due) if due else State.LATER
    return [WorkItem(title=title % {"count": said}, url=url, why=why, due=due, state=state)]


_ALL = (returned_cases, steps_to_take, to_answer, often_returned)


def of_cases(user: User) -> list[WorkItem]:
    """Return every line of this stage for a person (foundation.desk.home.Worklist)."""
    return [item for part in _ALL for item in part(user)]
