"""One household is judged as the whole county is; what is below the line, or left out, is told with the reason."""

import datetime
import random
from decimal import Decimal

import pytest

from foundation.accounts.models import User
from foundation.regulations import lookup
from households.models import Household
from monitoring.comparison.answers import Judged
from monitoring.comparison.evaluating import evaluated_in, judge_area, judge_household
from monitoring.screening.book import standard, standards
from tests.monitoring.comparison.planting import Planted, plant
from tests.monitoring.comparison.stories import ON, listed, paid
from tests.monitoring.comparison.worlds import world
from tests.monitoring.standards import facts
from tests.people import VILLAGE

YEAR, HALF = "medical_self_paid_year", "medical_self_paid_half_year"


@pytest.fixture
def shell(db: None) -> User:
    """Who works for the platform."""
    return User.objects.built_in("shell")


def home(*people: facts.Person, by: User) -> tuple[Household, Planted]:
    made = plant(facts.World((facts.Household("户", VILLAGE, people),), (), ()), by=by)
    return Household.objects.get(), made


def judged(household: Household, *codes: str) -> dict[tuple[str, int | None], Judged]:
    return {(each.standard, each.resident): each for each in judge_household(household, ON, standards=codes)}


def test_a_household_says_what_its_county_says(shell: User) -> None:
    made = plant(world(random.Random(5), homes=12, rows=20), by=shell)
    asked = list(standards().values())
    whole = judge_area("999901", ON, standards=asked)
    found = {each.digest for answer in whole.values() for each in answer.judged}
    alone = [
        each
        for household in Household.objects.filter(pk__in=made.households, area__code__startswith="999901")
        for each in judge_household(household, ON, standards=[each.code for each in asked])
    ]
    assert {each.digest for each in alone if each.fires} == found
    assert found
    for code, answer in whole.items():
        counted = [each for each in alone if each.standard == code and not each.excluded]
        assert len(counted) == answer.subjects, code


def test_below_the_line_the_rows_that_were_looked_at_are_shown(shell: User) -> None:
    household, made = home(facts.Person("甲0", datetime.date(1980, 1, 1)), by=shell)
    paid(made, ("甲0", "1", "100"), ("甲0", "2", "200.5"), by=shell)
    (told,) = judged(household, YEAR).values()
    assert (told.fires, told.excluded, told.measured, told.line) == (False, "", Decimal("300.5"), 26000)
    assert [row.value for row in told.rows] == ["100.00", "200.50"]
    assert {each.standard for each in judge_household(household, ON)} == {YEAR, HALF, "medical_single_stay"}


def test_the_dead_are_left_out_and_said_to_be(shell: User) -> None:
    dead = facts.Person("甲0", datetime.date(1980, 1, 1), datetime.date(2026, 10, 1), died=True)
    household, made = home(dead, facts.Person("甲1"), by=shell)
    paid(made, ("甲0", "1", "90000"), by=shell)
    told = judged(household, YEAR, HALF)
    excluded = next(each for (code, _who), each in told.items() if code == YEAR)
    assert (excluded.excluded, excluded.fires) == ("dead", False)
    assert told[HALF, None].fires


def test_a_household_without_members_is_left_out_and_said_to_be(shell: User) -> None:
    dead = facts.Person("甲0", datetime.date(1980, 1, 1), datetime.date(2026, 10, 20), died=True)
    household, made = home(dead, by=shell)
    paid(made, ("甲0", "1", "90000"), by=shell)
    assert {each.excluded for each in judged(household, YEAR, HALF).values()} == {"no_member"}


def test_somebody_under_another_name_counts_and_is_marked(shell: User) -> None:
    household, made = home(facts.Person("甲0", datetime.date(1980, 1, 1)), by=shell)
    household.residents.update(name="沈立夏")
    paid(made, ("甲0", "1", "100"), by=shell)
    (told,) = judged(household, YEAR).values()
    assert told.name_differs


def test_the_list_that_decided_by_its_silence_is_named(shell: User) -> None:
    household, made = home(facts.Person("甲0", datetime.date(1980, 1, 1)), by=shell)
    listed(made, "甲0", by=shell, period="2026-09")
    newest = listed(made, by=shell)
    (told,) = judged(household, "dibao_left").values()
    assert (told.fires, told.consulted, told.window_first) == (True, (newest.pk,), datetime.date(2026, 9, 30))


def test_a_standard_that_is_not_core_is_evaluated_where_it_has_a_line(db: None) -> None:
    here = {each.code for each in evaluated_in("371602", ON, lookup.book())}
    there = {each.code for each in evaluated_in("999901", ON, lookup.book())}
    assert here - there == {"medical_scope_paid_year"}
    assert not standard("medical_scope_paid_year").core
