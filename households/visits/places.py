"""Where visits stand in the navigation, and the tile of what is still to be handed up."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import Tile
from foundation.desk.navigation import NavItem
from households.models import Visit
from households.visits.tables import owing_of

visits = NavItem(
    pgettext_lazy("visit", "Visits"), "households:visits", "place", Right.VIEW_HOUSEHOLDS, order=102
)


def to_hand_up(user: User) -> Tile | None:
    """Count one's own visits that still owe a signature (信息上传), for who visits households."""
    if not user.holds(Right.VISIT_HOUSEHOLDS):
        return None
    count = owing_of(user, Visit.objects.visible_to(user)).count()
    return Tile(
        _("Information to hand up"), count, f"{reverse('households:visits')}?mine=yes&owed=yes", "upload"
    )
