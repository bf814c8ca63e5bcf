"""The line of the home page: how many households wait to be corrected, for who corrects the register."""

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes
from foundation.desk.home import State, WorkItem
from foundation.desk.tables import COUNTED
from households.models import Household, QualityFinding
from households.quality.selectors import with_findings


def waiting_findings(user: User) -> list[WorkItem]:
    """Say in one line in how many households of a person's own areas something waits to be corrected."""
    if not user.holds(Right.EDIT_HOUSEHOLDS):
        return []
    waiting = QualityFinding.objects.visible_to(user, Right.EDIT_HOUSEHOLDS).waiting()
    rows = with_findings(Household.objects.visible_to(user, Right.EDIT_HOUSEHOLDS), waiting)
    count = rows.order_by()[: COUNTED + 1].count()
    if not count:
        return []
    shown = f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
    own = prefixes(user, Right.EDIT_HOUSEHOLDS)
    place = reverse("quality:area", args=[min(own)]) if len(own) == 1 else reverse("quality:overview")
    return [
        WorkItem(
            title=_("Households whose entries need correcting: %(count)s") % {"count": shown},
            url=place,
            why=_("What the register says of them does not fit together, or something is missing."),
            due=None,
            state=State.LATER,
        )
    ]
