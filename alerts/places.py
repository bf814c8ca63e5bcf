"""Where alerts stand in the navigation, and their tiles on the phone home."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alerts.letter_lists import LetterList
from alerts.models import Alert
from alerts.verification.own_list import to_visit
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import Tile
from foundation.desk.navigation import NavItem

alerts = NavItem(_("Warnings"), "alerts:queue", "alert", Right.VIEW_ALERTS, order=90, phone=True)
own_list = NavItem(_("My doorstep checks"), "alerts:mine", "check", Right.VISIT_HOUSEHOLDS, order=88)
reports = NavItem(_("Report a concern"), "alerts:which", "edit", Right.REPORT_CONCERNS, order=126)


def compared(user: User) -> Tile | None:
    """Count the open warnings that the comparison and reports brought (数据比对), for who visits households."""
    if not user.holds(Right.VISIT_HOUSEHOLDS):
        return None
    count = Alert.objects.visible_to(user).open().order_by().count()
    return Tile(_("Data comparison"), count, reverse("alerts:queue"), "compare")


def to_check(user: User) -> Tile | None:
    """Count what waits for one's own check (核查评估): households to visit, and reports to review."""
    if not user.holds(Right.VISIT_HOUSEHOLDS):
        return None
    count, url = to_visit(user).count(), reverse("alerts:mine")
    if user.holds(Right.REVIEW_VISITS):
        count += Alert.objects.visible_to(user, Right.REVIEW_VISITS).filter(state="reported").count()
        url = f"{reverse('alerts:queue')}?state=reported"
    return Tile(_("Checks and reviews"), count, url, "check")


letters = NavItem(_("Letters to households"), "alerts:letters", "print", Right.VISIT_HOUSEHOLDS, order=112)
#: Letters of visits among all lists of letters (alerts.letter_lists).
letters_of_visits = LetterList(_("Letters after visits"), "alerts:letters", Right.VIEW_ALERTS)
