"""Where the plans of households stand in the navigation."""

from django.utils.translation import pgettext_lazy

from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

plans = NavItem(
    pgettext_lazy("plan", "Plans of households"), "cases:plans", "list", Right.VIEW_CASES, order=97,
    lent="assistance.case",
)  # fmt: skip
