"""Where cases stand in the navigation."""

from django.utils.translation import pgettext_lazy

from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

#: The label of the model: pages open too to whom a case is lent.
CASE = "assistance.case"
cases = NavItem(pgettext_lazy("case", "Cases"), "cases:cases", "check", Right.VIEW_CASES, order=96, lent=CASE)
board = NavItem(pgettext_lazy("case", "Village board"), "cases:board", "list", Right.VIEW_CASES, order=97)
national = NavItem(
    pgettext_lazy("case", "National system"), "cases:national", "swap", Right.PREPARE_CASES, order=108
)
