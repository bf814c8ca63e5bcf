"""Take an act on the grid back, by an act of its own: what it began ends, what it ended holds again from today."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import pgettext

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level
from households.grid.acting import begin, note
from households.grid.settling import settle
from households.models import GridAct, GridCell, GridGroup, GridMember, GridPlace

#: What a new row of the same takes over.
_SAME: dict[type[Any], tuple[str, ...]] = {
    GridGroup: ("cell_id", "area_id", "name"),
    GridMember: ("cell_id", "user_id", "name", "phone_id", "leads"),
    GridPlace: ("household_id", "cell_id", "by_hand"),
}


def why_not(act: GridAct) -> str:
    """Say why an act cannot be taken back, or return ""."""
    if act.undoes_id is not None:
        return pgettext("grid", "What takes back is not taken back: do it again.")
    if GridAct.objects.filter(undoes=act).exists():
        return pgettext("grid", "This has been taken back already.")
    if _later(act):
        return pgettext("grid", "Something later stands on it: take that back first.")
    return ""


@transaction.atomic
def undo(act: GridAct, *, by: User, reason: str) -> GridAct:
    """Take an act back with its reason; refused where something later stands on it."""
    if not reason.strip():
        raise Refused(pgettext("grid", "Say why: the reason stays in the record."), field="reason")
    back = begin(GridAct.Kind.UNDONE, act.area, reason, by=by, undoes=_free(act))
    over = {"until_day": clock.today(), "ended": back}
    for model in (GridGroup, GridMember, GridCell):
        model._default_manager.filter(began=act, until_day__isnull=True).update(**over)
    GridPlace.objects.current().filter(began=act, by_hand=True).update(**over)
    # Whoever was in a cell that is no more leaves it, whoever put them there.
    GridPlace.objects.current().filter(cell__began=act).update(**over)
    try:
        with transaction.atomic():
            _as_before(act, back)
    except IntegrityError as clash:
        raise Refused(pgettext("grid", "The grid is otherwise by now: draw it as it shall be.")) from clash
    changed = settle([act.area_id], act=back) if act.area.level == Level.VILLAGE else {}
    note(back, {"undoes": act.pk, "households": sum(changed.values())})
    return back


def _free(act: GridAct) -> GridAct:
    """Return the act, locked; refused where it cannot be taken back."""
    locked: GridAct = GridAct.objects.select_for_update(of=("self",)).select_related("area").get(pk=act.pk)
    if sentence := why_not(locked):
        raise Refused(sentence)
    return locked


def _as_before(act: GridAct, back: GridAct) -> None:
    """Let hold again what the act ended."""
    if act.before:
        told = {name: act.before[name] for name in ("name", "takes_rest")}
        GridCell.objects.filter(pk=act.before["cell"]).update(**told)
    GridCell.objects.filter(ended=act).update(until_day=None, ended=None)
    _again(GridGroup, act, back)
    _again(GridMember, act, back)
    for place in GridPlace.objects.filter(ended=act, by_hand=True).select_related("household", "cell"):
        stays = place.household.dissolved_on is None and place.household.area_id == place.cell.area_id
        if stays and place.cell.until_day is None:
            GridPlace.objects.current().filter(household=place.household_id).update(
                until_day=clock.today(), ended=back
            )
            _once_more(place, back)


def _again(model: type[Any], act: GridAct, back: GridAct) -> None:
    for row in model._default_manager.filter(ended=act).order_by("pk"):
        _once_more(row, back)


def _once_more(row: Any, back: GridAct) -> None:
    """Make a new row of the same, from today on: the days between stay told."""
    model = type(row)
    model._default_manager.create(
        **{name: getattr(row, name) for name in _SAME[model]}, from_day=clock.today(), began=back
    )


def _later(act: GridAct) -> bool:
    """Say whether what an act began was ended or built upon by a later one."""
    cells = GridCell.objects.filter(began=act)
    ended = [model._default_manager.filter(began=act, ended__gt=act.pk) for model in (GridGroup, GridMember)]
    ended += [
        cells.filter(ended__isnull=False),
        GridPlace.objects.filter(began=act, by_hand=True, ended__gt=act.pk),
    ]
    on_cells = [
        model._default_manager.filter(cell__in=cells, began__gt=act.pk, until_day__isnull=True)
        for model in (GridGroup, GridMember)
    ]
    on_cells.append(GridPlace.objects.current().filter(cell__in=cells, began__gt=act.pk, by_hand=True))
    changed = GridAct.objects.filter(
        kind=GridAct.Kind.CHANGED, pk__gt=act.pk, undone_by__isnull=True,
        before__cell__in=[*cells.values_list("pk", flat=True), *_cell_of(act)],
    )  # fmt: skip
    return any(rows.exists() for rows in (*ended, *on_cells, changed))


def _cell_of(act: GridAct) -> list[int]:
    return [act.before["cell"]] if act.before else []
