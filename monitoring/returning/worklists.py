"""What stands on a person's list: rows of the department to correct, and contested ones for the county to judge."""

from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import MOST_ITEMS, WorkItem, state_of
from monitoring.models import CorrectionTask
from monitoring.returning.returning import page_of


def rows_to_correct(user: User) -> list[WorkItem]:
    """Name the rows that an officer's department has to correct, the most urgent first."""
    departments = {duty.department for duty in user.duties() if duty.holds(Right.DELIVER_DATA)} - {None}
    if not departments:
        return []
    rows = CorrectionTask.objects.visible_to(user).filter(
        state="open", delivery__dataset__department__in=departments
    )
    return [_item(task, task.reason) for task in _first(rows)]


def contested_rows(user: User) -> list[WorkItem]:
    """Name the rows that departments say are right, for who decides that in the county."""
    rows = CorrectionTask.objects.visible_to(user).filter(state="contested")
    here = [task for task in _first(rows) if user.holds(Right.EDIT_HOUSEHOLDS, task.area_code)]
    return [_item(task, _("The department says the row is right: insist, or take it back.")) for task in here]


def _first(rows: object) -> list[CorrectionTask]:
    return list(rows.select_related("delivery__dataset").order_by("due_on", "pk")[:MOST_ITEMS])  # type: ignore[attr-defined]


def _item(task: CorrectionTask, why: str) -> WorkItem:
    title = _("%(dataset)s %(period)s, line %(line)d: to be corrected") % {
        "dataset": task.delivery.dataset.name,
        "period": task.delivery.period,
        "line": task.line,
    }
    return WorkItem(title=title, url=page_of(task), why=why, due=task.due_on, state=state_of(task.due_on))
