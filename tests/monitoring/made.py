"""Deliveries for tests of pages: made by the engine of states, without a file behind them."""

import datetime
import hashlib
from itertools import count
from typing import Any

from django.utils import timezone

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Right
from foundation.workflow import move as workflow
from foundation.workflow.move import Request, move
from monitoring.models import Batch, Dataset, Delivery
from monitoring.periods import period_for
from tests.people import COUNTY

_number = count(1)
#: How a state is reached from the first one.
_WAYS: dict[str, tuple[str, ...]] = {
    "received": (),
    "accepted": ("take",),
    "waiting": ("hold",),
    "failed": ("fail",),
    "withdrawn": ("take", "withdraw"),
    "refused": ("hold", "refuse"),
    "superseded": ("take", "supersede"),
}


def delivered(
    dataset: str,
    period: str,
    by: User,
    *,
    on: datetime.date | None = None,
    area: str = COUNTY,
    state: str = "accepted",
    rejects: dict[str, int] | None = None,
    **columns: Any,
) -> Delivery:
    """Make a delivery of 100 rows as if it had been received on a day; `columns` overwrite what is counted."""
    row = Dataset.objects.get(pk=dataset)
    asked = period_for(row.contract, period)
    with clock.at(on or clock.today()):
        made = Delivery(
            dataset=row,
            area=Area.objects.get(pk=area),
            period=asked.text,
            period_last=asked.last,
            by=by,
            received_on=clock.today(),
            file_name=f"{dataset}.csv",
            file_size=4321,
            file_sha256=hashlib.sha256(f"{next(_number)}".encode()).hexdigest(),
        )
        made = workflow.create(made, by=by, actor=by.authority(Right.DELIVER_DATA, area))
        for verb in _WAYS[state]:
            counted = _counts(rejects or {}) | columns if verb in ("take", "hold") else {}
            counted |= {"error": "The workbook is locked."} if verb == "fail" else {}
            move(made, Request(verb, writes=counted, reason="why not"), by=User.objects.built_in("system"))
    if "take" in _WAYS[state]:
        _archive(made)
    return made


def _counts(rejects: dict[str, int]) -> dict[str, Any]:
    bad = sum(rejects.values())
    return {
        "rows_read": 100,
        "rows_accepted": 100 - bad,
        "rows_rejected": bad,
        "rejects": rejects,
        "matched": 80 - bad,
        "unmatched": 20,
        "name_differs": 3,
        "counted_at": timezone.now(),
    }


def _archive(made: Delivery) -> None:
    Batch.objects.create(
        delivery=made,
        digest=hashlib.sha256(f"batch {made.pk}".encode()).hexdigest(),
        rows=made.rows_accepted or 0,
        size=1234,
        kept_until=made.received_on.replace(year=made.received_on.year + 3),
    )
