"""Where helpers stand in the navigation, and the tile of one's own households on the phone home."""

from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.helping.own import helped_by
from assistance.places import CASE
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import Tile
from foundation.desk.navigation import NavItem

helpers = NavItem(
    pgettext_lazy("helper", "Helpers"), "cases:helpers", "people", Right.ASSIGN_HELPERS, order=97
)
hand_overs = NavItem(
    pgettext_lazy("hand-over", "Hand-overs"), "cases:hand_overs", "swap", Right.ASSIGN_HELPERS, order=97
)
own = NavItem(
    gettext_lazy("My households"), "cases:my_households", "household", order=87, phone=True, lent=CASE
)


def my_households(user: User) -> Tile | None:
    """Count the households that one helps; nothing for who helps none."""
    count = helped_by(user)
    return (
        Tile(gettext_lazy("My households"), count, reverse("cases:my_households"), "household")
        if count
        else None
    )
