"""Where codes and leaflets stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

codes = NavItem(_("Codes and leaflets"), "codes:overview", "code", Right.VIEW_HOUSEHOLDS, order=118)
