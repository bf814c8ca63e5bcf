"""The queue: the alerts of one's areas, the most urgent first."""

from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from alerts import wording
from alerts.filters import LIST, VIEWS, filters
from alerts.models import Alert
from alerts.querysets import AlertQuerySet
from alerts.selectors import all_of
from alerts.verification.marks import Marks
from alerts.wording import Bands
from foundation.accounts.models import User
from foundation.desk.tables import Column, Table
from households.models import Resident
from households.models.households import HEAD


def rows_for(user: User) -> AlertQuerySet:
    """Return every alert that `user` may see, with village and head; no query per row."""
    heads = Resident.objects.present().filter(relation=HEAD)
    return all_of(user).prefetch_related(Prefetch("household__residents", heads, to_attr="heads"))


def table(user: User, *, everything: bool = False) -> Table:
    """Return the queue for `user`, its bands called as the county calls them; or the list of every alert."""
    bands, marks = Bands(), Marks()
    return Table(
        "alerts_all" if everything else LIST,
        title=gettext_lazy("All warnings") if everything else gettext_lazy("Warnings"),
        columns=(
            Column("head", gettext_lazy("Head of household"), _head, "link", url=_page),
            Column("band", gettext_lazy("Priority band"), bands.badge, "badge"),
            Column("priority", gettext_lazy("Priority"), lambda row: row.priority, "number", sort="priority"),
            Column("themes", gettext_lazy("Theme"), wording.themes, "badges"),
            Column("marks", gettext_lazy("Marks"), wording.marks, "badges"),
            Column("state", gettext_lazy("State"), wording.state_badge, "badge"),
            Column("due", pgettext_lazy("alert", "Due"), marks.badge, "badge", sort="step_due_on"),
            Column("visitor", gettext_lazy("Who visits"), lambda row: row.visitor.name if row.visitor else ""),
            Column("village", gettext_lazy("Village"), lambda row: row.area.name),
            Column("channels", gettext_lazy("Channels"), wording.channels),
            Column("opened_on", gettext_lazy("Opened on"), lambda row: row.opened_on, "day", sort="opened_on"),
            Column("repeats", gettext_lazy("Found again"), lambda row: row.repeats or None, "number"),
            Column("household", gettext_lazy("Household number"), lambda row: row.household.code, "code"),
        ),
        filters=filters(user, bands, everything=everything),
        order=("-pk",) if everything else ("-priority", "pk"),
        empty=gettext_lazy(
            "No open warnings. They come from the comparison of departments' data with the standards, from visits, and "
            "from what households report themselves."
        ),
        form="bulk-alerts",
        views=() if everything else VIEWS,
        counts="" if everything else "alerts:view_counts",
    )  # fmt: skip


def _head(row: Any) -> str:
    heads: list[Resident] = row.household.heads
    return heads[0].shown_name if heads else row.household.code


def _page(row: Alert) -> str:
    return reverse("alerts:alert", args=[row.pk])
