"""Where the register stands in the navigation, and its tile on the phone home."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import Tile
from foundation.desk.navigation import NavItem
from households.tables import monitored_count

#: What is lent by its label: who was lent a household finds the place without the right.
HOUSEHOLD = "households.household"

households = NavItem(
    _("Households"),
    "households:households",
    "household",
    Right.VIEW_HOUSEHOLDS,
    order=100,
    phone=True,
    lent=HOUSEHOLD,
)


def monitored(user: User) -> Tile | None:
    """Count the monitored households (监测排查) for who answers for what the register says of them."""
    if not user.holds(Right.EDIT_HOUSEHOLDS):
        return None
    return Tile(
        _("Monitoring and screening"),
        monitored_count(user),
        f"{reverse('households:households')}?monitored=yes",
        "household",
    )
