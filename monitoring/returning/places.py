"""Where rows to be corrected stand in the navigation of who delivers."""

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

corrections = NavItem(_("Rows to correct"), "corrections:list", "edit", Right.DELIVER_DATA, order=157)
