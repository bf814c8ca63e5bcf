"""Sections of a case's page about the case itself: check list, members, papers, what happened."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.enrolment import chain, pieces
from assistance.enrolment.skipping import REASONS
from assistance.models import Case, CaseStatement
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.workflow.courses import Ending
from foundation.workflow.models import CourseStep, Passage
from foundation.workflow.offers import history


class CheckList:
    """What a return found missing, and what is there meanwhile."""

    order = 10
    template = "assistance/_pieces.html"
    right = Right.VIEW_CASES

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return the check list, what is missing first; nothing for a case that was never returned."""
        if not case.returned:
            return None
        standing = chain.standing_of(case)
        again = {step.code for step in standing.steps if standing.is_ahead(step)} if standing else set()
        may = case.state == "open" and user.holds(Right.PREPARE_CASES, case.area_id)
        return {"pieces": pieces.told(case, standing), "case": case, "again": again, "may_tick": may}


class Members:
    """Whom the case counts."""

    order = 60
    template = "assistance/_members.html"
    right = Right.VIEW_CASES
    lent = True

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return who is counted, and who no longer."""
        rows = list(case.members.select_related("resident").order_by("left_on", "pk"))
        return {"members": rows, "count": sum(row.left_on is None for row in rows)} if rows else None


class Papers:
    """Papers that no step brings along, and what the household stated."""

    order = 80
    template = "assistance/_papers.html"
    right = Right.VIEW_CASES

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return the way to the papers and what was stated."""
        statements = CaseStatement.objects.filter(case=case).select_related("by")
        return {"case": case, "statements": list(statements)}


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history (templates/components/timeline.html)."""

    on: object
    title: str
    detail: str
    tone: str = "plain"
    url: str = ""


class History:
    """What happened to the case, the newest first."""

    order = 90
    template = "assistance/_history.html"
    right = Right.VIEW_CASES
    lent = True

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return every move and every skipped step; colleagues are named to who may see them."""
        moves = list(history(case))
        skipped = list(
            CourseStep.objects.filter(
                course__model=case._meta.label_lower, course__object_id=str(case.pk), ending=Ending.SKIPPED
            ).select_related("by")
        )
        people = {row.by_id for row in moves} | {row.by_id for row in skipped}
        known = set(User.objects.visible_to(user).filter(pk__in=people).values_list("pk", flat=True))
        standing = chain.standing_of(case)
        names = {step.code: step.label for step in standing.steps} if standing else {}
        dated = [(row.happened_on, row.entered_on, 0, row.pk, _event(case, row, known)) for row in moves]
        dated += [(row.on, row.on, 1, row.pk, _skipped(row, names, known)) for row in skipped]
        return {
            "events": [event for *_order, event in sorted(dated, key=lambda each: each[:4], reverse=True)]
        }


def _event(case: Case, passage: Passage, known: set[int]) -> Event:
    created = passage.verb == case.lifecycle.created
    label = _("Case opened") if created else str(case.lifecycle.find(passage.verb).label)
    who = passage.by.name if passage.by_id in known else str(passage.get_role_display())
    detail = f"{who} · {passage.reason}" if passage.reason else who
    ended = passage.to_state != passage.from_state and not created
    return Event(passage.happened_on, label, detail, "done" if ended else "plain")


def _skipped(row: CourseStep, names: dict[str, str], known: set[int]) -> Event:
    title = pgettext("case", "Skipped: %(step)s") % {"step": names.get(row.step, row.step)}
    why = str(REASONS.get(row.reason, row.reason))
    return Event(row.on, title, f"{row.by.name} · {why}" if row.by_id in known else why)


CHECK_LIST = CheckList()
MEMBERS = Members()
PAPERS = Papers()
HISTORY = History()
