"""Draw the cells of a township or a village, change one, close one.

draw(village, Drawing("groups"), by=user)                        a cell for each villager group
draw(village, Drawing("whole", name="石桥村网格"), by=user)        one cell for the whole village
draw(village, Drawing("hand", name="东片", groups=("一组", "二组")), by=user)
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import pgettext

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level
from households.grid.acting import begin, note
from households.grid.settling import settle
from households.models import GridAct, GridCell, GridGroup, GridMember, GridPlace, Household

#: How a grid may be drawn: one cell for all, a cell for each villager group, one cell of chosen groups.
WHOLE, GROUPS, HAND = "whole", "groups", "hand"


@dataclass(frozen=True, slots=True)
class Drawing:
    """How cells are drawn; `name` and `groups` are of a cell drawn by hand, `name` of the cell of a whole area too."""

    how: str
    name: str = ""
    groups: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a cell is called, which villager groups it takes, whether it takes whoever is in no other cell."""

    name: str
    groups: tuple[str, ...] = ()
    takes_rest: bool = False


@transaction.atomic
def draw(area: Area, asked: Drawing, *, by: User) -> GridAct:
    """Draw cells in a township (one of its own) or a village, and put its households into them."""
    if area.level not in (Level.TOWNSHIP, Level.VILLAGE) or area.retired_on is not None:
        raise Refused(pgettext("grid", "Cells are drawn in a township or a village."))
    act = begin(GridAct.Kind.DRAWN, area, asked.reason, by=by)
    if asked.how == WHOLE:
        made = [_whole(area, asked.name, act)]
    elif area.level != Level.VILLAGE:
        raise Refused(
            pgettext("grid", "A township has one cell of its own; villages are divided."), field="how"
        )
    elif asked.how == GROUPS:
        made = _by_groups(area, act)
    else:
        made = [_by_hand(area, asked, act)]
    changed = settle([area.code], act=act) if area.level == Level.VILLAGE else {}
    note(act, {"cells": [cell.pk for cell in made], "households": sum(changed.values())})
    return act


@transaction.atomic
def change(cell: GridCell, shape: Shape, *, by: User, reason: str) -> GridAct:
    """Give a cell another name, other groups, or let it take the rest; its households follow."""
    _check_stands(cell, reason)
    names = _clean(shape.groups)
    act = begin(
        GridAct.Kind.CHANGED, cell.area, reason, by=by,
        before={"cell": cell.pk, "name": cell.name, "takes_rest": cell.takes_rest},
    )  # fmt: skip
    rest = shape.takes_rest and cell.level == GridCell.Level.VILLAGE
    with _named_once():
        GridCell.objects.filter(pk=cell.pk).update(name=_name(shape.name), takes_rest=rest)
    if cell.level != GridCell.Level.TOWNSHIP:
        gone = GridGroup.objects.filter(cell=cell, until_day__isnull=True).exclude(name__in=names)
        gone.update(until_day=clock.today(), ended=act)
        here = set(GridGroup.objects.filter(cell=cell, until_day__isnull=True).values_list("name", flat=True))
        _take(cell, [name for name in names if name not in here], act)
    changed = settle([cell.area_id], act=act)
    note(act, {"cells": [cell.pk], "households": sum(changed.values())})
    return act


@transaction.atomic
def close(cell: GridCell, *, by: User, reason: str) -> GridAct:
    """Close a cell: its members end with it, its households go where their group or village says, or into the gap."""
    _check_stands(cell, reason)
    act = begin(GridAct.Kind.CLOSED, cell.area, reason, by=by)
    over = {"until_day": clock.today(), "ended": act}
    for model in (GridGroup, GridMember):
        model._default_manager.filter(cell=cell, until_day__isnull=True).update(**over)
    GridCell.objects.filter(pk=cell.pk).update(**over)
    # Whoever a person put there belongs nowhere by hand now.
    GridPlace.objects.current().filter(cell=cell).update(**over)
    changed = settle([cell.area_id], act=act)
    note(act, {"cells": [cell.pk], "households": sum(changed.values())})
    return act


def groups_of(village: str) -> list[str]:
    """Return the villager groups that the register names in a village."""
    rows = Household.objects.living().filter(area=village).exclude(group_name="")
    return sorted(rows.order_by().values_list("group_name", flat=True).distinct())


def free_groups(village: str, *, besides: GridCell | None = None) -> list[str]:
    """Return the groups of a village that no cell takes; `besides` counts as none."""
    taken = GridGroup.objects.filter(area=village, until_day__isnull=True)
    if besides is not None:
        taken = taken.exclude(cell=besides)
    names = set(taken.values_list("name", flat=True))
    return [name for name in groups_of(village) if name not in names]


def _whole(area: Area, name: str, act: GridAct) -> GridCell:
    township = area.level == Level.TOWNSHIP
    level = GridCell.Level.TOWNSHIP if township else GridCell.Level.VILLAGE
    if GridCell.objects.current().filter(area=area).exclude(level=GridCell.Level.GROUP).exists():
        raise Refused(
            pgettext("grid", "This area has a cell of its own already: change that one."), field="how"
        )
    return _make(area, level, name or area.name, act, takes_rest=not township)


def _by_groups(area: Area, act: GridAct) -> list[GridCell]:
    """Make a cell of each group that no cell takes."""
    names = free_groups(area.code)
    if not names:
        raise Refused(
            pgettext("grid", "The register names no villager group here that is in no cell: draw by hand."),
            field="how",
        )
    made = []
    for name in names:
        cell = _make(area, GridCell.Level.GROUP, name, act)
        _take(cell, [name], act)
        made.append(cell)
    return made


def _by_hand(area: Area, asked: Drawing, act: GridAct) -> GridCell:
    cell = _make(area, GridCell.Level.GROUP, asked.name, act)
    _take(cell, _clean(asked.groups), act)
    return cell


def _make(area: Area, level: str, name: str, act: GridAct, *, takes_rest: bool = False) -> GridCell:
    with _named_once():
        made: GridCell = GridCell.objects.create(
            area=area, level=level, name=_name(name), takes_rest=takes_rest, from_day=clock.today(), began=act
        )
    return made


def _take(cell: GridCell, names: Iterable[str], act: GridAct) -> None:
    for name in names:
        try:
            with transaction.atomic():
                GridGroup.objects.create(
                    cell=cell, area=cell.area, name=name, from_day=clock.today(), began=act
                )
        except IntegrityError as twice:
            raise Refused(
                pgettext("grid", "“%(group)s” is in another cell: a group is in one.") % {"group": name},
                field="groups",
            ) from twice


def _check_stands(cell: GridCell, reason: str) -> None:
    cell.refresh_from_db()
    if cell.until_day is not None:
        raise Refused(pgettext("grid", "This cell was closed on %(day)s.") % {"day": cell.until_day})
    if not reason.strip():
        raise Refused(pgettext("grid", "Say why: the reason stays in the record."), field="reason")


def _name(typed: str) -> str:
    name = " ".join(typed.split())[:60]
    if not name:
        raise Refused(pgettext("grid", "Give the cell a name."), field="name")
    return name


def _clean(names: Iterable[str]) -> list[str]:
    return sorted({name.strip() for name in names if name.strip()})


class _named_once:  # noqa: N801  (a with-statement, read like a function)
    """Turn the database's refusal of a second cell of one name into a sentence."""

    def __enter__(self) -> None:
        self._point = transaction.atomic()
        self._point.__enter__()

    def __exit__(self, kind: object, clash: object, trace: object) -> None:
        self._point.__exit__(kind, clash, trace)  # type: ignore[arg-type]
        if isinstance(clash, IntegrityError):
            raise Refused(
                pgettext("grid", "This area has a cell of this name already."), field="name"
            ) from clash
