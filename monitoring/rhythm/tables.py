"""What is due, dataset by dataset, in one area: for the officer what to hand in, for the county what is missing."""

import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import Area, User
from foundation.desk.tables import Badge, Column, Table
from monitoring.contracts import words
from monitoring.contracts.terms import Every
from monitoring.deliveries.looks import STANDING_TONES
from monitoring.models import Dataset
from monitoring.rhythm.expecting import Expectations, Expected, Standing
from monitoring.selectors import office_of

#: So many of the newest spans stand in the list; the calendar of the dataset shows more.
SHOWN = 6
#: What never has a calendar.
_WITHOUT = (Every.EVENT, Every.QUERY)


def due_datasets(user: User) -> QuerySet[Dataset]:
    """Return the datasets with a calendar that `user` may see."""
    rows = Dataset.objects.visible_to(user).declared().filter(on_query=False).exclude(every__in=_WITHOUT)
    return rows.select_related("department")


def table_for(area: Area, user: User) -> Table:
    """Return the table of one request: what is due in `area`."""
    calendar = Expectations(area.code, due_datasets(user))
    slots = {dataset.pk: calendar.of(dataset) for dataset in calendar.datasets}
    return Table(
        "rhythm",
        columns=(
            Column(
                "dataset", gettext_lazy("Dataset"), lambda row: row.name, url=lambda row: _page(row, area)
            ),
            Column("department", gettext_lazy("Department"), office_of),
            Column("rhythm", gettext_lazy("Rhythm"), lambda row: words.rhythm(row.contract.rhythm)),
            Column("now", gettext_lazy("Stands at"), lambda row: _now(slots[row.pk]), kind="badge"),
            Column("due", gettext_lazy("Next due"), lambda row: next_due(slots[row.pk]), kind="day"),
            Column("spans", gettext_lazy("Newest first"), lambda row: _badges(slots[row.pk]), kind="badges"),
        ),
        order=("department", "pk"),
        page_size=200,
        empty=gettext_lazy("Your department delivers nothing by the calendar."),
        title=_("What is due: %(area)s") % {"area": area.name},
    )


def badge_of(expected: Expected) -> Badge:
    """Return a span with where it stands, as a coloured word."""
    text = f"{expected.slot.period} {expected.standing.label}"
    return Badge(text, STANDING_TONES[expected.standing])


def next_due(slots: list[Expected]) -> datetime.date | None:
    """Return the day by which the oldest open span is, or was, due."""
    return min((each.slot.due for each in slots if each.delivery is None), default=None)


def _now(slots: list[Expected]) -> Badge:
    """Say the worst that is true of a dataset."""
    if not slots:
        return Badge(_("nobody is posted"), "soon")
    for standing in (Standing.MISSING, Standing.WAITING, Standing.DUE):
        count = sum(each.standing is standing for each in slots)
        if count:
            return Badge(f"{standing.label} {count}", STANDING_TONES[standing])
    return Badge(_("complete"), "done")


def _badges(slots: list[Expected]) -> list[Badge]:
    return [badge_of(each) for each in slots if each.standing is not Standing.AHEAD][:SHOWN]


def _page(dataset: Dataset, area: Area) -> str:
    return f"{reverse('monitoring:calendar', args=[dataset.pk])}?{urlencode({'area': area.code})}"
