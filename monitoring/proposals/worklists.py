"""The line of the home page: how many proposed changes wait for who corrects the register."""

from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes
from foundation.desk.home import State, WorkItem
from foundation.desk.tables import COUNTED
from monitoring.models import RegisterProposal
from monitoring.proposals.places import worklist_of


def waiting_proposals(user: User) -> list[WorkItem]:
    """Say in one line how many changes departments propose in a person's own areas."""
    if not user.holds(Right.EDIT_HOUSEHOLDS):
        return []
    rows = RegisterProposal.objects.visible_to(user, Right.EDIT_HOUSEHOLDS).waiting()
    count = rows.order_by()[: COUNTED + 1].count()
    if not count:
        return []
    own = prefixes(user, Right.EDIT_HOUSEHOLDS)
    return [
        WorkItem(
            title=_("Changes of the register that departments propose: %(count)s")
            % {"count": f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"},
            url=worklist_of(min(own) if len(own) == 1 else ""),
            why=_("A delivery says something else than the register; a person decides which is right."),
            due=None,
            state=State.LATER,
        )
    ]
