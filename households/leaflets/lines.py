"""One household on the list that is ticked while walking: who it is, how it is reached, what was handed over."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from foundation.accounts.models import User
from households.codes.selectors import head_name
from households.identity import showing
from households.leaflets.ticking import may_undo_at_once
from households.models import Household, LeafletTick


@dataclass(frozen=True, slots=True)
class Line:
    """A household in words. `tick` is its newest standing one; `present` says that it is of the text that holds."""

    household: Household
    head: str
    phone: str
    tick: LeafletTick | None
    present: bool
    undo_at_once: bool


def lines(rows: Iterable[Any], edition: datetime.date, user: User) -> list[Line]:
    """Return the lines of households of `households.codes.selectors.households_of`; no query per line."""
    return [_line(row, edition, user) for row in rows]


def _line(row: Any, edition: datetime.date, user: User) -> Line:
    tick = row.leaflets_standing[0] if row.leaflets_standing else None
    return Line(
        household=row,
        head=head_name(row),
        phone=showing.masked_one(row.phone),
        tick=tick,
        present=tick is not None and tick.edition >= edition,
        undo_at_once=tick is not None and may_undo_at_once(tick, user),
    )
