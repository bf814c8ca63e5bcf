"""Items of the navigation."""

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

findings = NavItem(_("Findings"), "monitoring:findings", "search", Right.VIEW_FINDINGS, order=116)
standards = NavItem(_("Warning standards"), "monitoring:standards", "compare", Right.VIEW_VALUES, order=145)
datasets = NavItem(_("Departmental data"), "monitoring:datasets", "list", Right.VIEW_DATASETS, order=150)
