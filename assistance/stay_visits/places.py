"""Where visits elsewhere stand in the navigation, on a person's list, and on the page of a case."""

from typing import Any

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from assistance.acts import Act
from assistance.models import Case, StayVisit
from assistance.querysets_of_stays import StayVisitQuerySet
from assistance.stay_visits.asking import may_ask
from assistance.stay_visits.tables import state_badge
from assistance.stay_visits.telling import page_of
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import State, WorkItem, state_of
from foundation.desk.navigation import NavItem
from foundation.desk.tables import COUNTED

stay_visits = NavItem(
    pgettext_lazy("stay", "Visits where households live"),
    "cases:stay_visits",
    "place",
    Right.VIEW_CASES,
    order=101,
)


def of_stay_visits(user: User) -> list[WorkItem]:
    """Say which visits other villages ask for, and which of them `user` promised (foundation.desk.home.Worklist)."""
    if not user.holds(Right.VISIT_HOUSEHOLDS):
        return []
    rows = StayVisit.objects.asked_of(user)
    return [
        *_item(rows.filter(state="asked"), "asked", _("Visits that another village asks for: %(count)s"),
               _("The household lives in your area: accept and go there, or refuse with the reason.")),
        *_item(rows.filter(state="accepted", visitor=user), "accepted", _("Visits that I promised: %(count)s"),
               _("You see the household until the day is over on which the visit is written down.")),
    ]  # fmt: skip


def _item(rows: StayVisitQuerySet, state: str, title: str, why: str) -> list[WorkItem]:
    count = rows.order_by()[: COUNTED + 1].count()
    if not count:
        return []
    said = f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
    due = rows.order_by().aggregate(first=Min("due_on"))["first"]
    url = f"{reverse('cases:stay_visits')}?to=yes&state={state}"
    return [WorkItem(title % {"count": said}, url, why, due, state_of(due) if due else State.LATER)]


class Panel:
    """Where the household lives, if not in its village, and what was asked there (assistance.panels.CasePanel)."""

    order = 46
    template = "assistance/stay_visits/_panel.html"
    right = Right.VIEW_CASES

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return the place of stay and the requests, the newest first; nothing for who lives at home."""
        rows = list(StayVisit.objects.visible_to(user).filter(case=case).select_related("to_area"))
        place = case.household.stay_area
        if not rows and (place is None or place.pk == case.area_id):
            return None
        return {"place": place, "rows": [(row, page_of(row), state_badge(row)) for row in rows],
                "may_ask": may_ask(case, user), "case": case}  # fmt: skip


class StayActs:
    """The way to ask for a visit (assistance.acts.CaseActs)."""

    def acts(self, case: Case, user: User) -> list[Act]:
        """Return the act where the register says that the household lives in another village of the county."""
        if not may_ask(case, user):
            return []
        label = pgettext("stay", "Ask the village where it lives for a visit")
        return [Act("ask_stay_visit", label, reverse("cases:ask_stay_visit", args=[case.pk]))]


PANEL, ACTS = Panel(), StayActs()
