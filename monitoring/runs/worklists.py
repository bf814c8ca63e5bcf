"""What stands on the list of who runs comparisons: findings that are held back, and wait for a person."""

from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import MOST_ITEMS, State, WorkItem
from monitoring.models import Finding
from monitoring.runs.held import groups, waiting
from monitoring.runs.reasons import why_held


def held_back(user: User) -> list[WorkItem]:
    """Name what waits to be released or refused, a line for each standard and county."""
    if not user.holds(Right.RUN_COMPARISON):
        return []
    rows = waiting(Finding.objects.visible_to(user, Right.RUN_COMPARISON))
    return [
        WorkItem(
            title=_("Held back: %(count)s × %(standard)s, %(county)s")
            % {"count": f"{each.count:,}", "standard": each.standard.label, "county": each.county_name},
            url=each.url,
            why=why_held(each.because),
            due=None,
            state=State.TODAY,
        )
        for each in groups(rows)[:MOST_ITEMS]
    ]
