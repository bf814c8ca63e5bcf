"""The three categories: one at a time, ended and corrected with history, and what makes a household low-income."""

import datetime

import pytest

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from households import standing
from households.low_income import counted_in, is_low_income, low_income
from households.models import Household, Resident, Standing
from households.standing import Held
from tests.households.standing_made import DAY, household, revision

People = dict[str, User]
Kind = Standing.Kind
MARCH = datetime.date(2026, 3, 20)
LATE = "登记较晚"


def held(home: Household, by: User, kind: str = Kind.MARGINAL, day: datetime.date = MARCH) -> Standing:
    return standing.hold(home, Held(kind, day, ["01"]), members=home.residents.all(), by=by, reason=LATE)


def test_a_household_is_held_in_a_category_with_its_people(people: People) -> None:
    home = household(people["xian"])
    made = held(home, people["zhen"])
    assert made.members.count() == 4
    assert (made.basis, made.revision.by) == ("hand", people["zhen"])
    assert Entry.objects.get(verb="standing.held").object_id == str(home.pk)


def test_a_household_is_in_one_category_at_a_time(people: People) -> None:
    home = household(people["xian"])
    first = held(home, people["zhen"])
    with pytest.raises(Refused) as refused:
        held(home, people["zhen"], Kind.SUDDEN, DAY)
    assert refused.value.field == "from_day"
    standing.end(first, datetime.date(2026, 9, 30), removal_way="assisted", by=people["zhen"], reason=LATE)
    assert held(home, people["zhen"], Kind.SUDDEN, datetime.date(2026, 10, 1)).pk != first.pk


def test_an_end_keeps_the_version_before_and_comes_once(people: People) -> None:
    made = held(household(people["xian"]), people["zhen"])
    ended = standing.end(made, DAY, removal_way="natural", by=people["zhen"])
    assert ended.until_day == DAY
    assert [version.until_day for version in ended.versions.all()] == [None]
    with pytest.raises(Refused):
        standing.end(ended, DAY, by=people["zhen"])


def test_a_correction_says_why(people: People) -> None:
    made = held(household(people["xian"]), people["zhen"])
    with pytest.raises(Refused) as refused:
        standing.correct(made, {"kind": Kind.SUDDEN}, by=people["zhen"], reason=" ")
    assert refused.value.field == "reason"
    assert (
        standing.correct(made, {"kind": Kind.SUDDEN}, by=people["zhen"], reason="类别填错").kind == "sudden"
    )


def test_of_two_who_change_the_same_the_second_looks_again(people: People) -> None:
    made = held(household(people["xian"]), people["zhen"])
    other = Standing.objects.get(pk=made.pk)
    standing.correct(made, {"helper": "李大暑"}, by=people["zhen"], reason="换人")
    with pytest.raises(Refused):
        standing.correct(other, {"helper": "王小暑"}, by=people["xian"], reason="换人")


@pytest.mark.parametrize("risks", [["01", "01"], ["88"], ["01", "02", "03", "04", "05", "06"]])
def test_risks_are_of_the_list_each_once_and_at_most_five(people: People, risks: list[str]) -> None:
    home = household(people["xian"])
    with pytest.raises(Refused) as refused:
        standing.hold(home, Held(Kind.SUDDEN, DAY, risks), members=[], by=people["zhen"])
    assert refused.value.field == "risk_types"


@pytest.mark.parametrize("who", ["lin_zhen", "lingdao", "shi", "xitong"])
def test_nobody_else_writes_it(people: People, who: str) -> None:
    with pytest.raises(Refused):
        held(household(people["xian"]), people[who])
    assert not Standing.objects.exists()


def given(
    home: Household, by: User, kind: str, *days: datetime.date | None, of: Resident | None = None
) -> None:
    Standing.objects.create(
        household=home,
        resident=of,
        kind=kind,
        from_day=days[0],
        until_day=days[1],
        basis="register_file",
        revision=revision(by),
    )


def test_a_monitored_household_is_low_income_until_its_removal_month_ends(people: People) -> None:
    home = household(people["xian"])
    given(home, people["xian"], Kind.MARGINAL, datetime.date(2021, 5, 1), datetime.date(2022, 3, 31))
    days = [
        datetime.date(2021, 4, 30),
        datetime.date(2021, 5, 1),
        datetime.date(2022, 3, 31),
        datetime.date(2022, 4, 1),
    ]
    assert [is_low_income(home, day) for day in days] == [False, True, True, False]


def test_a_standing_without_a_first_day_holds_on_every_earlier_day(people: People) -> None:
    home = household(people["xian"])
    given(home, people["xian"], Kind.LIFTED_OUT, None, None)
    assert is_low_income(home, datetime.date(2021, 1, 1))


def test_one_member_in_benefit_makes_the_household_low_income_while_they_live_there(people: People) -> None:
    home = household(people["xian"])
    mother = home.residents.order_by("pk").last()
    given(home, people["xian"], Kind.DIBAO, None, None, of=mother)
    Resident.objects.filter(pk=mother.pk).update(left_on=DAY, departure="died")
    assert is_low_income(home, DAY - datetime.timedelta(days=1))
    assert not is_low_income(home, DAY)


def test_low_income_households_of_an_area_are_found_together(people: People) -> None:
    homes = [household(people["xian"], f"YS00000{number}") for number in range(3)]
    given(homes[0], people["xian"], Kind.DIBAO, None, None, of=homes[0].residents.first())
    given(homes[1], people["xian"], Kind.DIBAO_MARGIN, None, None)
    found = low_income(Household.objects.all(), "999901", DAY).values_list("pk", flat=True)
    assert list(found) == [homes[0].pk]


def test_where_a_city_counts_others_too_it_is_asked_apart_from_its_province(people: People) -> None:
    rules = counted_in("61", DAY)
    assert [(rule.area, rule.apart) for rule in rules] == [("61", ("6101",)), ("6101", ())]
    assert "dibao_margin" in rules[1].kinds
    assert "dibao_margin" not in rules[0].kinds
