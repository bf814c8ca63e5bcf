"""Where data quality stands in the navigation."""

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

quality = NavItem(_("Data quality"), "quality:overview", "check", Right.VIEW_HOUSEHOLDS, order=120)
