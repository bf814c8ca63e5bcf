"""Where register files stand in the navigation, and pairs to decide among the work of the day."""

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

files = NavItem(_("Register files"), "register:files", "upload", Right.IMPORT_REGISTER, order=105)
