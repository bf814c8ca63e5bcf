"""A line of the home page: what offices answered as landed, and nobody recorded as aid."""

from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.measures.worklists import of_office
from assistance.models import Measure
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import State, WorkItem
from foundation.desk.tables import COUNTED


def unrecorded(user: User) -> list[WorkItem]:
    """Return the line of whoever records aid: of the cases that one helps, or of one's own offices (WORKLISTS)."""
    if not user.holds(Right.RECORD_AID):
        return []
    rows = Measure.objects.visible_to(user).without_record()
    if not user.holds(Right.PLAN_HELP):
        rows = rows.filter(of_office(user))
    count = rows.order_by()[: COUNTED + 1].count()
    if not count:
        return []
    said = f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
    return [
        WorkItem(
            title=_("Measures that landed without a record of aid: %(count)s") % {"count": said},
            url=f"{reverse('cases:measure_tasks')}?recorded=no",
            why=_("Sums of aid and what is handed in count records alone: write down what was given."),
            due=None,
            state=State.LATER,
        )
    ]
