"""Where the tasks of an office stand in the navigation: what it is asked to do for households."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import pgettext, pgettext_lazy

from assistance.helping.sentences import Line
from assistance.measures.wording import office_of
from assistance.models import Case, Measure
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem

tasks = NavItem(
    pgettext_lazy("measure", "Help asked of us"),
    "cases:measure_tasks",
    "check",
    Right.ANSWER_MEASURES,
    order=97,
)


def helper_lines(cases: Sequence[Case], user: User) -> dict[int, list[Line]]:
    """Say of each case what was asked for its household and is not answered (assistance.helping.sentences.HelperLines).

    They belong on the sheet of a hand-over: the household was promised that they were asked for.
    """
    found: dict[int, list[Line]] = {}
    rows = Measure.objects.filter(case__in=cases, state="asked").select_related("department", "resident")
    for row in rows.order_by("due_on", "pk"):
        said = pgettext("measure", "Asked for, not answered: %(measure)s (%(office)s)")
        url = reverse("cases:measure", args=[row.pk])
        told = said % {"measure": row.called, "office": office_of(row)}
        found.setdefault(row.case_id, []).append(Line(told, row.due_on, url))
    return found
