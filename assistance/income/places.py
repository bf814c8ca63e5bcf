"""Where income sheets stand: navigation, lines of the home page, a helper's list, and the page of an area."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.helping.sentences import Line
from assistance.income import selectors
from assistance.income.selectors import collecting, counts_of, with_period
from assistance.lifecycle import HELD
from assistance.models import Case, IncomeChange
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Right
from foundation.desk.area_page import Fact
from foundation.desk.home import State, WorkItem, state_of
from foundation.desk.navigation import NavItem
from foundation.desk.tables import COUNTED

incomes = NavItem(
    pgettext_lazy("income", "Income and expense"), "cases:incomes", "list", Right.VIEW_CASES, order=101,
    lent="assistance.case",
)  # fmt: skip


def of_incomes(user: User) -> list[WorkItem]:
    """Say how many households lack the sheet of their period, and how many sheets rest on lists that changed."""
    if not user.holds(Right.VISIT_HOUSEHOLDS):
        return []
    return [*_to_collect(user), *_to_look_at(user)]


def _to_collect(user: User) -> list[WorkItem]:
    rows = selectors.missing(collecting(user, Right.VISIT_HOUSEHOLDS))
    count = rows.order_by()[: COUNTED + 1].count()
    if not count:
        return []
    due = rows.order_by().aggregate(first_due=Min("due"))["first_due"]
    return [
        WorkItem(
            title=_("Monitored households without the income sheet of the period: %(count)s")
            % {"count": _said(count)},
            url=f"{reverse('cases:incomes')}?missing=yes",
            why=_(
                "Once a year the income and expense of each is collected; what departments know is filled in."
            ),
            due=due,
            state=state_of(due) if due else State.LATER,
        )
    ]


def _to_look_at(user: User) -> list[WorkItem]:
    rows = IncomeChange.objects.visible_to(user, Right.VISIT_HOUSEHOLDS).unanswered()
    count = rows.order_by().values("sheet__case").distinct()[: COUNTED + 1].count()
    if not count:
        return []
    return [
        WorkItem(
            title=_("Income sheets whose lists changed: %(count)s") % {"count": _said(count)},
            url=f"{reverse('cases:incomes')}?changed=yes",
            why=_(
                "A department delivered something else since: keep the amount with a note, or correct the sheet."
            ),
            due=None,
            state=State.LATER,
        )
    ]


def helper_lines(cases: Sequence[Case], user: User) -> dict[int, list[Line]]:
    """Say of each monitored case that its sheet is owed (assistance.helping.sentences.HelperLines)."""
    rows: Iterable[Any] = selectors.missing(
        with_period(Case.objects.filter(pk__in=[case.pk for case in cases], state__in=HELD))
    )
    said = _("Income sheet of the period")
    return {
        row.pk: [Line(said, row.due, reverse("cases:income_sheets", args=[row.pk]), handed_on=False)]
        for row in rows
    }


def incomes_here(area: Area, user: User) -> Fact | None:
    """Count the confirmed sheets of an area's monitored households (foundation.desk.area_page.AreaFact)."""
    if not user.holds(Right.VIEW_CASES, area.code):
        return None
    confirmed, all_of_them = counts_of(user, area)
    said = _("%(confirmed)d of %(all)d monitored households have the sheet of the period confirmed") % {
        "confirmed": confirmed, "all": all_of_them,
    }  # fmt: skip
    url = f"{reverse('cases:incomes')}?missing=yes&area={area.code}"
    return Fact(gettext_lazy("Income and expense here"), said, url)


def _said(count: int) -> str:
    return f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
