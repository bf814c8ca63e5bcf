"""Where comparisons stand: the navigation, the pages that belong together, and addresses of their parts."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem
from monitoring.deliveries.places import ShownTab, Tab
from monitoring.models import Finding, Run

comparisons = NavItem(_("Comparisons"), "comparisons:list", "swap", Right.VIEW_FINDINGS, order=146)

TABS: tuple[Tab, ...] = (
    Tab(_("Comparisons"), "comparisons:list", "list", Right.VIEW_FINDINGS),
    Tab(_("Held back"), "comparisons:held_list", "shield", Right.VIEW_FINDINGS),
    Tab(_("Trials"), "comparisons:trials", "eye", Right.VIEW_FINDINGS),
)


def tabs_for(user: User, here: str) -> list[ShownTab]:
    """Return the tabs that open to `user`, the route `here` marked."""
    return [
        ShownTab(tab.label, reverse(tab.url_name), tab.icon, tab.url_name == here)
        for tab in TABS
        if user.holds(tab.right)
    ]


def page_of(run: Run) -> str:
    """Return the address of a comparison."""
    return reverse("comparisons:run", args=[run.pk])


def held_page(run: int, standard: str, county: str) -> str:
    """Return the address of what a comparison holds back of one standard in one county."""
    return f"{reverse('comparisons:held', args=[run])}?{urlencode({'standard': standard, 'county': county})}"


def changes_page(run: int, standard: str, what: str) -> str:
    """Return the address of what has changed in one standard since the comparison before."""
    return f"{reverse('comparisons:changes', args=[run])}?{urlencode({'standard': standard, 'what': what})}"


def finding_page(finding: Finding) -> str:
    """Return the address of what explains a finding."""
    return reverse("monitoring:finding", args=[finding.pk])
