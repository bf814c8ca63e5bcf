"""What of people in two households waits for a person."""

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import State, WorkItem, state_of
from foundation.desk.tables import COUNTED
from households.models import Duplicate, PairDecision


def to_decide(user: User) -> list[WorkItem]:
    """Say how many pairs wait: found in one's areas, or passed up to them (foundation.desk.home.Worklist)."""
    count, dues = 0, []
    if user.holds(Right.EDIT_HOUSEHOLDS):
        rows = Duplicate.objects.visible_to(user, Right.EDIT_HOUSEHOLDS).waiting()
        mine = rows.exclude(pk__in=PairDecision.objects.filter(state="passed").values("pair"))
        count = mine.order_by()[: COUNTED + 1].count()
        dues.append(mine.order_by().aggregate(first=Min("due_on"))["first"])
    if user.holds(Right.SETTLE_MOVES):
        passed = PairDecision.objects.passed_to(user).order_by()
        count += passed[: COUNTED + 1].count()
        dues.append(passed.aggregate(first=Min("due_on"))["first"])
    if not count:
        return []
    due = min((each for each in dues if each is not None), default=None)
    said = f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
    return [
        WorkItem(
            title=_("People in two households, to decide or pass up: %(count)s") % {"count": said},
            url=reverse("register:duplicates"),
            why=_("One person counts in one household: find out where they belong."),
            due=due,
            state=state_of(due) if due else State.LATER,
        )
    ]
