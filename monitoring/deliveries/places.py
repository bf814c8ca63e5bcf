"""Where deliveries stand: the navigation, and the row of pages that belong together."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

deliveries = NavItem(
    _("Deliveries"), "monitoring:deliveries", "upload", Right.VIEW_DATASETS, order=140, phone=True
)


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of a department's data: its words, its route, and the right that opens it."""

    label: str | Promise
    url_name: str
    icon: str
    right: Right = Right.VIEW_DATASETS


#: The pages beside the list, in their order. What later brings back to the department adds its line here.
TABS: tuple[Tab, ...] = (
    Tab(_("Deliveries"), "monitoring:deliveries", "list"),
    Tab(_("What is due"), "monitoring:rhythm", "calendar"),
    Tab(_("Scorecard"), "monitoring:scorecard", "check"),
    Tab(_("Rows without a person"), "candidates:list", "search", Right.DELIVER_DATA),
    Tab(_("Rows to correct"), "corrections:list", "edit", Right.DELIVER_DATA),
    Tab(_("Outcomes"), "outcomes:list", "check", Right.DELIVER_DATA),
    Tab(_("Confirmed headers"), "monitoring:headers", "book", Right.DELIVER_DATA),
    Tab(_("Who opened the data"), "monitoring:opened", "eye"),
    Tab(_("Duty list"), "monitoring:duty_list", "people"),
)


@dataclass(frozen=True, slots=True)
class ShownTab:
    """A tab as one page shows it; `here` marks the page itself."""

    label: str | Promise
    url: str
    icon: str
    here: bool


def tabs_for(user: User, here: str) -> list[ShownTab]:
    """Return the tabs that open to `user`, the route `here` marked."""
    return [
        ShownTab(tab.label, reverse(tab.url_name), tab.icon, tab.url_name == here)
        for tab in TABS
        if user.holds(tab.right)
    ]
