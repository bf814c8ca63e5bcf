"""A township whose grid is drawn in the browser, with pairs and an overdue move; no other test looks there."""

import datetime

from foundation.accounts.models import Area, Posting, User
from foundation.accounts.roles import Level, Role
from households.models import Duplicate, Household, HouseholdMove, Revision
from households.moving import settling
from households.pairs import seeking
from tests.households.families import SON, make_household
from tests.people import COUNTY, NEIGHBOUR_VILLAGE, PASSWORD

TOWNSHIP, VILLAGE, OTHER = "999901088", "999901088001", "999901088002"
#: Who answers for the township.
VERIFIER = "wang_zhen"
_DAY = datetime.date(2026, 11, 3)
#: Household number → head, others, villager group; the last is of no group.
HOMES: dict[str, tuple[tuple[str, ...], str]] = {
    "LG920001": (("水立夏", "云霜降", "水小满"), "一组"),
    "LG920002": (("章谷雨", "葛清明", "水小满"), "二组"),
    "LG920003": (("范白露",), ""),
    "LG920004": (("鲍大暑", "史冬至", "鲍小寒"), "一组"),
}
#: The household whose daughter a file names in the neighbour county, and the one whose move nobody answered.
NAMED_TWICE, OVERDUE = "LG920004", "LG920003"


def plant_grid() -> None:
    """Make the township with who works there, its households, two pairs and the move."""
    xian = User.objects.get(username="xian")
    above = Area.objects.get(pk=COUNTY)
    town = Area.objects.create(code=TOWNSHIP, name="网河镇", level=Level.TOWNSHIP, parent=above)
    for code, name in ((VILLAGE, "格子村"), (OTHER, "邻格村")):
        Area.objects.create(code=code, name=name, level=Level.VILLAGE, parent=town)
    person = User.objects.create_user(VERIFIER, PASSWORD, name=VERIFIER)
    Posting.objects.create(user=person, role=Role.TOWNSHIP_VERIFIER, area=town, from_day="2026-01-01")
    for code, (names, group) in HOMES.items():
        make_household(code, *names, by=xian, area=VILLAGE, group_name=group, address="格子村 3 号")
    seeking.seek([VILLAGE])
    _named_twice(xian)
    _overdue()


def _named_twice(by: User) -> None:
    home = Household.objects.get(code=NAMED_TWICE)
    wrote = Revision.objects.create(kind="register_file", by=by, as_of=_DAY, entered_on=_DAY)
    Duplicate.objects.create(
        identity_id=home.residents.get(relation=SON).identity_id, household=home, claimed_code="LX920004",
        claimed_area_id=NEIGHBOUR_VILLAGE, claimed_name="鲍小寒", found_on=_DAY, revision=wrote,
    )  # fmt: skip


def _overdue() -> None:
    first, last = datetime.date(2026, 10, 19), datetime.date(2026, 10, 30)
    HouseholdMove.objects.create(
        household=Household.objects.get(code=OVERDUE), from_area_id=VILLAGE, to_area_id=OTHER,
        parent_area_id=TOWNSHIP, head="范**", persons=1, moved_on=first, why="投靠亲属", proposed_on=first,
        counts_from=first, due_on=last, state="proposed",
    )  # fmt: skip
    settling.refer(by=User.objects.built_in("system"), on=datetime.date(2026, 11, 4))
