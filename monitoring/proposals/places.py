"""Where proposed changes of the register stand in the navigation."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

proposals = NavItem(
    _("Proposed changes"), "proposals:list", "swap", Right.EDIT_HOUSEHOLDS, order=125, phone=False
)


def worklist_of(area: str) -> str:
    """Return the address of the worklist of an area."""
    return f"{reverse('proposals:list')}?area={area}"
