"""Where visits stand in the navigation."""

from django.utils.translation import pgettext_lazy

from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

visits = NavItem(
    pgettext_lazy("visit", "Visits"), "households:visits", "place", Right.VIEW_HOUSEHOLDS, order=102
)
