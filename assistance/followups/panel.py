"""The section of a case's page about its follow-ups, and what of them shows a person where to go next."""

from typing import Any

from assistance.models import Case, FollowUp, SeenRisk
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right

#: How many made visits stand on the page.
_MADE = 6


class Panel:
    """The visit that is owed, and the last ones that were made."""

    order = 45
    template = "assistance/_follow_ups.html"
    right = Right.VIEW_CASES
    lent = True

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return the owed visit and those that were made; nothing for a case that was never monitored."""
        rows = FollowUp.objects.filter(case=case)
        owed = rows.owed().first()
        made = list(
            rows.filter(visit__isnull=False).select_related("visit").order_by("-done_on", "-pk")[:_MADE]
        )
        if owed is None and not made:
            return None
        seen = SeenRisk.objects.filter(visit__in=[row.visit_id for row in made])
        sees = user.holds(Right.VIEW_HOUSEHOLDS, case.area_id, of=case.household)
        return {
            "case": case, "owed": owed, "made": made, "late": owed is not None and owed.is_late(clock.today()),
            "may_visit": user.holds(Right.VISIT_HOUSEHOLDS, case.area_id, of=case.household), "sees_visits": sees,
            "reported": set(seen.values_list("visit", flat=True)),
        }  # fmt: skip


PANEL = Panel()
