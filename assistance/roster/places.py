"""Where the exchange with civil affairs stands in the navigation, and what of it waits for a person."""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from assistance.models import RosterDifference
from assistance.querysets_of_assessments import exchange_prefixes
from assistance.roster.rights import may_hand_in
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import State, WorkItem
from foundation.desk.navigation import NavItem


class _Rosters(NavItem):
    """For who sees cases of an area, and of departments for civil affairs alone."""

    def is_for(self, user: User) -> bool:
        """Say whether anything was or could be exchanged there with `user`."""
        return bool(exchange_prefixes(user))


rosters = _Rosters(
    pgettext_lazy("roster", "Lists with civil affairs"),
    "cases:rosters",
    "list",
    Right.ANSWER_MEASURES,
    order=103,
)


def of_rosters(user: User) -> list[WorkItem]:
    """Return how many differences wait for who may settle them: a line for each compared list."""
    if not may_hand_in(user):
        return []
    rows = RosterDifference.objects.visible_to(user).unsettled().order_by()
    return [
        WorkItem(
            title=_("Differences to the list of civil affairs: %(count)s") % {"count": f"{count:,}"},
            url=f"{reverse('cases:roster', args=[key])}?open=yes",
            why=_("Both lists say something else of these people; somebody settles each with a reason."),
            due=None,
            state=State.LATER,
        )
        for key, count in rows.values_list("comparison").annotate(Count("pk")).order_by("comparison")
    ]
