"""What of changes of category waits for a county."""

from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.models import Recategorisation
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import State, WorkItem
from foundation.desk.tables import COUNTED


def of_categories(user: User) -> list[WorkItem]:
    """Return how many changes of category wait for the decision of `user` (foundation.desk.home.Worklist)."""
    if not user.holds(Right.DECIDE_CASES):
        return []
    rows = Recategorisation.objects.visible_to(user, Right.DECIDE_CASES).open()
    count = rows.order_by()[: COUNTED + 1].count()
    if not count:
        return []
    said = f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
    return [
        WorkItem(
            title=_("Changes of category to decide: %(count)s") % {"count": said},
            url=f"{reverse('cases:recategorisations')}?state=proposed",
            why=_("A township says that a monitored household counts in another category now."),
            due=None,
            state=State.LATER,
        )
    ]
