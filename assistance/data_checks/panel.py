"""The section of a case's page about what data checks doubt of it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from assistance.data_checks.counting import CHECKED, codes
from assistance.models import Case
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.models import QualityFinding
from households.quality.wording import Told, Words


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is doubted, and the way to the page that mends it: empty where that is this page."""

    told: Told
    url: str


class Panel:
    """What waits, and what was judged right as it is."""

    order = 46
    template = "assistance/_data_checks.html"
    right = Right.VIEW_CASES
    lent = True

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return the lines; nothing for a case that is not checked, or of which nothing is doubted."""
        if case.state not in CHECKED:
            return None
        rows = QualityFinding.objects.open().filter(household=case.household_id, rule__in=codes())
        told = Words(user).told(
            rows.select_related("resident", "judged_by").order_by("judged_on", "rule", "pk")
        )
        if not told:
            return None
        own, sees = (
            reverse("cases:case", args=[case.pk]),
            user.holds(Right.VIEW_HOUSEHOLDS, case.area_id, of=case.household),
        )
        mends = user.holds(Right.EDIT_HOUSEHOLDS, case.area_id)
        return {
            "waiting": [
                Line(each, _way(each, own, sees, mends)) for each in told if not each.finding.judged_on
            ],
            "judged": [each for each in told if each.finding.judged_on],
        }


def _way(told: Told, own: str, sees: bool, mends: bool) -> str:
    """Return where a reader mends it: the form of who corrects the register, else the household's page."""
    if told.form_url == own or not sees:
        return ""
    return told.form_url if told.form_url and mends else told.page_url


PANEL = Panel()
