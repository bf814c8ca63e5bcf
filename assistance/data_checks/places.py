"""Where data checks stand in the navigation."""

from django.utils.translation import pgettext_lazy

from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

data_checks = NavItem(
    pgettext_lazy("case", "Data checks"), "cases:data_checks", "check", Right.VIEW_CASES, order=101
)
