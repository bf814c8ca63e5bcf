"""Where alerts stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

alerts = NavItem(_("Warnings"), "alerts:queue", "alert", Right.VIEW_ALERTS, order=90, phone=True)
reports = NavItem(_("Report a concern"), "alerts:which", "edit", Right.REPORT_CONCERNS, order=126)
