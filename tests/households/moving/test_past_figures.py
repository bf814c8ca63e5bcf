"""A move changes no figure of a day before it: a household counts where it was, and once on every day."""

import datetime

import pytest

from foundation.accounts import clock
from foundation.accounts.models import User
from households.models import Household
from households.monitored.importing import import_monitored
from households.monitored.summary import below, summary
from households.moving import answering
from households.moving.proposing import propose
from tests.households.monitored.files import family, new_people, text
from tests.households.moving.moved import another_verifier, wanted
from tests.people import COUNTY, NEIGHBOUR_COUNTY, NEIGHBOUR_TOWNSHIP, VILLAGE

D = datetime.date
CITY = "9999"
BEFORE, ON, AFTER = D(2026, 11, 3), D(2026, 11, 4), D(2026, 11, 5)


def households(user: User, area: str, on: datetime.date) -> tuple[int, int]:
    total = summary(user, area, on).current.total
    return (total.households, total.persons)


@pytest.fixture
def two(people: dict[str, User]) -> Household:
    """Two monitored households of the village, of four and of two; the first is accepted in the neighbour county."""
    numbers = new_people()
    rows = [*family("H1", 4, numbers), *family("H2", 2, numbers)]
    import_monitored(text(rows), by=User.objects.built_in("shell"))
    home = Household.objects.get(code="H1")
    answering.accept(propose(home, wanted(), by=people["cun"]), by=people["lin_zhen"])
    return home


def test_each_day_has_the_household_once_and_where_it_was(two: Household, people: dict[str, User]) -> None:
    shell = User.objects.built_in("shell")
    with clock.at(AFTER):
        assert [households(shell, area, BEFORE) for area in (COUNTY, NEIGHBOUR_COUNTY, CITY)] == [
            (2, 6), (0, 0), (2, 6),
        ]  # fmt: skip
        for day in (ON, AFTER):
            assert [households(shell, area, day) for area in (COUNTY, NEIGHBOUR_COUNTY, CITY)] == [
                (1, 2), (1, 4), (2, 6),
            ]  # fmt: skip
        assert set(below(shell, two.area.parent.parent.parent, BEFORE)) == {COUNTY}
        assert set(below(shell, two.area.parent.parent.parent, ON)) == {COUNTY, NEIGHBOUR_COUNTY}


def test_each_side_reads_its_own_period(two: Household, people: dict[str, User]) -> None:
    with clock.at(AFTER):
        assert households(people["xian"], COUNTY, BEFORE) == (2, 6)
        assert households(people["cun"], VILLAGE, BEFORE) == (2, 6)
        assert households(people["xian"], COUNTY, AFTER) == (1, 2)
        assert households(people["lin_xian"], NEIGHBOUR_COUNTY, BEFORE) == (0, 0)
        assert households(people["lin_xian"], NEIGHBOUR_COUNTY, AFTER) == (1, 4)
        assert households(people["lin_xian"], COUNTY, BEFORE) == (0, 0)


def test_moved_on_and_back_on_other_days(two: Household, people: dict[str, User]) -> None:
    move = two.moves.get()
    shell = User.objects.built_in("shell")
    with clock.at(D(2026, 11, 10)):
        answering.undo(move, "误收", by=people["lin_zhen"])
        assert [households(shell, COUNTY, day)[0] for day in (BEFORE, ON, D(2026, 11, 9), D(2026, 11, 10))] == [
            2, 1, 1, 2,
        ]  # fmt: skip
        assert households(shell, NEIGHBOUR_TOWNSHIP, D(2026, 11, 9)) == (1, 4)
        assert all(households(shell, CITY, day) == (2, 6) for day in (BEFORE, ON, D(2026, 11, 9)))


def test_two_moves_on_one_day_count_the_first_village_before_it(
    two: Household, people: dict[str, User]
) -> None:
    another = another_verifier("999901002", "bai")
    home = Household.objects.get(pk=two.pk)
    answering.accept(propose(home, wanted("999901002001"), by=people["lin_cun"]), by=another)
    shell = User.objects.built_in("shell")
    with clock.at(AFTER):
        assert households(shell, VILLAGE, BEFORE) == (2, 6)
        assert households(shell, "999901002", ON) == (1, 4)
        assert households(shell, NEIGHBOUR_COUNTY, ON) == (0, 0)
        assert households(shell, CITY, BEFORE) == households(shell, CITY, ON) == (2, 6)
