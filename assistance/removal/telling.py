"""What people are told of removals: a step that waits for them, and a roll-back to decide."""

from collections import Counter
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assistance.enrolment.responsible import RIGHT_OF, right_for
from assistance.models import Removal
from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.inbox.kinds import NoticeKind
from foundation.inbox.notices import holders, notify, take_back

KINDS = (
    NoticeKind(
        "removals_waiting",
        _("Removals of risk wait for my step"),
        _("Removals of risk that wait for a step of yours: {count}."),
    ),
    NoticeKind(
        "rollbacks_waiting",
        _("A roll-back of a removal waits for the county"),
        _("Roll-backs of removals to decide: {count}."),
    ),
    NoticeKind(
        "removals_overdue_below",
        _("Removals of risk of my area are overdue for days"),
        _("Removals of risk that lie with people of your area are overdue for days: {count}."),
    ),
)
_LEVELS = {Right.DECIDE_CASES: Level.COUNTY, Right.REVIEW_CASES: Level.TOWNSHIP}


def tell_waiting(removals: Sequence[Removal], *, by: User) -> None:
    """Tell who takes the next steps that removals wait for; one notice for each person until it is read."""
    waiting: Counter[tuple[Right, str]] = Counter()
    for removal in removals:
        for right in {right_for(step) for step in removal.waits_for if step in RIGHT_OF}:
            waiting[right, removal.area_id[: _LEVELS.get(right, Level.VILLAGE)]] += 1
    for (right, area), count in waiting.items():
        place = f"{reverse('cases:removals')}?open=yes"
        notify(holders(right, area, but=by), "removals_waiting", place=place, group=area, count=count)


def tell_rollback(removal: Removal, *, by: User) -> None:
    """Tell the county that a township proposes to roll a removal back."""
    people = holders(Right.DECIDE_CASES, removal.area_id[: Level.COUNTY], but=by)
    notify(people, "rollbacks_waiting", place=page_of(removal), group=str(removal.pk))


def forget_rollback(removal: Removal) -> None:
    """Take back what nobody has read yet of a roll-back that is settled."""
    take_back("rollbacks_waiting", [str(removal.pk)])


def page_of(removal: Removal) -> str:
    """Return the address of a removal's page."""
    return reverse("cases:removal", args=[removal.pk])
