"""Where the tasks of an office stand in the navigation: what it is asked to do for households."""

from django.utils.translation import pgettext_lazy

from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

tasks = NavItem(
    pgettext_lazy("measure", "Help asked of us"),
    "cases:measure_tasks",
    "check",
    Right.ANSWER_MEASURES,
    order=97,
)
