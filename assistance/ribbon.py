"""The chain of a case as a ribbon: what is done, skipped, open and ahead, with days, deadlines, papers and returns."""

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from alerts.verification.due import Reckoner
from assistance.enrolment.due import StepDays
from assistance.enrolment.responsible import HELD_BY
from assistance.enrolment.skipping import REASONS
from assistance.lifecycle import UNDER_WAY
from assistance.models import Case
from foundation.accounts import clock
from foundation.accounts.labels import role_labels
from foundation.accounts.models import User
from foundation.accounts.roles import Right, Role
from foundation.accounts.vacancies import Roster
from foundation.workflow.courses import Ending, Standing
from foundation.workflow.models import CourseStep
from foundation.workflow.paths import PathStep

#: Papers that the shipped chains name, in words.
DOCUMENTS = {
    "application": pgettext_lazy("case", "application and promise (F2)"),
    "authorisation": pgettext_lazy("case", "authorisation"),
    "check_result": pgettext_lazy("case", "result of the asset check (F5)"),
    "minutes": pgettext_lazy("case", "minutes of the evaluation (F6)"),
    "posting_proof": pgettext_lazy("case", "proof of posting"),
    "notice": pgettext_lazy("case", "notice (F7)"),
    "conclusion": pgettext_lazy("case", "conclusion of the township (F8)"),
    "approval": pgettext_lazy("case", "approval of the county (F9)"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """One step of the ribbon. `tone` is done, open, late, skipped or ahead; `detail` a word about it."""

    code: str
    label: str
    tone: str
    day: datetime.date | None
    due: datetime.date | None
    who: str
    documents: list[str]
    returned: int
    detail: str


def links(case: Case, user: User) -> list[Link]:
    """Return the chain of a case, in its order; empty for a case that follows none."""
    days = StepDays([case])
    standing = days.standing(case)
    if standing is None:
        return []
    taken = list(CourseStep.objects.filter(course=standing.course).order_by("pk"))
    back = Counter(row.step for row in taken if row.ending == Ending.RETURNED)
    last = {row.step: row for row in taken}
    opened = {step.code for step in standing.open_steps()} if case.state in UNDER_WAY else set()
    reckoner = Reckoner(clock.today())
    found = []
    for step in standing.steps:
        due = days.last(case, step, reckoner) if step.code in opened else None
        due = case.step_due_on if due and case.returned and back[step.code] else due
        row = last.get(step.code)
        found.append(
            Link(
                code=step.code,
                label=step.label,
                tone=_tone(standing, step, due, is_open=step.code in opened),
                day=row.on if row and not standing.is_ahead(step) else None,
                due=due,
                who=_who(case, step, user) if step.code in opened else "",
                documents=[str(DOCUMENTS.get(each, each)) for each in step.documents],
                returned=back[step.code],
                detail=_detail(standing, step, row),
            )
        )
    return found


def _tone(standing: Standing, step: PathStep, due: datetime.date | None, *, is_open: bool) -> str:
    ending = standing.endings.get(step.code)
    if ending == Ending.SKIPPED:
        return "skipped"
    if ending == Ending.DONE:
        return "done"
    if not is_open:
        return "ahead"
    return "late" if due is not None and due < clock.today() else "open"


def _detail(standing: Standing, step: PathStep, row: CourseStep | None) -> str:
    if row is not None and row.ending == Ending.SKIPPED:
        return str(REASONS.get(row.reason, row.reason))
    if standing.is_ahead(step) and (waiting := standing.waiting_for(step)):
        return _("after %(steps)s") % {"steps": "、".join(each.label for each in waiting)}
    return ""


def _who(case: Case, step: PathStep, user: User) -> str:
    """Return with whom the step lies: names for who may see them, else the office."""
    role = HELD_BY.get(step.code, Role.VILLAGE_ASSISTANT)
    owners = Roster.read([case.area_id]).owners(case.area_id, role)
    people = [owner.user.pk for owner in owners]
    names = User.objects.visible_to(user).filter(pk__in=people).values_list("name", flat=True)
    return "、".join(names) or str(role_labels(case.area_id)[role])


class Ribbon:
    """The chain, at the top of the page (assistance.panels.CasePanel)."""

    order = 0
    template = "assistance/_ribbon.html"
    right = Right.VIEW_CASES
    lent = True

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return the links of the chain; nothing for a case from before this platform."""
        found = links(case, user)
        return {"links": found} if found else None


RIBBON = Ribbon()
