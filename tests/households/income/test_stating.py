"""Stating an income: worked out, kept with its history, recorded, and refused where it should be."""

import datetime
from decimal import Decimal

import pytest

from foundation.accounts import kin
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from foundation.regulations.models import Value
from households.income.stating import Stated, state, worked
from households.models import Income
from tests.households.standing_made import DAY, household

People = dict[str, User]


def said(as_of: datetime.date = DAY, members: int = 4, **parts: str) -> Stated:
    return Stated({code: Decimal(amount) for code, amount in parts.items()}, members, as_of)


def test_a_village_assistant_states_an_income(people: People) -> None:
    home = household(people["xian"])
    income = state(
        home,
        said(A1="52000", B1="9600", C2="800", D4="2200", E1="4120", F="3000", G="31615.50"),
        by=people["cun"],
    )
    income.refresh_from_db()
    assert (income.from_day, income.until_day) == (datetime.date(2025, 11, 1), datetime.date(2026, 10, 31))
    assert income.net_per_head == Decimal("15120.00")
    assert income.reference_per_head == Decimal("7966.13")
    assert income.revision.by == people["cun"]
    assert worked(income).reference_per_head.amount == income.reference_per_head
    assert Value.objects.get(subject="income_period", area="").used_on == DAY


def test_the_record_says_that_it_was_stated_and_not_how_much(people: People) -> None:
    state(household(people["xian"]), said(A1="52000"), by=people["cun"])
    entry = Entry.objects.get(verb="income.stated")
    assert entry.area == "999901001001"
    assert b"52000" not in bytes(entry.body)


def test_a_correction_says_why_and_keeps_the_version_before(people: People) -> None:
    home = household(people["xian"])
    state(home, said(A1="52000"), by=people["cun"])
    with pytest.raises(Refused) as refused:
        state(home, said(A1="25000"), by=people["zhen"])
    assert refused.value.field == "reason"
    income = state(home, said(A1="25000"), by=people["zhen"], reason="数字写反了")
    assert Income.objects.count() == 1
    assert [version.net_income for version in income.versions.all()] == [Decimal("52000.00")]
    assert Entry.objects.filter(verb="income.corrected").count() == 1


@pytest.mark.parametrize(
    ("parts", "field"),
    [({"A1": "-1"}, "item_A1"), ({"A": "10", "A2": "5"}, "item_A"), ({"B1": "100000000"}, "item_B1")],
)
def test_what_cannot_be_is_refused_at_its_field(people: People, parts: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refused:
        state(household(people["xian"]), said(**parts), by=people["cun"])
    assert refused.value.field == field


def test_an_item_that_nobody_knows_and_a_day_to_come_are_refused(people: People) -> None:
    home = household(people["xian"])
    with pytest.raises(Refused):
        state(home, said(Z9="1"), by=people["cun"])
    with pytest.raises(Refused):
        state(home, said(A1="1", as_of=DAY + datetime.timedelta(days=1)), by=people["cun"])


@pytest.mark.parametrize("who", ["lin_cun", "lingdao", "shi", "xitong", "yibao"])
def test_nobody_else_states_it(people: People, who: str) -> None:
    with pytest.raises(Refused):
        state(household(people["xian"]), said(A1="52000"), by=people[who])
    assert not Income.objects.exists()


def test_nobody_states_the_income_of_their_kin(people: People) -> None:
    home = household(people["xian"])
    kin.declare(home.code, Kin.Relation.KIN, by=people["cun"])
    with pytest.raises(Refused):
        state(home, said(A1="52000"), by=people["cun"])


@pytest.mark.parametrize(("who", "sees"), [("cun", 1), ("xian", 1), ("lin_xian", 0), ("xitong", 0)])
def test_an_income_is_seen_where_the_household_is(people: People, who: str, sees: int) -> None:
    state(household(people["xian"]), said(A1="52000"), by=people["cun"])
    assert Income.objects.visible_to(people[who]).count() == sees
