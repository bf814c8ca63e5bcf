"""What every act on the grid is: a right in its area, a reason, a row that says so, an entry in the record."""

from typing import Any

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, Actor, record
from households.identity.masking import masked_text
from households.models import GridAct


def begin(
    kind: str, area: Area, reason: str, *, by: User, before: dict[str, Any] | None = None,
    undoes: GridAct | None = None,
) -> GridAct:  # fmt: skip
    """Make the act, in the caller's transaction; refused without the right to correct the register there."""
    by.authority(Right.EDIT_HOUSEHOLDS, area.code)
    # The grid of one area changes one act at a time.
    Area.objects.select_for_update(no_key=True).get(pk=area.pk)
    made: GridAct = GridAct.objects.create(
        kind=kind, area=area, by=by, done_on=clock.today(), reason=masked_text(reason.strip())[:200],
        before=before or {}, undoes=undoes,
    )  # fmt: skip
    return made


def note(act: GridAct, details: dict[str, Any], *, personal: dict[str, Any] | None = None) -> None:
    """Write the entry of an act; names of people and cells are kept apart."""
    actor: Actor = act.by.authority(Right.EDIT_HOUSEHOLDS, act.area_id)
    record(
        Act(
            f"grid.{act.kind}", "grid_act", str(act.pk), act.done_on, act.done_on, area=act.area_id,
            basis=act.reason, details=details, personal=personal or {},
        ),
        by=actor,
    )  # fmt: skip
