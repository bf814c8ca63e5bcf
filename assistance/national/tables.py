"""The list of differences between the register and an export of the national system."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.models import Difference
from foundation.desk.columns import Badge, Tone
from foundation.desk.tables import Column, Filter, Table
from households.monitored.contract import HEADERS

_TONES: dict[str, Tone] = {"there": "soon", "here": "action", "both": "plain"}


def differences() -> Table:
    """Return the list of differences, household by household."""
    return Table(
        "national_differences",
        title=gettext_lazy("Differences to the national system"),
        columns=(
            Column("code", gettext_lazy("Household number"), lambda row: row.code, "code", sort="code", url=_page),
            Column("side", pgettext_lazy("national system", "Where"), _side, "badge"),
            Column("person", gettext_lazy("Person"), lambda row: row.person or _("the household")),
            Column("field", gettext_lazy("Column"), lambda row: HEADERS.get(row.field, "")),
            Column("here", pgettext_lazy("national system", "Here"), lambda row: row.here),
            Column("there", pgettext_lazy("national system", "There"), lambda row: row.there),
            Column("decision", pgettext_lazy("national system", "Decision"), _decision, "badge"),
            Column("note", gettext_lazy("Note"), lambda row: row.note),
            Column("decided_by", gettext_lazy("Decided by"),
                   lambda row: row.decided_by.name if row.decided_by else ""),
            Column("decided_on", pgettext_lazy("national system", "Decided on"), lambda row: row.decided_on, "day"),
        ),
        filters=(
            Filter("side", pgettext_lazy("national system", "Where"), "choice",
                   lambda rows, side: rows.filter(side=side), lambda _user: list(Difference.Side.choices)),
            Filter("open", gettext_lazy("Undecided"), "yesno", _open),
            Filter("field", gettext_lazy("Column"), "choice", lambda rows, field: rows.filter(field=field),
                   lambda _user: list(HEADERS.items())),
            Filter("household", gettext_lazy("Household number"), "text",
                   lambda rows, text: rows.filter(code__icontains=text), nameless=True),
        ),
        order=("code", "pk"),
        empty=gettext_lazy("No difference: what the export says is what stands here."),
        form="decide",
    )  # fmt: skip


def _page(row: Any) -> str:
    return reverse("households:household", args=[row.household_id]) if row.household_id else ""


def _side(row: Difference) -> Badge:
    return Badge(row.get_side_display(), _TONES[row.side])


def _decision(row: Difference) -> Badge | None:
    return Badge(row.get_decision_display(), "done") if row.decision else None


def _open(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    return rows.filter(decision="") if wanted else rows.exclude(decision="")
