"""Let every household be in the cell of its group, or of its village; what a person put elsewhere stays there.

Called by the acts on the grid, and in the transaction of every change of the register: a household that came, split
off, moved, was closed, or is of another group now, is where it belongs when the change is there.
"""

import datetime
from collections import Counter
from collections.abc import Collection
from pathlib import Path

from django.db import connection

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record_many
from households.models import GridAct, GridCell

_END, _BEGIN = (
    (Path(__file__).parent / "sql" / f"{name}.sql").read_text(encoding="utf-8") for name in ("end", "begin")
)


def settle(
    areas: Collection[str], households: Collection[int] | None = None, act: GridAct | None = None
) -> Counter[str]:
    """Put households where they belong, in two statements; returns how many came out of a cell or into one, by village.

    `areas` are codes, everything under them is looked at; of `households` alone, where they are given.
    """
    given = {
        "areas": [f"{area}%" for area in areas],
        "households": None if households is None else list(households),
        "today": clock.today(),
        "act": None if act is None else act.pk,
    }
    changed: Counter[str] = Counter()
    with connection.cursor() as cursor:
        for statement in (_END, _BEGIN):
            cursor.execute(statement, given)
            changed.update(area for (area,) in cursor.fetchall())
    return changed


def after_register_change(
    areas: Collection[str], households: Collection[int] | None, *, by: User, on: datetime.date
) -> None:
    """Follow a change of the register (households.followers.RegisterFollower); nothing where no cell is drawn."""
    if not GridCell.objects.current().exists():
        return
    changed = settle(areas, households)
    acts = [
        Act("grid.followed", "area", area, on, on, area=area, details={"households": count})
        for area, count in sorted(changed.items())
    ]
    if acts:
        system = User.objects.built_in("system")
        record_many(acts, by=system.authority(Right.EDIT_HOUSEHOLDS, ""))
