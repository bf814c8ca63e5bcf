"""Where follow-ups stand in the navigation, and what of them waits for a person."""

from collections.abc import Sequence

from django.db.models import Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from assistance.followups.before import ENDED
from assistance.followups.purpose import SOON
from assistance.helping.sentences import Line
from assistance.models import Case, FollowUp
from assistance.removal.aftercare import near
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import WorkItem, state_of
from foundation.desk.navigation import NavItem
from foundation.desk.tables import COUNTED

follow_ups = NavItem(
    pgettext_lazy("case", "Follow-ups"), "cases:follow_ups", "place", Right.VIEW_CASES, order=100
)


def of_follow_ups(user: User) -> list[WorkItem]:
    """Say how many households are to be visited soon, monitored ones and removed ones, to who visits (Worklist)."""
    if not user.holds(Right.VISIT_HOUSEHOLDS):
        return []
    rows = FollowUp.objects.visible_to(user, Right.VISIT_HOUSEHOLDS).owed()
    monitored = rows.filter(due_on__lte=clock.today() + SOON).exclude(case__state=ENDED)
    removed = near(rows.filter(case__state=ENDED), "due_on", "case__area")
    return [
        *_line(
            monitored, "no", _("Monitored households to visit: %(count)s"),
            _("Each is owed a visit by its risk level; one visit serves everything that is due in that yard."),
        ),
        *_line(
            removed, "yes", _("Households removed before this platform to visit: %(count)s"),
            _("Households whose risk is removed are visited again every year."),
        ),
    ]  # fmt: skip


def _line(rows: QuerySet[FollowUp], removed: str, title: str, why: str) -> list[WorkItem]:
    count = rows.order_by()[: COUNTED + 1].count()
    if not count:
        return []
    due = rows.aggregate(first=Min("due_on"))["first"]
    said = f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
    url = f"{reverse('cases:follow_ups')}?removed={removed}"
    return [WorkItem(title=title % {"count": said}, url=url, why=why, due=due, state=state_of(due))]


def helper_lines(cases: Sequence[Case], user: User) -> dict[int, list[Line]]:
    """Say of each case until when its household is owed a visit (assistance.helping.sentences.HelperLines)."""
    rows = FollowUp.objects.owed().filter(case__in=cases).values_list("case", "due_on", "case__household")
    return {
        case: [
            Line(
                _("Follow-up visit"),
                day,
                f"{reverse('households:visit_write', args=[home])}?form=call",
                handed_on=False,
            )
        ]
        for case, day, home in rows
    }
