"""The list of monitored households of the old register that have a running case here."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.imported.doubles import to_answer
from assistance.lifecycle import CASE
from assistance.models import Case
from foundation.accounts.models import User
from foundation.desk.columns import Badge
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table
from households.models import Resident, Standing
from households.models.households import HEAD


def rows_for(user: User) -> QuerySet[Standing]:
    """Return what waits for an answer in one's areas, with heads and running cases; no query per row."""
    heads = Resident.objects.present().filter(relation=HEAD)
    return (
        to_answer(user)
        .select_related("household__area")
        .prefetch_related(
            Prefetch("household__residents", heads, to_attr="heads"),
            Prefetch("household__cases", Case.objects.running(), to_attr="running_cases"),
        )
    )


def doubles(*, may_answer: bool) -> Table:
    """Return the list; who may answer comes to the question, everybody else to the case."""
    return Table(
        "imported_doubles",
        title=gettext_lazy("Monitored households with a second case"),
        columns=(
            Column("head", gettext_lazy("Head"), _head, "link", url=_question if may_answer else _case_url),
            Column("code", gettext_lazy("Household number"), lambda row: row.household.code, "code"),
            Column("village", gettext_lazy("Village"), lambda row: row.household.area.name),
            Column("since", pgettext_lazy("imported", "Monitored since"), lambda row: row.from_day, "day"),
            Column("case", pgettext_lazy("imported", "Running case"), lambda row: _case(row).number, "link",
                   url=_case_url),
            Column("state", gettext_lazy("State"), lambda row: Badge(CASE.states[_case(row).state]), "badge"),
        ),
        filters=(
            Filter("area", gettext_lazy("Area (code or name)"), "text",
                   lambda rows, text: rows.filter(in_place(text, "household__area")), nameless=True),
        ),
        order=("household__area_id", "household__code", "pk"),
        empty=gettext_lazy("No monitored household of the old register has a second case here."),
    )  # fmt: skip


def _case(row: Any) -> Case:
    found: Case = row.household.running_cases[0]
    return found


def _head(row: Any) -> str:
    return next((str(head.shown_name) for head in row.household.heads), row.household.code)


def _question(row: Standing) -> str:
    return reverse("cases:imported_double", args=[row.pk])


def _case_url(row: Standing) -> str:
    return reverse("cases:case", args=[_case(row).pk])
