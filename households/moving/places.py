"""Where moves stand in the navigation, and what of them waits for a person."""

from django.db.models import Min, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import State, WorkItem, state_of
from foundation.desk.navigation import NavItem
from foundation.desk.tables import COUNTED
from households.models import HouseholdMove

moves = NavItem(
    pgettext_lazy("move", "Moves of households and people"),
    "moves:moves",
    "swap",
    Right.VIEW_HOUSEHOLDS,
    order=107,
)


def to_answer(user: User) -> list[WorkItem]:
    """Say how many households want to move into areas for which `user` answers (foundation.desk.home.Worklist)."""
    if not user.holds(Right.ANSWER_MOVES):
        return []
    rows = HouseholdMove.objects.into(user, Right.ANSWER_MOVES).filter(state="proposed")
    return _item(rows, _("Households and people who come here, to accept or refuse: %(count)s"),
                 _("Until you accept, the area that they leave answers for them."),
                 "to=yes&state=proposed")  # fmt: skip


def to_settle(user: User) -> list[WorkItem]:
    """Say how many moves came up because the receiving area did not answer."""
    if not user.holds(Right.SETTLE_MOVES):
        return []
    rows = HouseholdMove.objects.above(user)
    return _item(rows, _("Moves between areas to decide or urge: %(count)s"),
                 _("The receiving area did not answer in time."), "state=referred")  # fmt: skip


def waiting_elsewhere(user: User) -> list[WorkItem]:
    """Say how many households of one's own wait for another area; there is nothing to do but to know."""
    if not user.holds(Right.EDIT_HOUSEHOLDS):
        return []
    rows = HouseholdMove.objects.out_of(user, Right.EDIT_HOUSEHOLDS).waiting()
    items = _item(rows, _("Households and people whose move waits for another area: %(count)s"),
                  _("They are yours until the receiving area accepts."), "from=yes")  # fmt: skip
    return [WorkItem(each.title, each.url, each.why, each.due, State.WAITING) for each in items]


def _item(rows: QuerySet[HouseholdMove], title: str | Promise, why: str, filtered: str) -> list[WorkItem]:
    count = rows.order_by()[: COUNTED + 1].count()
    if not count:
        return []
    said = f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
    due = rows.order_by().aggregate(first=Min("due_on"))["first"]
    url = f"{reverse('moves:moves')}?{filtered}"
    state = state_of(due) if due else State.LATER
    return [WorkItem(str(title) % {"count": said}, url, why, due, state)]
