"""The queue: the alerts of one's areas, the most urgent first."""

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from alerts import wording
from alerts.lifecycle import ALERT, OPEN
from alerts.models import Alert, Channel
from alerts.querysets import AlertQuerySet
from alerts.selectors import all_of
from alerts.verification.marks import Marks, due_filters
from alerts.wording import Bands
from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import prefixes
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table
from households.models import Resident
from households.models.households import HEAD
from monitoring.models import DeclaredStandard
from monitoring.screening.terms import Theme

Apply = Callable[[QuerySet[Any], Any], QuerySet[Any]]


def rows_for(user: User) -> AlertQuerySet:
    """Return every alert that `user` may see, with village and head; no query per row."""
    heads = Resident.objects.present().filter(relation=HEAD)
    return all_of(user).prefetch_related(Prefetch("household__residents", heads, to_attr="heads"))


def table(user: User, *, everything: bool = False) -> Table:
    """Return the queue for `user`, its bands called as the county calls them; or the list of every alert."""
    bands, marks = Bands(), Marks()
    return Table(
        "alerts_all" if everything else "alerts",
        title=gettext_lazy("All warnings") if everything else gettext_lazy("Warnings"),
        columns=(
            Column("head", gettext_lazy("Head of household"), _head, "link", url=_page),
            Column("band", gettext_lazy("Priority band"), bands.badge, "badge"),
            Column("priority", gettext_lazy("Priority"), lambda row: row.priority, "number", sort="priority"),
            Column("themes", gettext_lazy("Theme"), wording.themes, "badges"),
            Column("marks", gettext_lazy("Marks"), wording.marks, "badges"),
            Column("state", gettext_lazy("State"), wording.state_badge, "badge"),
            Column("due", gettext_lazy("Due"), marks.badge, "badge", sort="step_due_on"),
            Column("village", gettext_lazy("Village"), lambda row: row.area.name),
            Column("channels", gettext_lazy("Channels"), wording.channels),
            Column("opened_on", gettext_lazy("Opened on"), lambda row: row.opened_on, "day", sort="opened_on"),
            Column("repeats", gettext_lazy("Found again"), lambda row: row.repeats or None, "number"),
            Column("household", gettext_lazy("Household number"), lambda row: row.household.code, "code"),
        ),
        filters=_filters(user, bands, everything=everything),
        order=("-pk",) if everything else ("-priority", "pk"),
        empty=gettext_lazy(
            "No open warnings. They come from the comparison of departments' data with the standards, from visits, and "
            "from what households report themselves."
        ),
    )  # fmt: skip


def _filters(user: User, bands: Bands, *, everything: bool) -> tuple[Filter, ...]:
    states = list(ALERT.states) if everything else list(OPEN)
    return (
        Filter("state", gettext_lazy("State"), "choice", _equal("state"),
               lambda _user: [(code, ALERT.states[code]) for code in states]),
        Filter("band", gettext_lazy("Priority band"), "choice", _equal("band"),
               lambda reader: _bands(reader, bands)),
        Filter("theme", gettext_lazy("Theme"), "choice", _holds("themes"), lambda _user: list(Theme.choices)),
        Filter("standard", gettext_lazy("Warning standard"), "choice", _holds("standards"), _standards),
        Filter("channel", gettext_lazy("Channel"), "choice", _holds("channels"),
               lambda _user: list(Channel.choices)),
        Filter("monitored", pgettext_lazy("alert", "Already monitored"), "yesno", _equal("already_monitored")),
        *due_filters(user),
        Filter("area", gettext_lazy("Area (name or code)"), "text",
               lambda rows, text: rows.filter(in_place(text))),
    )  # fmt: skip


def _equal(name: str) -> Apply:
    return lambda rows, value: rows.filter(**{name: value})


def _holds(name: str) -> Apply:
    return lambda rows, value: rows.filter(**{f"{name}__contains": [value]})


def _bands(user: User, bands: Bands) -> list[tuple[str, Any]]:
    """Return the bands of the first of one's areas: the names of a person who works in one county."""
    area = min(prefixes(user, Right.VIEW_ALERTS), default="")
    return [(code, name) for code, (name, _colour) in bands.names(area[: Level.COUNTY]).items()]


def _standards(_user: User) -> list[tuple[str, Any]]:
    rows = DeclaredStandard.objects.filter(opens_alert=True).order_by("theme", "code")
    return [(each.pk, each.label) for each in rows]


def _head(row: Any) -> str:
    heads: list[Resident] = row.household.heads
    return heads[0].shown_name if heads else row.household.code


def _page(row: Alert) -> str:
    return reverse("alerts:alert", args=[row.pk])
