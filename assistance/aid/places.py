"""Where aid stands in the navigation, and what of it waits for a person."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from assistance.models import AidGap
from assistance.models.aid_gaps import Side
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import State, WorkItem
from foundation.desk.navigation import NavItem

records = NavItem(
    pgettext_lazy("aid", "Aid that landed"), "cases:aid_records", "check", Right.VIEW_CASES, order=101
)
matching = NavItem(
    pgettext_lazy("aid", "Promised and paid"), "cases:aid_gaps", "list", Right.VIEW_CASES, order=102
)


def of_aid(user: User) -> list[WorkItem]:
    """Say how many differences wait, to who plans help in an area (foundation.desk.home.Worklist)."""
    if not user.holds(Right.PLAN_HELP):
        return []
    rows = AidGap.objects.visible_to(user, Right.PLAN_HELP).order_by()
    counts = rows.aggregate(
        unpaid=Count("pk", filter=Q(side=Side.UNPAID)), unrecorded=Count("pk", filter=Q(side=Side.UNRECORDED))
    )
    lines = (
        (Side.UNPAID, _("Aid that was promised and not paid: %(count)d"),
         _("The department's list has no row: ask it, or say why.")),
        (Side.UNRECORDED, _("Aid that was paid and is not recorded: %(count)d"),
         _("One press takes the payment over as a record.")),
    )  # fmt: skip
    return [
        WorkItem(
            title=title % {"count": counts[str(side)]},
            url=f"{reverse('cases:aid_gaps')}?side={side}",
            why=why,
            due=None,
            state=State.LATER,
        )
        for side, title, why in lines
        if counts[str(side)]
    ]
