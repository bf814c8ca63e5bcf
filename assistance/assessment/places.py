"""Where assessments stand in the navigation, what of them waits for a person, and what a household's page says."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.assessment.aftercare import looked_after
from assistance.assessment.moved import waiting_for_meeting, waiting_for_notice
from assistance.assessment.tables import result_badge, sheet_of
from assistance.helping.sentences import Line
from assistance.models import AssessedHousehold, Case, CaseBatch, PolicyExit
from assistance.removal.aftercare import near
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import State, WorkItem
from foundation.desk.navigation import NavItem
from households.models import Household

assessments = NavItem(
    pgettext_lazy("assessment", "Batch assessment"), "cases:assessments", "list", Right.VIEW_CASES, order=102
)
#: State in which households wait, the right of who takes them on, and the words.
_WAITING = (
    ("proposed", Right.REVIEW_CASES, gettext_lazy("Assessed households to confirm: %(count)s")),
    ("heard", Right.REVIEW_CASES, gettext_lazy("Assessed households for the township's review: %(count)s")),
    ("reviewed", Right.DECIDE_CASES, gettext_lazy("Assessed households for the county's decision: %(count)s")),
    ("decided", Right.REVIEW_CASES, gettext_lazy("Assessed households to carry out: %(count)s")),
)  # fmt: skip


def of_assessments(user: User) -> list[WorkItem]:
    """Return what of assessments waits for `user`: a line for each step and assessment, and after-care visits."""
    found: list[WorkItem] = []
    for state, right, title in _WAITING:
        if not user.holds(right):
            continue
        rows = AssessedHousehold.objects.visible_to(user, right).filter(state=state).order_by()
        for key, count in rows.values_list("assessment").annotate(Count("pk")).order_by("assessment"):
            url = f"{reverse('cases:assessment', args=[key])}?state={state}#households"
            why = _("A batch assessment takes many households on together.")
            found.append(_line(str(title), count, url, why))
    if user.holds(Right.PREPARE_CASES):
        found += _for_the_village(user)
        rows = looked_after(PolicyExit.objects.visible_to(user, Right.PREPARE_CASES))
        count = near(rows, "visit_due_on", "household__area").count()
        if count:
            why = _("Households for which policy has ended are looked in on every year.")
            said = _("Visits after the end of policy: %(count)s")
            found.append(_line(said, count, f"{reverse('cases:policy_ends')}?due=yes", why))
    return found


def waiting_for(kind: str, user: User) -> list[tuple[str, int]]:
    """Return the lists of assessments that wait for a review or a decision of `user`: address and number."""
    waits = {CaseBatch.Kind.REVIEW: "heard", CaseBatch.Kind.APPROVAL: "reviewed"}
    state = waits.get(CaseBatch.Kind(kind))
    found = next(((each, right) for each, right, _title in _WAITING if each == state), None)
    if found is None:
        return []
    rows = AssessedHousehold.objects.visible_to(user, found[1]).filter(state=state).order_by()
    counted = rows.values_list("assessment").annotate(Count("pk")).order_by("assessment")
    return [
        (f"{reverse('cases:assessment', args=[key])}?state={state}#households", count)
        for key, count in counted
    ]


def helper_lines(cases: Sequence[Case], user: User) -> dict[int, list[Line]]:
    """Say of each case for whose household policy has ended until when it is looked in on (HelperLines)."""
    homes = {case.household_id: case.pk for case in cases}
    rows = looked_after(PolicyExit.objects.filter(household__in=homes, visit_due_on__isnull=False))
    found: dict[int, list[Line]] = {}
    for home, day in rows.order_by("pk").values_list("household", "visit_due_on"):
        url = f"{reverse('households:visit_write', args=[home])}?form=call"
        found[homes[home]] = [Line(_("Visit after the end of policy"), day, url)]
    return found


def _for_the_village(user: User) -> list[WorkItem]:
    """Return what waits for a meeting or a notice: the pages of these list it with the cases of the village."""
    why = _("The village decides about many households together.")
    meeting, notice = waiting_for_meeting(user).count(), waiting_for_notice(user).count()
    lines = (
        (_("Assessed households for the village meeting: %(count)s"), meeting, reverse("cases:evaluations")),
        (_("Assessed households for the notice: %(count)s"), notice, reverse("cases:notices")),
    )
    return [_line(title, count, url, why) for title, count, url in lines if count]


def _line(title: str, count: int, url: str, why: str) -> WorkItem:
    return WorkItem(title=title % {"count": f"{count:,}"}, url=url, why=why, due=None, state=State.LATER)


class HouseholdAssessed:
    """What assessments said of a household, and whether policy ended for it (households.panels.HouseholdPanel)."""

    order = 6
    template = "assistance/assessment/_of_household.html"
    right = Right.VIEW_CASES

    def context(self, household: Household, user: User) -> dict[str, Any] | None:
        """Return the assessments in words; nothing at all where there are none."""
        rows = AssessedHousehold.objects.visible_to(user).filter(household=household).exclude(state="dropped")
        found = list(rows.select_related("assessment").order_by("-pk"))
        if not found:
            return None
        ended = PolicyExit.objects.visible_to(user).holding().filter(household=household).first()
        return {"told": [(row, sheet_of(row), result_badge(row)) for row in found], "ended": ended}


PANEL = HouseholdAssessed()
