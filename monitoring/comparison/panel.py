"""What the comparison found about a household, on its page, with the way to “why is there no warning?”."""

from typing import Any

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.models import Household
from monitoring.comparison import amounts
from monitoring.comparison.subjects import Subjects
from monitoring.comparison.words import badge_of
from monitoring.models import Finding

#: The page shows so many; the list has them all.
MOST = 20


class LivingFindings:
    """The living findings of a household (households.panels.HouseholdPanel); also where there are none."""

    order = 15
    template = "monitoring/findings/_panel.html"
    right = Right.VIEW_FINDINGS

    def context(self, household: Household, user: User) -> dict[str, Any]:
        """Return the findings in words, the newest first."""
        subjects = Subjects(user)
        rows = Finding.objects.visible_to(user).living().filter(household=household)
        rows = rows.select_related("standard", "household", "resident").order_by("-day", "-pk")[:MOST]
        return {
            "household": household,
            "findings": [
                {
                    "finding": each,
                    "who": subjects.who(each) if each.resident is not None else "",
                    "measured": amounts.shown(each.measured, amounts.unit_of(each.standard)),
                    "line": amounts.shown(each.line, amounts.unit_of(each.standard)),
                    "badge": badge_of(each),
                }
                for each in rows
            ],
        }


FINDINGS = LivingFindings()
