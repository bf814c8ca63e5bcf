"""Registered arrivals that no proposal came of, because their row names no household of the register.

    found = unplaced(delivery)     rows in force of one delivery, for its report; nobody is named

Where a row names no head, or a head whom the register does not know, nobody can be asked: the delivery's report says so
line by line, until it is delivered again with the number, or somebody enters the person by hand.
"""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from households.models import Resident
from households.models.households import HEAD
from monitoring.intake import archive
from monitoring.models import Delivery
from monitoring.models.deliveries import IN_FORCE
from monitoring.proposals.claims import ARRIVALS, BIRTH

DATASET = "household_registration"
NO_HEAD = gettext_lazy("The row names no head.")
UNKNOWN_HEAD = gettext_lazy("Nobody with this number is the head of a household of the register.")


@dataclass(frozen=True, slots=True)
class Unplaced:
    """One row: where it stands, what was registered (a code of the dataset) on which day, and what is missing."""

    line: int
    sheet: str
    event: str
    on: datetime.date
    why: str | Promise


@dataclass(frozen=True, slots=True)
class _Row:
    subject: UUID | None
    head: UUID | None
    event: str
    on: datetime.date
    line: int
    sheet: str


def unplaced(delivery: Delivery) -> list[Unplaced]:
    """Return the arrivals of a delivery that belong to no household of the register, by line."""
    if delivery.dataset_id != DATASET or delivery.state != IN_FORCE:
        return []
    rows = _arrivals(delivery)
    area = delivery.area_id
    present = Resident.objects.present().filter(area__code__startswith=area)
    heads = set(
        present.filter(relation=HEAD, identity__in={row.head for row in rows if row.head}).values_list(
            "identity", flat=True
        )
    )
    came = dict(
        present.filter(identity__in={row.subject for row in rows if row.subject}).values_list(
            "identity", "came_on"
        )
    )
    return [
        Unplaced(row.line, row.sheet, row.event, row.on, UNKNOWN_HEAD if row.head else NO_HEAD)
        for row in rows
        if row.head not in heads and not _is_entered(row, came)
    ]


def _arrivals(delivery: Delivery) -> list[_Row]:
    """Return the rows of a delivery that count today and say that somebody came."""
    with archive.opened() as tables:
        view = archive.effective(
            tables, delivery.dataset, archive.in_force(delivery.dataset, area=delivery.area_id)
        )
        rows = tables.rows(
            f"""SELECT subject, "户主身份证号", "变动类型", "变动日期", line, coalesce(sheet, '') FROM {view}
            WHERE delivery = $delivery ORDER BY coalesce(sheet, ''), line""",  # noqa: S608  (a view of ours)
            {"delivery": delivery.pk},
        )
        return [found for row in rows if (found := _Row(*row)).event in ARRIVALS]


def _is_entered(row: _Row, came: dict[UUID, datetime.date | None]) -> bool:
    """Whether the register has the person since that day by another way: nothing of the row is lost then."""
    if row.subject not in came:
        return False
    since = came[row.subject]
    return row.event == BIRTH or (since is not None and since >= row.on)
