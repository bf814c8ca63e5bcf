"""Taking a register file back: everything as before, except what somebody changed after it."""

import datetime

import pytest

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from households.models import Household, Resident, Revision, Standing
from households.register.importing import import_register
from households.register.reverting import take_back
from tests.households.made import revision as other_act
from tests.households.register.files import csv_of, row

DAY, LATER = datetime.date(2026, 9, 30), datetime.date(2026, 10, 31)


@pytest.fixture
def xian(people: dict[str, User]) -> User:
    return people["xian"]


def take(by: User, *rows: dict[str, str], as_of: datetime.date = DAY) -> Revision:
    done = import_register(csv_of(rows), by=by, as_of=as_of)
    return Revision.objects.get(pk=done.revision)


def everything() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in (Household, Resident, Standing)]


FIRST = [row(1, dibao="农村低保"), row(2, relation="配偶", name="单白露")]
SECOND = [
    row(2, name="单白露", household_type="脱贫户", area="999901001002"),
    row(1, relation="配偶", name="沈丽夏", household_type="脱贫户", area="999901001002"),
    row(3, household="H002", name="曾处暑"),
]


def test_everything_is_as_before(xian: User) -> None:
    take(xian, *FIRST)
    before = everything()
    second = take(xian, *SECOND, as_of=LATER)
    done = take_back(second, by=xian, reason="错发")
    assert everything() == before
    assert done.removed == {"standing": 1, "resident": 1, "household": 1}
    assert done.restored == {"standing": 1, "resident": 2, "household": 1}
    assert not any(done.stayed.values())


def test_file_after_file_can_be_taken_back(xian: User) -> None:
    first = take(xian, *FIRST)
    second = take(xian, *SECOND, as_of=LATER)
    take_back(second, by=xian, reason="错发")
    take_back(first, by=xian, reason="错发")
    assert everything() == [[], [], []]


def test_what_somebody_changed_after_it_stays_and_is_named(xian: User) -> None:
    take(xian, *FIRST)
    second = take(xian, *SECOND, as_of=LATER)
    Resident.objects.filter(name="沈丽夏").update(labour="2", revision=other_act(xian, Revision.Kind.HAND))
    done = take_back(second, by=xian, reason="错发")
    assert Resident.objects.get(name="沈丽夏").labour == "2"
    assert done.stayed["resident"] == 1
    assert [(household, name) for household, name, _why in done.named if name] == [("H001", "沈丽夏")]
    assert Resident.objects.get(name="单白露").area_id == "999901001001"


def test_somebody_new_keeps_a_household_that_the_file_brought(xian: User) -> None:
    file = take(xian, row(1))
    act = other_act(xian, Revision.Kind.HAND)
    household = Household.objects.get()
    Resident.objects.create(
        household=household,
        area=household.area,
        name="新生",
        relation="03",
        source="hand",
        source_day=DAY,
        revision=act,
    )
    done = take_back(file, by=xian, reason="错发")
    assert Household.objects.exists()
    assert list(Resident.objects.values_list("name", flat=True)) == ["新生"]
    assert done.stayed["household"] == 1


def test_one_entry_with_the_reason_and_only_once(xian: User) -> None:
    file = take(xian, row(1))
    take_back(file, by=xian, reason="错发")
    entry = Entry.objects.get(verb="register.taken_back")
    assert (entry.object_id, entry.area) == (str(file.pk), "999901001001")
    file.refresh_from_db()
    with pytest.raises(Refused):
        take_back(file, by=xian, reason="再来")


@pytest.mark.parametrize(("who", "reason"), [("xian", " "), ("lin_xian", "错发"), ("cun", "错发")])
def test_a_reason_and_the_right_are_needed(people: dict[str, User], who: str, reason: str) -> None:
    file = take(people["xian"], row(1))
    with pytest.raises(Refused):
        take_back(file, by=people[who], reason=reason)
    assert Resident.objects.exists()
