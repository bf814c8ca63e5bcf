"""The seven numbers of an area: how many are monitored, and how many wait for what should be there by now."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assistance.enrolment.escalating import overdue
from assistance.lifecycle import HELD
from assistance.models import AidGap, Case, CaseMember, FollowUp, HelperClock, Removal
from assistance.models.aid_gaps import Side
from assistance.plans.clocks import lacking_first_measure
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.scope import within

#: A household that is identified again within so many days of its removal counts as returned (one year).
RETURNED_WITHIN = datetime.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Number:
    """One number: what it counts (households), what stands beside it, and the list that it leads to."""

    label: str
    count: int
    beside: str
    url: str
    wants: bool = True

    @property
    def is_bad(self) -> bool:
        """Whether somebody has to do something about it."""
        return self.wants and self.count > 0


def numbers(user: User, area: str) -> Sequence[Number]:
    """Return the seven numbers of what `user` may see under an area; a query for each, two for removals."""
    today = clock.today()
    here, of_case = within("area__code", [area]), within("case__area__code", [area])
    cases = Case.objects.visible_to(user).filter(here)
    held = cases.filter(state__in=HELD)
    clocks = HelperClock.objects.running().filter(case__in=held.values("pk"), due_on__lt=today)
    visits = FollowUp.objects.visible_to(user).owed().filter(of_case, due_on__lt=today)
    unpaid = AidGap.objects.visible_to(user).filter(of_case, side=Side.UNPAID)
    return (
        _monitored(held, area),
        _number(
            _("Step of a case overdue"), cases.filter(overdue(today)).count(), "cases", "due=overdue", area
        ),
        _number(_("No helper in time"), clocks.count(), "helpers", "lack=overdue", area),
        _number(
            _("Nothing has landed yet"),
            lacking_first_measure(user).filter(here).count(),
            "plans",
            "state=nothing",
            area,
        ),
        _number(_("Follow-up visit overdue"), visits.count(), "follow_ups", "late=yes", area),
        _number(
            _("Promised and not paid"),
            unpaid.values("case").distinct().count(),
            "aid_gaps",
            "side=unpaid",
            area,
        ),
        _returned(user, area, today),
    )


def _monitored(held: QuerySet[Case], area: str) -> Number:
    members = CaseMember.objects.filter(case__in=held.values("pk"), left_on__isnull=True)
    found = members.aggregate(homes=Count("case", distinct=True), persons=Count("pk"))
    beside = ngettext("%(count)d person", "%(count)d persons", found["persons"]) % {"count": found["persons"]}
    return _number(_("Monitored now"), found["homes"], "cases", "state=enrolled", area, beside, wants=False)


def _returned(user: User, area: str, today: datetime.date) -> Number:
    """Count who came back within a year of the removal, rolled back or identified anew; beside all of this year."""
    rows = Removal.objects.visible_to(user).filter(within("case__area__code", [area]))
    removed = rows.marked().filter(removed_on__year=today.year).count()
    again = Case.objects.filter(
        household=OuterRef("case__household"),
        decided_on__gt=OuterRef("decided_on"),
        decided_on__lte=OuterRef("decided_on") + RETURNED_WITHIN,
        state__in=HELD,
    )
    came_back = rows.filter(decided_on__gte=today - RETURNED_WITHIN).filter(
        Q(state="rolled_back") | Exists(again.exclude(pk=OuterRef("case")))
    )
    beside = _("%(count)d removed this year") % {"count": removed}
    label = pgettext("case", "Came back within a year of the removal")
    return _number(label, came_back.count(), "removals", "state=rolled_back", area, beside)


def _number(
    label: str, count: int, route: str, asked: str, area: str, beside: str = "", *, wants: bool = True
) -> Number:
    return Number(label, count, beside, f"{reverse(f'cases:{route}')}?{asked}&area={area}", wants)
