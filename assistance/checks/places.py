"""Where asset checks stand in the navigation of who sees cases."""

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

checks = NavItem(_("Asset checks"), "cases:checks", "search", Right.VIEW_CASES, order=97)
