"""Where meetings, notices and objections stand in the navigation, and what of them waits for a person."""

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.evaluations.calling import STEP as EVALUATE
from assistance.models import Case, Evaluation, EvaluationItem, Notice, Objection
from assistance.notices.drawing import STEP as POST
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.desk.home import State, WorkItem, state_of
from foundation.desk.navigation import NavItem
from foundation.desk.tables import COUNTED
from households.codes.scanning import ScanLink

evaluations = NavItem(
    gettext_lazy("Evaluations"), "cases:evaluations", "people", Right.PREPARE_CASES, order=98
)
notices = NavItem(gettext_lazy("Public notices"), "cases:notices", "post", Right.VIEW_CASES, order=99)


def of_village(code: str) -> ScanLink | None:
    """Lead whoever scans the code of a village to its public notices (SCAN_LINKS); a household's code leads nowhere."""
    if len(code) != Level.VILLAGE:
        return None
    return ScanLink(_("Public notices of this village"), reverse("public_notices", args=[code]))


def of_notices(user: User) -> list[WorkItem]:
    """Return what waits of this part (foundation.desk.home.Worklist): one line each."""
    found: list[WorkItem] = []
    if user.holds(Right.PREPARE_CASES):
        found += _cases(
            user, EVALUATE, _("Households that wait for a meeting: %(count)s"), "cases:evaluations"
        )
        found += _meetings(user)
        found += _cases(user, POST, _("Households that wait for a notice: %(count)s"), "cases:notices")
        found += _to_take_down(user)
    return found + (_objections(user) if user.holds(Right.REVIEW_CASES) else [])


def _cases(user: User, step: str, title: str, page: str) -> list[WorkItem]:
    rows = Case.objects.visible_to(user, Right.PREPARE_CASES).waiting_for(step)
    if step == EVALUATE:
        taken = EvaluationItem.objects.filter(result="", case__isnull=False)
        rows = rows.exclude(pk__in=taken.values("case"))
    count = rows.order_by()[: COUNTED + 1].count()
    due = rows.aggregate(first=Min("step_due_on"))["first"]
    why = _("The village decides about many households together.")
    return _line(count, title, reverse(page), why, due)


def _meetings(user: User) -> list[WorkItem]:
    rows = Evaluation.objects.visible_to(user, Right.PREPARE_CASES).open().filter(meets_on__lte=clock.today())
    first = rows.order_by("meets_on", "pk").first()
    if first is None:
        return []
    url = reverse("cases:evaluation", args=[first.pk])
    title = _("Meetings whose votes are to be entered: %(count)s")
    return _line(
        rows.count(), title, url, _("Nothing goes on until the meeting is concluded."), first.meets_on
    )


def _to_take_down(user: User) -> list[WorkItem]:
    rows = Notice.objects.visible_to(user, Right.PREPARE_CASES)
    count = rows.filter(until__lt=clock.today(), taken_down_on__isnull=True).count()
    url = reverse("cases:notices")
    return _line(count, _("Notices to take off the wall: %(count)s"), url, _("Their last day is over."))


def _objections(user: User) -> list[WorkItem]:
    rows = Objection.objects.visible_to(user, Right.REVIEW_CASES).open()
    due = rows.aggregate(first=Min("answer_due_on"))["first"]
    url = f"{reverse('cases:objections')}?open=yes"
    why = _("Each holds its household back until it is settled.")
    return _line(rows.order_by()[: COUNTED + 1].count(), _("Objections to settle: %(count)s"), url, why, due)


def _line(count: int, title: str, url: str, why: str, due: object = None) -> list[WorkItem]:
    if not count:
        return []
    said = f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
    state = state_of(due) if due else State.LATER  # type: ignore[arg-type]
    return [WorkItem(title=title % {"count": said}, url=url, why=why, due=due, state=state)]  # type: ignore[arg-type]
