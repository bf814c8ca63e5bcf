"""Where candidates stand in the navigation of who delivers."""

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

candidates = NavItem(_("Rows without a person"), "candidates:list", "search", Right.DELIVER_DATA, order=156)
