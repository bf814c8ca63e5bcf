"""Return a row to its department, answer it, and close it when it no longer counts."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import Area, Posting, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.inbox.notices import holders, notify
from foundation.regulations.lookup import mark_used, value
from foundation.regulations.units import SPANS
from foundation.regulations.working_days import deadline
from foundation.workflow.move import Request, create, move, move_many
from households.identity.masking import masked_text
from monitoring.intake.receiving import may_deliver
from monitoring.models import CorrectionTask, Delivery, RegisterProposal
from monitoring.returning import rows

RULE = "correction_task_days"
_LONGEST = 200


@transaction.atomic
def return_row(
    delivery: Delivery,
    line: int,
    *,
    sheet: str = "",
    area: Area,
    reason: str,
    by: User,
    right: Right = Right.EDIT_HOUSEHOLDS,
) -> CorrectionTask:
    """Return an accepted row to its department, with what is wrong; `area` is where that was found out.

    Needs the right to correct the register there, or the `right` of the work in which it was found out. The deadline is
    the area's of the delivery. Refused without a reason, where no such row is kept, and where it has been returned
    already.
    """
    actor = by.authority(right, area.code)
    if not area.code.startswith(delivery.area_id):
        raise Refused(_("This delivery was made for another area."))
    said = masked_text(reason.strip())
    if not said:
        raise Refused(_("Say what is wrong: the department reads it."), field="reason")
    if len(said) > _LONGEST:
        raise Refused(_("Say it in at most %(most)d characters.") % {"most": _LONGEST}, field="reason")
    found = rows.at_line(delivery, line, sheet)
    rule = value(RULE, area=delivery.area_id)
    if rule.silent or rule.amount is None or rule.unit not in SPANS:
        raise Refused(_("No period is in force for “%(rule)s”.") % {"rule": rule.subject.label})
    mark_used(rule)
    today = clock.today()
    task = CorrectionTask(
        delivery=delivery,
        line=line,
        sheet=sheet,
        row_key=found.key,
        row_content=found.content,
        reason=said,
        area=area,
        raised_by=by,
        raised_on=today,
        due_on=deadline(today, rule.amount, rule.unit, delivery.area_id).day,
    )
    try:
        with transaction.atomic():
            create(task, by=by, actor=actor)
    except IntegrityError as twin:
        raise Refused(_("This row has been returned already and is not settled yet.")) from twin
    _tell_department(task)
    return task


def return_proposal(proposal: RegisterProposal, *, reason: str, by: User) -> CorrectionTask:
    """Return the row that a refused proposal came from."""
    if not proposal.line:
        raise Refused(_("This came from a missing row: there is nothing to correct in the file."))
    return return_row(
        proposal.delivery,
        proposal.line,
        sheet=proposal.sheet,
        area=proposal.household.area,
        reason=reason,
        by=by,
    )


def answer(task: CorrectionTask, asked: Request, *, by: User) -> CorrectionTask:
    """Make a move of a task: the department corrects or contests, the county insists or takes back."""
    if task.lifecycle.find(asked.verb).right is Right.DELIVER_DATA:
        may_deliver(task.delivery.dataset, task.delivery.area, by)
    ends = asked.verb in ("correct", "withdraw")
    wanted = Request(
        asked.verb,
        on=asked.on,
        reason=asked.reason,
        writes={"closed_on": clock.today() if ends else None},
    )
    with transaction.atomic():
        move(task, wanted, by=by)
        if asked.verb == "insist":
            _tell_department(task)
        elif asked.verb in ("contest", "correct"):
            _tell_finder(task)
    return task


def settle(delivery: Delivery) -> int:
    """Close the tasks whose row no longer counts since a delivery of the same dataset; returns how many."""
    tasks = list(
        CorrectionTask.objects.unsettled()
        .filter(delivery__dataset=delivery.dataset_id, delivery__area=delivery.area_id)
        .select_related("delivery__dataset", "delivery__area", "raised_by")
    )
    if not tasks:
        return 0
    counting = rows.still_counting(delivery.dataset, delivery.area_id, {task.row_content for task in tasks})
    over = [task for task in tasks if task.row_content not in counting]
    writes = {"closed_on": clock.today(), "corrected_by": delivery.pk}
    said = Request("correct", reason=_("The row no longer counts."), writes=writes)
    with transaction.atomic():
        results = move_many(over, said, by=User.objects.built_in("system")) if over else []
        moved = {result.key for result in results if result.moved}
        for task in over:
            if task.pk in moved:
                _tell_finder(task)
    return len(moved)


def page_of(task: CorrectionTask) -> str:
    """Return the address of a task."""
    return reverse("corrections:task", args=[task.pk])


def _tell_department(task: CorrectionTask) -> None:
    """Tell who delivers for the department; where nobody is posted, whoever delivers there."""
    people = holders(Right.DELIVER_DATA, task.delivery.area_id)
    department = task.delivery.dataset.department_id
    posts = Posting.objects.in_force().filter(user__in=people, department=department)
    own = set(posts.values_list("user", flat=True))
    told = [person for person in people if person.pk in own] or people
    notify(told, "row_to_correct", place=page_of(task), group=str(task.pk))


def _tell_finder(task: CorrectionTask) -> None:
    """Tell who found it, unless the page of tasks is not theirs to open: then their own work shows the answer."""
    if CorrectionTask.objects.visible_to(task.raised_by).filter(pk=task.pk).exists():
        notify([task.raised_by], "row_answered", place=page_of(task), group=str(task.pk))
