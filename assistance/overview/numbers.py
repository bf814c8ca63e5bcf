"""The numbers of an area: how many are monitored, and how many wait for what should be there by now."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assistance.enrolment.escalating import overdue
from assistance.lifecycle import HELD
from assistance.models import AidGap, Case, CaseMember, FollowUp, HelperClock, Removal
from assistance.models.aid_gaps import Side
from assistance.overdue.looking import first_measures, plans
from assistance.overview.checked import told
from assistance.plans.clocks import lacking_first_measure, lacking_plan
from assistance.removal.aftercare import looked_after, near
from assistance.removal.returning import of_this_year
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.scope import within
from monitoring.deliveries.looks import share_of


@dataclass(frozen=True, slots=True)
class Number:
    """One number: what it counts (households), what stands beside it, and the list that it leads to.

    `late` says how many of them have run out of time, where not every one of them has; None: all of them.
    """

    label: str
    count: int
    beside: str
    url: str
    wants: bool = True
    late: int | None = None

    @property
    def is_bad(self) -> bool:
        """Whether somebody has to do something about it that should be done by now."""
        return self.wants and (self.count if self.late is None else self.late) > 0


def numbers(user: User, area: str) -> Sequence[Number]:
    """Return the numbers of what `user` may see under an area; a query or two for each."""
    today = clock.today()
    here, of_case = within("area__code", [area]), within("case__area__code", [area])
    cases = Case.objects.visible_to(user).filter(here)
    held = cases.filter(state__in=HELD)
    clocks = HelperClock.objects.running().filter(case__in=held.values("pk"), due_on__lt=today)
    visits = FollowUp.objects.visible_to(user).owed().filter(of_case, due_on__lt=today)
    unpaid = AidGap.objects.visible_to(user).filter(of_case, side=Side.UNPAID)
    return (
        _monitored(held, area),
        _enrolled(user, area),
        _number(
            _("Step of a case overdue"), cases.filter(overdue(today)).count(), "cases", "due=overdue", area
        ),
        _number(_("No helper in time"), clocks.count(), "helpers", "lack=overdue", area),
        _clocked(
            _("Without a plan"),
            lacking_plan(user).filter(here).count(),
            sum(1 for _late in plans(user, area, today)),
            "state=missing",
            area,
        ),
        _clocked(
            _("Nothing has landed yet"),
            lacking_first_measure(user).filter(here).count(),
            sum(1 for _late in first_measures(user, area, today)),
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
        _aftercare(user, area, today),
        _returned(user, area, today),
    )


def _monitored(held: QuerySet[Case], area: str) -> Number:
    persons = CaseMember.objects.filter(case__in=held.values("pk"), left_on__isnull=True).count()
    beside = ngettext("%(count)d person", "%(count)d persons", persons) % {"count": persons}
    return _number(_("Monitored now"), held.count(), "cases", "held=yes", area, beside, wants=False)


def _enrolled(user: User, area: str) -> Number:
    """Count who was enrolled after a check in the last year; beside how many households were checked."""
    rows, checked = told(user, area)
    count = rows.count()
    of_those = {"share": share_of(count, checked), "count": checked}
    beside = _("none of %(count)d households checked") % of_those if checked else "—"
    if count and checked:
        beside = _("%(share)s of %(count)d households checked") % of_those
    label = pgettext("case", "Enrolled after a check, in the last year")
    return _number(label, count, "cases", "checked=yes", area, beside, wants=False)


def _clocked(label: str, count: int, late: int, asked: str, area: str) -> Number:
    """Say who waits for a plan or for help; only those after their last day are late."""
    beside = _("%(count)d of them after the last day") % {"count": late} if count else ""
    return _number(label, count, "plans", asked, area, beside, late=late)


def _aftercare(user: User, area: str, today: datetime.date) -> Number:
    """Count the removed households whose after-care visit is due or comes due; late is what was due before today."""
    rows = looked_after(Removal.objects.visible_to(user)).filter(within("case__area__code", [area]))
    due = near(rows, "visit_due_on", "case__area", today)
    late = due.filter(visit_due_on__lt=today).count()
    label = _("After-care visit due")
    return _number(label, due.count(), "removals", "visit=yes", area, late=late)


def _returned(user: User, area: str, today: datetime.date) -> Number:
    """Count who came back within a year of the removal, rolled back or identified anew; beside all of this year."""
    rows = Removal.objects.visible_to(user).filter(within("case__area__code", [area]))
    removed = rows.marked().filter(removed_on__year=today.year).count()
    beside = _("%(count)d removed this year") % {"count": removed}
    label = pgettext("case", "Came back within a year of the removal")
    return _number(label, of_this_year(rows).count(), "removals", "returned=yes", area, beside)


def _number(
    label: str,
    count: int,
    route: str,
    asked: str,
    area: str,
    beside: str = "",
    *,
    wants: bool = True,
    late: int | None = None,
) -> Number:
    return Number(label, count, beside, f"{reverse(f'cases:{route}')}?{asked}&area={area}", wants, late)
