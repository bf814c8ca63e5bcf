"""Where disasters stand in the navigation, and the line of owed papers on a person's own list."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from assistance.fast_track.papers import owing
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import WorkItem, state_of
from foundation.desk.navigation import NavItem
from foundation.desk.tables import COUNTED

disasters = NavItem(
    pgettext_lazy("disaster", "Disasters"), "cases:disasters", "shield", Right.VIEW_CASES, order=98
)


def papers_owed(user: User) -> list[WorkItem]:
    """Say in one line how many cases owe papers since help came first, and by when the first of them."""
    if not user.holds(Right.PREPARE_CASES):
        return []
    rows = owing(user).filter(papers_due_on__isnull=False).order_by("papers_due_on")
    first = rows.values_list("papers_due_on", flat=True).first()
    if first is None:
        return []
    count = rows.order_by()[: COUNTED + 1].count()
    shown = f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
    return [
        WorkItem(
            title=_("Papers owed after help first: %(count)s") % {"count": shown},
            url=reverse("cases:papers_owed"),
            why=_("Help came first; the procedure of these households is still to be completed."),
            due=first,
            state=state_of(first),
        )
    ]
