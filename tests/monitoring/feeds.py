"""Deliveries for tests, handed in and taken as a department's officer does: said as rows under a contract's headers."""

import io
from typing import Any

from foundation.accounts.models import Area, User
from households.identity import keeping
from households.models import Resident
from monitoring.intake.receiving import deliver
from monitoring.intake.taking import take
from monitoring.models import Dataset, Delivery
from tests.people import COUNTY


def number_of(resident: Resident) -> str:
    """Return the ID number of somebody, in full."""
    assert resident.identity is not None
    return keeping.opened(resident.identity.subject, resident.identity.sealed)


def csv_of(rows: list[dict[str, Any]]) -> bytes:
    """Write rows as a file; the headers are those of the first."""
    headers = list(rows[0])
    lines = [headers, *([str(row.get(header, "")) for header in headers] for row in rows)]
    return "\n".join(",".join(line) for line in lines).encode()


def delivered(
    dataset: str,
    rows: list[dict[str, Any]],
    *,
    by: User,
    period: str = "2026-10",
    area: str = COUNTY,
    **named: Any,
) -> Delivery:
    """Deliver rows and take them, in this process."""
    made = deliver(
        io.BytesIO(csv_of(rows)),
        name=f"{dataset}.csv",
        dataset=Dataset.objects.get(pk=dataset),
        area=Area.objects.get(pk=area),
        period=period,
        by=by,
        ring=False,
        **named,
    ).delivery
    return take(made, by=by)
