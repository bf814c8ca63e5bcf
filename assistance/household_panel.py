"""The cases of a household, as a section of its page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alerts.models import Alert
from assistance import wording
from assistance.models import Case, HelperPlace
from assistance.wording import StepNames
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.models import Household


class HouseholdCases:
    """Cases of a household, the newest first (households.panels.HouseholdPanel)."""

    order = 4
    template = "assistance/_of_household.html"
    right = Right.VIEW_CASES
    lent = True

    def context(self, household: Household, user: User) -> dict[str, Any] | None:
        """Return the cases in words; nothing at all where there are none."""
        rows = list(Case.objects.visible_to(user).filter(household=household).order_by("-pk"))
        names = StepNames() if rows else None
        helpers: dict[int, list[str]] = {}
        held = HelperPlace.objects.held().filter(case__in=rows).select_related("person").order_by("pk")
        for place in held if rows else ():
            helpers.setdefault(place.case_id, []).append(place.person.name)
        told = [
            {
                "case": row,
                "state": wording.state_badge(row),
                "waits": names.told(row.waits_for) if names else "",
                "helpers": "、".join(helpers.get(row.pk, [])),
            }
            for row in rows
        ]
        return {"told": told} if told else None


def case_of_alert(alert: Alert, user: User) -> tuple[str, str] | None:
    """Return the way from a warning's page to the case that was opened for it (ALERT_LINKS)."""
    row = Case.objects.visible_to(user).filter(alert=alert).first()
    if row is None:
        return None
    return _("Case %(number)s") % {"number": row.number}, reverse("cases:case", args=[row.pk])


CASES = HouseholdCases()
