"""Where authorisations stand in the navigation of who sees households."""

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

authorisations = NavItem(_("Authorisations"), "authorisations:list", "edit", Right.VIEW_HOUSEHOLDS, order=106)
