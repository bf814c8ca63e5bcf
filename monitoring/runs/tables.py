"""The list of comparisons, as its page and its export show it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table
from foundation.jobs.models import State
from monitoring.models import Run
from monitoring.runs.places import page_of
from monitoring.runs.selectors import asker_of, in_state, state_badge, with_held

_STATES = [
    ("open", pgettext_lazy("comparison", "under way")),
    (State.DONE.value, State.DONE.label),
    (State.FAILED.value, State.FAILED.label),
    (State.CANCELLED.value, State.CANCELLED.label),
]


def _in_area(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(in_place(text))


def _by_cause(rows: QuerySet[Any], cause: str) -> QuerySet[Any]:
    return rows.filter(cause=cause)


def _looking_back(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    return rows.filter(looks_back=wanted)


RUNS = Table(
    "comparisons",
    title=_("Comparisons"),
    columns=(
        Column("number", pgettext_lazy("comparison", "Number"), lambda row: row.pk, "code", "pk", page_of),
        Column("area", _("Area"), lambda row: row.area.name, sort="area_id", url=page_of),
        Column("as_of", _("As of"), lambda row: row.as_of, "day", "as_of"),
        Column("cause", pgettext_lazy("comparison", "Because of"), lambda row: row.get_cause_display()),
        Column("by", _("Asked by"), asker_of),
        Column("state", _("State"), state_badge, "badge"),
        Column("findings", _("Found"), lambda row: row.findings_count, "number"),
        Column("new", _("of them new"), lambda row: row.new_count, "number"),
        Column("held", _("Held back"), lambda row: row.held_count, "number"),
        Column("retracted", _("Taken back"), lambda row: row.retracted_count, "number"),
        Column("alerts", _("Alerts raised"), lambda row: row.alerts_raised, "number"),
        Column("seconds", _("Seconds"), lambda row: seconds(row.seconds), "number"),
    ),
    filters=(
        Filter("area", _("Area (code or name)"), "text", _in_area),
        Filter(
            "cause",
            pgettext_lazy("comparison", "Because of"),
            "choice",
            _by_cause,
            lambda _user: Run.Cause.choices,
        ),
        Filter("state", _("State"), "choice", in_state, lambda _user: _STATES),
        Filter("held", _("Holds something back"), "yesno", with_held),
        Filter("back", _("Looks back"), "yesno", _looking_back),
    ),
    order=("-pk",),
    empty=_(
        "No comparison yet. Every county is compared in the night and after deliveries; who may, asks for one by hand."
    ),
)


def seconds(spent: float | None) -> str:
    """Write how long work took: tenths below a minute; nothing where it is not known."""
    return "" if spent is None else f"{spent:,.1f}" if spent < 60 else f"{spent:,.0f}"
