"""Where reminders stand in the navigation of the offices that answer them."""

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

reminders = NavItem(_("Reminders"), "reminders:list", "bell", Right.SETTLE_REMINDERS, order=118)
