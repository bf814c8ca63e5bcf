"""Where decisions about cases stand in the navigation."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alerts.letter_lists import LetterList
from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

reviews = NavItem(
    pgettext_lazy("case", "Township review"), "cases:reviews", "check", Right.REVIEW_CASES, order=94
)
approvals = NavItem(
    pgettext_lazy("case", "County approval"), "cases:approvals", "check", Right.DECIDE_CASES, order=94
)
#: Letters on cases stand beside those after a visit (alerts.letter_lists).
letters = LetterList(_("Letters on cases"), "cases:letters", Right.VIEW_CASES)
