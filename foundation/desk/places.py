"""The desk's own items of the navigation."""

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

home = NavItem(_("Home"), "desk:home", "home", order=0, phone=True)
areas = NavItem(_("Areas"), "desk:areas", "map", Right.VIEW_AREAS, order=200)
regulations = NavItem(_("Regulations"), "desk:values", "book", right=Right.VIEW_VALUES, order=600)
inbox = NavItem(_("Inbox"), "desk:inbox", "bell", order=700)
jobs = NavItem(_("Long work"), "desk:jobs", "clock", order=800)
staff = NavItem(_("Staff"), "desk:staff", "people", Right.VIEW_STAFF, order=300)
postings = NavItem(_("Postings"), "desk:postings", "post", Right.VIEW_STAFF, order=310)
grants = NavItem(_("Proposed postings"), "desk:grants", "check", Right.APPROVE_GRANTS, order=320)
stand_ins = NavItem(_("Stand-ins"), "desk:stand_ins", "swap", Right.VIEW_STAFF, order=330)
vacancies = NavItem(_("Vacancies"), "desk:vacancies", "vacancy", Right.VIEW_VACANCIES, order=340)
roles = NavItem(_("Roles"), "desk:roles", "shield", Right.VIEW_AREAS, order=700)
record = NavItem(_("Record of acts"), "desk:record", "book", Right.VIEW_LEDGER, order=400)
administration = NavItem(_("Administration"), "admin:index", "settings", Right.USE_ADMIN_SITE, order=710)
me = NavItem(_("Me"), "desk:me", "person", order=900, phone=True)
