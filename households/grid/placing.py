"""Put single households into a cell by hand, whatever their villager group says."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import pgettext

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from households.grid.acting import begin, note
from households.grid.settling import settle
from households.models import GridAct, GridCell, GridPlace, Household

#: As many households as one act puts into a cell.
MOST = 500


@transaction.atomic
def put(cell: GridCell, codes: Sequence[str], *, by: User, reason: str) -> GridAct:
    """Put households of the cell's village, named by their numbers, into the cell; they leave the one they were in."""
    cell.refresh_from_db()
    if cell.until_day is not None or cell.level == GridCell.Level.TOWNSHIP:
        raise Refused(pgettext("grid", "Households are in the cells of villages and groups that stand."))
    homes = _found(cell, codes)
    act = begin(GridAct.Kind.PLACED, cell.area, reason, by=by)
    keys, today = [home.pk for home in homes], clock.today()
    moving = GridPlace.objects.current().filter(household__in=keys)
    moving.update(until_day=today, ended=act)
    GridPlace.objects.bulk_create(
        GridPlace(household=home, cell=cell, by_hand=True, from_day=today, began=act) for home in homes
    )
    note(act, {"cells": [cell.pk], "households": len(homes)})
    return act


@transaction.atomic
def let_go(cell: GridCell, codes: Sequence[str], *, by: User, reason: str) -> GridAct:
    """Let households that somebody put into a cell be again where their group or village says."""
    cell.refresh_from_db()
    homes = _found(cell, codes)
    act = begin(GridAct.Kind.PLACED, cell.area, reason, by=by)
    rows = GridPlace.objects.current().filter(cell=cell, household__in=homes, by_hand=True)
    if rows.update(until_day=clock.today(), ended=act) != len(homes):
        raise Refused(pgettext("grid", "Not all of them were put into this cell by hand."), field="numbers")
    settle([cell.area_id], [home.pk for home in homes], act)
    note(act, {"cells": [cell.pk], "households": len(homes)})
    return act


def _found(cell: GridCell, codes: Sequence[str]) -> list[Household]:
    wanted = list(dict.fromkeys(code.strip() for code in codes if code.strip()))
    if not wanted:
        raise Refused(pgettext("grid", "Name at least one household by its number."), field="numbers")
    if len(wanted) > MOST:
        raise Refused(
            pgettext("grid", "At most %(most)d households at a time.") % {"most": MOST}, field="numbers"
        )
    rows = (
        Household.objects.living().select_for_update(no_key=True).filter(area=cell.area_id, code__in=wanted)
    )
    homes = list(rows.order_by("pk"))
    if len(homes) != len(wanted):
        missing = "、".join(sorted(set(wanted) - {home.code for home in homes})[:5])
        raise Refused(
            pgettext("grid", "Not a household of this village, or dissolved: %(codes)s.")
            % {"codes": missing},
            field="numbers",
        )
    return homes
