"""Pages of the grid: the report, its villages, the cells, who is in none, one area, one cell."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import within
from foundation.desk import focus
from foundation.desk.tables import answer
from households.grid import selectors
from households.grid.tables import CELLS, GAP, HOUSEHOLDS, VILLAGES
from households.identity import showing
from households.models import GridAct, GridCell, GridMember

#: So many acts are shown, the newest first.
_MOST = 12


@door(Right.VIEW_HOUSEHOLDS)
@require_GET
def overview(request: StaffRequest) -> HttpResponse:
    """Show the gap-and-overlap report of one's areas, village by village."""
    page = VILLAGES.page(selectors.villages(request.user), request)
    figures = selectors.report(request.user, focus.current(request))
    return answer(request, "households/grid/overview.html", page, report=figures, area=None)


@door(Right.VIEW_HOUSEHOLDS)
@require_GET
def cells(request: StaffRequest) -> HttpResponse:
    """List the cells of one's areas."""
    rows = selectors.listed(selectors.cells_of(request.user))
    return answer(request, "households/grid/cells.html", CELLS.page(rows, request))


@door(Right.VIEW_HOUSEHOLDS)
@require_GET
def gap(request: StaffRequest) -> HttpResponse:
    """List the households that are in no cell."""
    return answer(request, "households/grid/gap.html", GAP.page(selectors.in_no_cell(request.user), request))


@door(Right.VIEW_HOUSEHOLDS)
@require_GET
def area(request: StaffRequest, code: str) -> HttpResponse:
    """Show the grid of one area: of a village its cells, of a larger one its villages; and what was done there."""
    found = area_of(request, code)
    user = request.user
    own = selectors.listed(selectors.cells_of(user))
    context: dict[str, Any] = {
        "area": found,
        "report": selectors.report(user, found.code),
        "may_draw": _may_draw(found, user),
        "acts": acts_of(found.code, user),
        "own": own.filter(area=found) if found.level == Level.TOWNSHIP else [],
    }
    if found.level >= Level.VILLAGE:
        page = CELLS.page(own.filter(area=found), request)
        return answer(request, "households/grid/village.html", page, **context)
    rows = selectors.villages(user).filter(within("code", [found.code]))
    return answer(request, "households/grid/overview.html", VILLAGES.page(rows, request), **context)


@door(Right.VIEW_HOUSEHOLDS)
@require_GET
def cell(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one cell: who looks after it, what it takes, its households, what it was before."""
    row = cell_of(request, pk)
    user = request.user
    edits = user.holds(Right.EDIT_HOUSEHOLDS, row.area_id)
    people = GridMember.objects.visible_to(user).filter(cell=row).select_related("user", "phone")
    context = {
        "cell": row,
        "stands": row.until_day is None,
        "members": [(each, showing.masked_one(each.phone)) for each in people.filter(until_day__isnull=True)],
        "former": list(people.filter(until_day__isnull=False).order_by("-until_day", "-pk")[:_MOST]),
        "groups": list(row.groups.filter(until_day__isnull=True)),
        "may_edit": edits and row.until_day is None,
        "may_call": user.holds(Right.REVEAL_NUMBERS, row.area_id),
        "most": selectors.limit(row.area_id),
    }
    rows = selectors.households_in(row, user)
    return answer(request, "households/grid/cell.html", HOUSEHOLDS.page(rows, request), **context)


def area_of(request: StaffRequest, code: str, right: Right = Right.VIEW_HOUSEHOLDS) -> Area:
    """Return an area of one's own by its code, or 404."""
    rows = Area.objects.visible_to(request.user, right).living().select_related("parent")
    found: Area = get_visible_or_404(rows, request.user, pk=code)
    return found


def cell_of(request: StaffRequest, pk: int) -> GridCell:
    """Return a cell of one's areas, closed or not, or 404."""
    rows = GridCell.objects.select_related("area__parent")
    return get_visible_or_404(rows, request.user, pk=pk)


def acts_of(code: str, user: User) -> list[tuple[GridAct, str]]:
    """Return what was done with the grid of an area, each with the address where it is taken back (or nothing)."""
    rows = GridAct.objects.visible_to(user).filter(area=code).select_related("undoes", "undone_by")
    edits = user.holds(Right.EDIT_HOUSEHOLDS, code)
    return [
        (row, reverse("grid:undo", args=[row.pk]) if edits and _stands(row) else "")
        for row in rows.order_by("-pk")[:_MOST]
    ]


def _stands(row: GridAct) -> bool:
    """Whether an act was not taken back, and takes back nothing; what hinders it otherwise is said at the act."""
    return row.undoes_id is None and not hasattr(row, "undone_by")


def _may_draw(area: Area, user: User) -> bool:
    return area.level in (Level.TOWNSHIP, Level.VILLAGE) and user.holds(Right.EDIT_HOUSEHOLDS, area.code)
