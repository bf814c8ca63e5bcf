"""Where the list of monitored objects stands in the navigation."""

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

monitored = NavItem(_("Monitored objects"), "monitored:monitored", "eye", Right.VIEW_HOUSEHOLDS, order=110)
