"""What the grid lets follow: family events, moves of households, areas that give way."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record_many
from households.grid.settling import settle
from households.lineage.followers import Consequence, seen_of
from households.lineage.plans import Plan
from households.models import GridAct, GridCell, GridGroup, GridMember, GridPlace, Household, LineageAct
from households.moving.followers import Journey


class CellsFollow:
    """Family events (households.lineage.followers.LineageFollower): a new household is in its parent's cell."""

    name = "grid"

    def foresee(self, plan: Plan, user: User) -> Iterable[Consequence]:
        """Say in which cell a new household begins, and that a closed one leaves its own."""
        now = _place(plan.home)
        if now is None or plan.home not in seen_of(plan, user):
            return
        about, told = pgettext("lineage", "Grid"), {"cell": now.cell.name, "code": plan.home.code}
        if plan.founding is not None:
            same = plan.founding.group_name in ("", plan.home.group_name)
            said = (
                pgettext("lineage", "Household %(new)s is in the cell “%(cell)s” too.")
                if same
                else pgettext("lineage", "Household %(new)s is in the cell of its villager group.")
            )
            yield Consequence(about, said % (told | {"new": plan.founding.code}))
        if plan.dissolves:
            yield Consequence(
                about, pgettext("lineage", "Household %(code)s leaves the cell “%(cell)s”.") % told
            )

    def follow(self, act: LineageAct, plan: Plan, *, by: User) -> dict[str, Any]:
        """Put a household of a split beside the one that it comes from, where that one was put by hand.

        Where the cell is that of a group or the village, the register's own change puts it there (settling.py).
        """
        now = _place(plan.home)
        founded = act.parts.filter(role="founded").select_related("household").first()
        if now is None or not now.by_hand:
            return {}
        kept: dict[str, Any] = {"was": now.cell_id} if plan.dissolves else {}
        new = founded.household if founded is not None else None
        if new is not None and new.group_name == plan.home.group_name:
            _into(new, now.cell)
        return kept

    def unfollow(self, act: LineageAct, kept: dict[str, Any], *, by: User) -> None:
        """Put a household that was closed where a person had put it; a new one's place goes with its row."""
        cell = GridCell.objects.current().filter(pk=kept.get("was", 0)).first()
        home = act.home.household
        if cell is not None and home is not None and cell.area_id == home.area_id:
            _into(home, cell)


class PlacesGo:
    """Moves between villages (households.moving.followers.MoveFollower): cells are of villages."""

    claims = ("households.GridPlace.household",)

    def tells(self, journey: Journey) -> Iterator[str]:
        """Say that another cell's members look after the household."""
        if _place(journey.household) is not None:
            yield _("It leaves its cell of the grid, and is in the one of its new group or village.")

    def hinders(self, journey: Journey) -> Iterator[str]:
        """Nothing of the grid stands before a move."""
        return iter(())

    def later(self, journey: Journey) -> Iterator[str]:
        """Nothing of the grid stands on a household's having come."""
        return iter(())

    def follow(self, journey: Journey, *, by: User) -> None:
        """Put a household that comes back where a person had put it; else the register's change puts it."""
        if not journey.back:
            return
        before = GridPlace.objects.filter(household=journey.household, cell__area=journey.target)
        place = before.select_related("cell").order_by("-pk").first()
        if place is not None and place.by_hand and place.cell.until_day is None:
            _into(journey.household, place.cell)


@dataclass(frozen=True, slots=True)
class CellsTakeTheArea:
    """Cells take the one area that takes the place of theirs; where that has cells of the same kind, they join them.

    Of a village that is split, its households were sorted before (households.area_followers): its cells are closed.
    """

    claims = ("households.GridCell.area", "households.GridGroup.area", "households.GridAct.area")

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Move or close the cells of the old area."""
        current = GridCell.objects.current().filter(area=predecessor)
        cells = list(current.order_by("pk"))
        if len(successors) == 1:
            self._join(cells, successors[0])
            GridCell.objects.filter(area=predecessor).update(area=successors[0])
            GridGroup.objects.filter(area=predecessor).update(area=successors[0])
            GridAct.objects.filter(area=predecessor).update(area=successors[0])
            settle([successors[0].code])
        else:
            _close(cells)
        if cells:
            act = Act(
                "grid.area_followed", "area", predecessor.code, on, clock.today(), area=predecessor.code,
                details={"cells": [cell.pk for cell in cells]},
            )  # fmt: skip
            record_many([act], by=User.objects.built_in("system").authority(Right.EDIT_HOUSEHOLDS, ""))

    def _join(self, cells: list[GridCell], successor: Area) -> None:
        """Close what the successor has already: its own cell, a cell of the same name, a group in another cell."""
        there = GridCell.objects.current().filter(area=successor)
        names = set(there.values_list("name", flat=True))
        has_own = there.exclude(level=GridCell.Level.GROUP).exists()
        taken = set(
            GridGroup.objects.filter(area=successor, until_day__isnull=True).values_list("name", flat=True)
        )
        for cell in cells:
            if cell.level != GridCell.Level.GROUP and has_own:
                _close([cell])
                continue
            mine = GridGroup.objects.filter(cell=cell, until_day__isnull=True, name__in=taken)
            mine.update(until_day=clock.today())
            if cell.name in names:
                GridCell.objects.filter(pk=cell.pk).update(name=f"{cell.name[:50]} {cell.pk}")


def _close(cells: list[GridCell]) -> None:
    keys, over = [cell.pk for cell in cells], {"until_day": clock.today()}
    GridPlace.objects.current().filter(cell__in=keys).update(**over)
    for model in (GridGroup, GridMember):
        model._default_manager.filter(cell__in=keys, until_day__isnull=True).update(**over)
    GridCell.objects.filter(pk__in=keys).update(**over)


def _place(home: Household) -> GridPlace | None:
    return GridPlace.objects.current().filter(household=home).select_related("cell").first()


def _into(home: Household, cell: GridCell) -> None:
    GridPlace.objects.current().filter(Q(household=home)).update(until_day=clock.today())
    GridPlace.objects.create(household=home, cell=cell, by_hand=True, from_day=clock.today())


LINEAGE, MOVES, areas = CellsFollow(), PlacesGo(), CellsTakeTheArea()
