"""What the pages of the grid read: figures of the gap-and-overlap report, cells, villages, households in no cell."""

from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Left

from foundation.accounts import clock
from foundation.accounts.models import Area, Posting, User
from foundation.accounts.models.areas import ancestors
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import within
from foundation.regulations.lookup import value
from households.models import GridCell, GridGroup, GridMember, GridPlace, Household, Resident
from households.models.households import HEAD

#: The most households of one cell (a value of the county).
MOST = "grid_cell_households_most"
_NONE = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Report:
    """The gap-and-overlap report of an area: everything that is not as it should be, in figures."""

    households: int
    in_a_cell: int
    in_two: int
    cells: int
    without_member: int
    unposted: int
    too_large: int

    @property
    def in_none(self) -> int:
        """How many households are in no cell."""
        return self.households - self.in_a_cell


def limit(area: str) -> int:
    """Return the most households of a cell in an area; without a value, none is too large."""
    found = value(MOST, area=area[: Level.COUNTY], on=clock.today())
    return _NONE if found.silent or found.amount is None else int(found.amount)


def report(user: User, area: str = "") -> Report:
    """Return the figures of an area (empty: of everything that `user` sees); a few queries."""
    homes = Household.objects.visible_to(user).living()
    cells = cells_of(user)
    if area:
        homes, cells = homes.filter(within("area__code", [area])), cells.filter(within("area__code", [area]))
    placed = GridPlace.objects.current().filter(household__in=homes)
    double = placed.order_by().values("household").annotate(times=Count("pk")).filter(times__gt=1)
    members = GridMember.objects.current().filter(cell__in=cells.values("pk"))
    return Report(
        households=homes.count(),
        in_a_cell=placed.order_by().values("household").distinct().count(),
        in_two=double.count(),
        cells=cells.count(),
        without_member=cells.filter(has_member=False).count(),
        unposted=members.filter(user__isnull=False).filter(~Exists(_postings(OuterRef("user")))).count(),
        too_large=cells.filter(too_large=True).count(),
    )


def cells_of(user: User) -> QuerySet[Any]:
    """Return the cells that stand in one's areas, with what their list shows as annotations."""
    now = GridMember.objects.current().filter(cell=OuterRef("pk"))
    unposted = now.filter(user__isnull=False).filter(~Exists(_postings(OuterRef("user"))))
    here = GridPlace.objects.current().filter(cell=OuterRef("pk")).order_by().values("cell")
    rows = GridCell.objects.visible_to(user).current()
    return rows.annotate(
        households_here=Coalesce(Subquery(here.annotate(count=Count("pk")).values("count")), 0),
        has_member=Exists(now),
        has_unposted=Exists(unposted),
        most=_limits(rows),
    ).annotate(
        too_large=Case(
            When(households_here__gt=F("most"), then=True), default=False, output_field=BooleanField()
        )
    )


def listed(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return cells with their village, groups and members, as a list shows them; no query per row."""
    members = GridMember.objects.current().select_related("user", "phone").order_by("-leads", "pk")
    groups = GridGroup.objects.filter(until_day__isnull=True).order_by("name")
    return rows.select_related("area__parent").prefetch_related(
        Prefetch("members", members, to_attr="members_now"), Prefetch("groups", groups, to_attr="groups_now")
    )


def villages(user: User) -> QuerySet[Any]:
    """Return the living villages of one's areas with households, those in a cell, and cells, as annotations."""
    homes = Household.objects.living().filter(area=OuterRef("pk")).order_by()
    placed = homes.filter(Exists(GridPlace.objects.current().filter(household=OuterRef("pk"))))
    cells = GridCell.objects.current().filter(area=OuterRef("pk")).order_by().values("area")
    rows = Area.objects.visible_to(user, Right.VIEW_HOUSEHOLDS).living().filter(level=Level.VILLAGE)
    return rows.select_related("parent").annotate(
        households_here=_count(homes.values("area")),
        in_a_cell=_count(placed.values("area")),
        cells_here=_count(cells),
    )


def in_no_cell(user: User) -> QuerySet[Any]:
    """Return the households of one's areas that are in no cell, with village and head: the gap, one by one."""
    heads = Resident.objects.present().filter(relation=HEAD)
    placed = GridPlace.objects.current().filter(household=OuterRef("pk"))
    rows = Household.objects.visible_to(user).living().filter(~Exists(placed)).select_related("area__parent")
    return rows.prefetch_related(Prefetch("residents", heads, to_attr="heads"))


def households_in(cell: GridCell, user: User) -> QuerySet[Any]:
    """Return the households of a cell; of a township's, all that lie in it."""
    heads = Resident.objects.present().filter(relation=HEAD)
    rows = Household.objects.visible_to(user).living().select_related("area")
    place = GridPlace.objects.current().filter(household=OuterRef("pk"))
    if cell.level == GridCell.Level.TOWNSHIP:
        rows = rows.filter(within("area__code", [cell.area_id]))
    else:
        rows = rows.filter(Exists(place.filter(cell=cell)))
    by_hand = Subquery(place.values("by_hand")[:1])
    return rows.annotate(by_hand=by_hand).prefetch_related(Prefetch("residents", heads, to_attr="heads"))


def candidates(cell: GridCell, reader: User) -> list[Posting]:
    """Return posts in the township or above from which somebody may look after a cell, of staff that `reader` sees."""
    near = Q(area__code__startswith=cell.area_id[: Level.TOWNSHIP]) | Q(area__in=ancestors(cell.area_id))
    seen = User.objects.visible_to(reader).filter(is_active=True, is_built_in=False)
    rows = Posting.objects.in_force().filter(near, user__in=seen)
    return list(rows.select_related("user", "area").order_by("user__name", "pk"))


def _postings(user: Any) -> QuerySet[Posting]:
    return Posting.objects.in_force().order_by().filter(user=user)


def _limits(rows: QuerySet[GridCell]) -> Any:
    """Return the limit of each cell as an expression: a value of the county, looked up once for each."""
    counties = (
        rows.order_by().annotate(county=Left("area_id", Level.COUNTY.value)).values_list("county", flat=True)
    )
    cases = [When(area__code__startswith=code, then=Value(limit(code))) for code in counties.distinct()]
    return Case(*cases, default=Value(_NONE), output_field=IntegerField())


def _count(rows: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0)
