"""The desk's own items of the navigation."""

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

home = NavItem(_("Home"), "desk:home", "home", order=0, phone=True)
areas = NavItem(_("Areas"), "desk:areas", "map", Right.VIEW_AREAS, order=200)
regulations = NavItem(_("Regulations"), "desk:values", "book", right=Right.VIEW_VALUES, order=600)
inbox = NavItem(_("Inbox"), "desk:inbox", "bell", order=700)
jobs = NavItem(_("Long work"), "desk:jobs", "clock", order=800)
me = NavItem(_("Me"), "desk:me", "person", order=900, phone=True)
