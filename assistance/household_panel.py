"""The cases of a household, as a section of its page."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alerts.models import Alert
from assistance import wording
from assistance.followups.before import ENDED
from assistance.models import Case, FollowUp, HelperPlace, Removal
from assistance.removal.aftercare import looked_after
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
        care = _aftercare(rows)
        told = [
            {
                "case": row,
                "state": wording.state_badge(row),
                "waits": names.told(row.waits_for) if names else "",
                "helpers": "、".join(helpers.get(row.pk, [])),
                "aftercare": care.get(row.pk),
            }
            for row in rows
        ]
        return {"told": told} if told else None


def _aftercare(cases: Sequence[Case]) -> dict[int, Any]:
    """Return by case the day by which a household whose risk is removed, here or before, is visited next."""
    gone = [case.pk for case in cases if case.state in ("removed", ENDED)]
    if not gone:
        return {}
    here = looked_after(Removal.objects.filter(case__in=gone, visit_due_on__isnull=False))
    before = FollowUp.objects.owed().filter(case__in=gone, case__state=ENDED)
    return dict(here.order_by("pk").values_list("case", "visit_due_on")) | dict(
        before.values_list("case", "due_on")
    )


def case_of_alert(alert: Alert, user: User) -> tuple[str, str] | None:
    """Return the way from a warning's page to the case that was opened for it (ALERT_LINKS)."""
    row = Case.objects.visible_to(user).filter(alert=alert).first()
    if row is None:
        return None
    return _("Case %(number)s") % {"number": row.number}, reverse("cases:case", args=[row.pk])


CASES = HouseholdCases()
