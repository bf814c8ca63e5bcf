"""What becomes of everything that runs at a household, for each kind of event: said once, for all of them together.

Authorisation and standing, open warning, open case, cell of the grid, measures: before, after, and after the way back.
"""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from alerts.models import Alert
from assistance.models import Case, CaseMember, Measure
from foundation.accounts.models import Area, User
from households.grid.drawing import WHOLE, Drawing, draw
from households.lineage.acting import perform
from households.lineage.planning import (
    Splitting,
    Told,
    plan_arrival,
    plan_departure,
    plan_joining,
    plan_merge,
    plan_split,
)
from households.lineage.plans import Kind, Newcomer, Plan
from households.lineage.undoing import undo
from households.models import Authorisation, GridPlace, Household, Resident, Standing
from households.moving import answering
from households.moving.proposing import Wanted, propose
from tests.assistance.removal.made import enrolled
from tests.house.planted_help import a_measure
from tests.house.planted_signatures import authorisation_of
from tests.households.families import HEAD, MOTHER, SON, SPOUSE, id_number, make_household
from tests.people import COUNTY, NEIGHBOUR_VILLAGE, VILLAGE

D = datetime.date
DAY, NEXT_VILLAGE = D(2026, 11, 4), "999901001002"
TOLD = Told(DAY, "", "户口簿")
People = dict[str, User]
Asked = Callable[[Household, Household, User], Plan]


@pytest.fixture
def home(people: People) -> Household:
    """A monitored household of four, with everything running, in a village whose grid is drawn."""
    made = make_household("YS000001", "沈立夏", "柳霜降", "沈小满", "何冬至", by=people["xian"])
    for code in (VILLAGE, NEXT_VILLAGE):
        draw(Area.objects.get(pk=code), Drawing(WHOLE), by=people["zhen"])
    case = enrolled(people, home=made)
    authorisation_of(made, state="in_force", in_force_on=DAY)
    a_measure("asked", case, people["cun"], resident=made.residents.get(relation=MOTHER))
    Alert.objects.create(household=made, area=made.area, opened_on=DAY, state="dispatched")
    return made


def child(home: Household, kind: str, by: User) -> Plan:
    newcomer = Newcomer("沈小雪", id_number(COUNTY, D(2026, 10, 20), 622), SON)
    return plan_arrival(home, kind, newcomer, TOLD, by=by)


def gone(home: Household, departure: str, by: User) -> Plan:
    return plan_departure(home.residents.get(relation=MOTHER), departure, TOLD, by=by)


def merged(home: Household, other: Household, by: User) -> Plan:
    return plan_merge(home, other, {each.pk: "28" for each in home.residents.present()}, TOLD, by=by)


def split(home: Household, leaver: str, keeps: str, by: User) -> Plan:
    asked = Splitting({home.residents.get(relation=leaver).pk: HEAD}, keeps)
    return plan_split(home, asked, TOLD, by=by)


def all_of(home: Household) -> dict[str, Any]:
    """Return what runs at a household, in words that compare."""
    held = Standing.objects.get(household=home, kind="marginal")
    case, measure = Case.objects.get(household=home), Measure.objects.get()
    authorisation = Authorisation.objects.get(household=home)
    present = Resident.objects.present().filter(household=home)
    place = GridPlace.objects.current().filter(household=home).first()
    return {
        "authorised": Authorisation.objects.in_force().filter(household=home).exists(),
        "uncovered": present.exclude(authorised__authorisation=authorisation).count(),
        "standing": (Standing.objects.in_force().filter(pk=held.pk).exists(), held.members.counted().count()),
        "alert": Alert.objects.get(household=home).state,
        "case": (case.state, CaseMember.objects.filter(case=case, left_on__isnull=True).count()),
        "cell": place.cell.name if place else "",
        "measure": measure.resident.household.code if measure.resident else "",
    }


BEFORE: dict[str, Any] = {
    "authorised": True, "uncovered": 3, "standing": (True, 4), "alert": "dispatched", "case": ("enrolled", 4),
    "cell": "石桥村", "measure": "YS000001",
}  # fmt: skip
#: Who comes counts in standing and case, and is covered by no authorisation.
CAME = {"uncovered": 4, "standing": (True, 5), "case": ("enrolled", 5)}
#: Who dies or leaves counts no more; the measure of one who died stays told of them.
LEFT = {"uncovered": 2, "standing": (True, 3), "case": ("enrolled", 3)}
EVENTS: dict[str, tuple[Asked, dict[str, Any]]] = {
    "birth": (lambda home, other, by: child(home, Kind.BIRTH, by), CAME),
    "adoption": (lambda home, other, by: child(home, Kind.ADOPTION, by), CAME),
    "marriage in": (
        lambda home, other, by: plan_joining(
            other.residents.get(relation=SPOUSE), home, Kind.MARRIAGE, "05", TOLD, by=by
        ),
        CAME,
    ),
    "death": (lambda home, other, by: gone(home, "died", by), LEFT),
    "departure": (lambda home, other, by: gone(home, "moved_out", by), LEFT),
    # Whoever goes to another household takes their measure along.
    "marriage out": (
        lambda home, other, by: plan_joining(
            home.residents.get(relation=MOTHER), other, Kind.MARRIAGE, "28", TOLD, by=by
        ),
        LEFT | {"measure": "YS000002"},
    ),
    "split": (
        lambda home, other, by: split(home, MOTHER, Splitting.STAYERS, by),
        LEFT | {"measure": "YS000001-1"},
    ),
    # The number, and all that hangs on it, stays with who keeps it: the mother alone, whom the head's paper
    # does not cover.
    "split, the leaver keeps the number": (
        lambda home, other, by: split(home, MOTHER, Splitting.LEAVERS, by),
        {"uncovered": 1, "standing": (True, 1), "case": ("enrolled", 1)},
    ),
    # Nobody is left: nothing may be looked up any more, the household leaves its cell; case and standing stay until
    # people end them (natural removal), because a removal is decided and never happens by itself.
    "merge": (
        merged,
        {"authorised": False, "uncovered": 0, "standing": (True, 0), "case": ("enrolled", 0), "cell": "",
         "measure": "YS000002"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", EVENTS)
def test_each_event_says_what_becomes_of_everything(people: People, home: Household, what: str) -> None:
    other = make_household("YS000002", "杜谷雨", "万清明", by=people["xian"])
    plan, changes = EVENTS[what]
    assert all_of(home) == BEFORE
    act = perform(plan(home, other, people["cun"]), by=people["cun"])
    assert all_of(home) == BEFORE | changes
    undo(act, by=people["cun"], reason="登记错误")
    assert all_of(home) == BEFORE


@pytest.mark.parametrize(
    ("to", "changes"),
    [
        (NEXT_VILLAGE, {"cell": "芒种村"}),
        # Another county's office is not named in the paper; its grid is not drawn; its dispatcher sends anew.
        (NEIGHBOUR_VILLAGE, {"authorised": False, "cell": "", "alert": "raised"}),
    ],
)
def test_a_move_takes_everything_along(
    people: People, home: Household, to: str, changes: dict[str, Any]
) -> None:
    move = propose(home, Wanted(Area.objects.get(pk=to), DAY, "随子女迁居"), by=people["zhen"])
    if move.state == "proposed":
        move = answering.accept(move, by=people["lin_zhen"])
    home.refresh_from_db()
    after = all_of(home)
    assert {key: value for key, value in after.items() if BEFORE[key] != value} == changes
    back = people["lin_zhen"] if to == NEIGHBOUR_VILLAGE else people["zhen"]
    answering.undo(move, "登记错误", by=back)
    home.refresh_from_db()
    # What ended at the county's border is signed anew, not revived.
    stays = {"authorised": False, "alert": "raised"}
    assert all_of(home) == BEFORE | ({} if to == NEXT_VILLAGE else stays)
