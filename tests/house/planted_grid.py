"""Cells of the grid that the walks look at: one in every village with its household and a named member."""

from foundation.accounts.models import User
from households.models import GridAct, GridCell, GridMember, GridPlace, Household
from tests.house.things import DAY, Thing, of_the_place


def gridded(people: dict[str, User], homes: list[Household]) -> dict[str, list[Thing]]:
    """Put every planted household into a cell of its village; by kind of thing."""
    made: dict[str, list[Thing]] = {"grid_cell": [], "grid_member": [], "grid_act": []}
    for home in homes:
        act = GridAct.objects.create(
            kind="drawn", area=home.area, by=of_the_place(home.area_id, people), done_on=DAY
        )
        cell = GridCell.objects.create(
            area=home.area, level="village", name=f"格{home.code}", takes_rest=True, from_day=DAY, began=act
        )
        GridPlace.objects.create(household=home, cell=cell, from_day=DAY, began=act)
        member = GridMember.objects.create(
            cell=cell, name=f"邓{home.code}", phone=home.phone, from_day=DAY, began=act
        )
        for kind, row in (("grid_cell", cell), ("grid_member", member), ("grid_act", act)):
            made[kind].append(Thing(row.pk, home.area_id))
    return made
