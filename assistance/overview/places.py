"""Where the overview stands in the navigation."""

from django.utils.translation import pgettext_lazy

from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

overview = NavItem(
    pgettext_lazy("case", "Help at a glance"), "cases:overview", "list", Right.VIEW_CASES, order=90
)
