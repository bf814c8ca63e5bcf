"""A check settles what is open: it opens, changes and closes, and says the same however often it is asked."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from households.models import Household, QualityCount, QualityFinding
from households.quality.asked import rules
from households.quality.checking import check_area, check_households, counties
from tests.households.quality.made import checked, doubts, family, person, watched
from tests.people import COUNTY, NEIGHBOUR_COUNTY, NEIGHBOUR_VILLAGE, TOWNSHIP, VILLAGE

NEXT_DAY = datetime.date(2026, 11, 5)


def rows() -> list[tuple[Any, ...]]:
    return sorted(
        QualityFinding.objects.values_list("pk", "rule", "household", "digest", "found_on", "gone_on")
    )


def test_a_second_check_changes_nothing(areas: dict[str, Area]) -> None:
    family("A", person(health=[]), person("03", school_stage="04", age=30))
    first = checked()
    before = rows()
    second = checked()
    assert (first.opened, second.opened, second.gone, second.changed) == (2, 0, 0, 0)
    assert rows() == before


def test_what_is_corrected_is_gone_on_that_day(areas: dict[str, Area]) -> None:
    made = family("A", person(health=[]))
    checked()
    made.residents.update(health=["1"])
    with clock.at(NEXT_DAY):
        assert checked().gone == 1
    assert QualityFinding.objects.get().gone_on == NEXT_DAY


def test_a_correction_by_hand_is_checked_alone_and_at_once(areas: dict[str, Area]) -> None:
    made, other = family("A", person(health=[])), family("B")
    checked()
    made.residents.update(health=["1"])
    other.residents.update(health=[])
    assert check_households([made.pk]).counts()["gone"] == 1
    assert doubts() == {}
    assert QualityCount.objects.get(until__isnull=True).waiting == 0


def test_a_finding_keeps_its_day_while_its_facts_move(areas: dict[str, Area]) -> None:
    made = family("A", person(health=[]), person("03", health=[]))
    checked()
    made.residents.filter(relation="03").update(health=["1"])
    with clock.at(NEXT_DAY):
        assert checked().changed == 1
    row = QualityFinding.objects.get()
    assert (row.facts, row.found_on) == ({"members": 1}, datetime.date(2026, 11, 4))


def test_a_finding_that_comes_back_is_a_new_one(areas: dict[str, Area]) -> None:
    made = family("A", person(health=[]))
    checked()
    made.residents.update(health=["1"])
    checked()
    made.residents.update(health=[])
    checked()
    assert [row.gone_on is None for row in QualityFinding.objects.order_by("pk")] == [False, True]


def test_a_check_reaches_no_further_than_its_area(areas: dict[str, Area]) -> None:
    family("here", person(health=[]), area=VILLAGE)
    family("beside", person(health=[]), area="999901002001")
    family("outside", person(health=[]), area=NEIGHBOUR_VILLAGE)
    assert checked(TOWNSHIP).households == 1
    assert doubts("") == {"here": {"R-07a"}}


def test_who_has_left_and_households_that_are_dissolved_are_not_asked_about(areas: dict[str, Area]) -> None:
    today = datetime.date(2026, 11, 4)
    family("dissolved", person(health=[]), dissolved_on=today)
    family("left", person(), person("03", health=[], left_on=today, departure="died"))
    checked()
    assert doubts() == {}


def test_findings_follow_their_household_to_another_village(areas: dict[str, Area]) -> None:
    made = family("A", person(health=[]))
    checked()
    Household.objects.filter(pk=made.pk).update(area="999901002001")
    assert QualityFinding.objects.get().area_id == "999901002001"
    checked()
    now = QualityCount.objects.filter(until__isnull=True).values_list("area", "waiting")
    assert dict(now) == {VILLAGE: 0, "999901002001": 1}


def test_time_alone_opens_findings_and_line_and_age_are_those_of_the_day(areas: dict[str, Area]) -> None:
    family("A", case=watched("2026-10-05", measures=[]))
    checked()
    assert doubts() == {}
    with clock.at(NEXT_DAY):
        checked()
    assert doubts() == {"A": {"R-13"}}


def test_facts_hold_codes_and_numbers_and_no_names(areas: dict[str, Area]) -> None:
    family("A", person(name="沈立夏", education="高小", school_stage="04", labour="1"))
    checked()
    said = str(list(QualityFinding.objects.values_list("facts", flat=True)))
    assert "沈立夏" not in said


def test_a_check_is_one_entry_and_needs_a_right_there(
    areas: dict[str, Area], people: dict[str, User]
) -> None:
    family("A", person(health=[]))
    check_area(VILLAGE, by=people["cun"])
    entry = Entry.objects.get(verb="register.checked")
    assert (entry.actor, entry.area) == (f"staff:{people['cun'].pk}", VILLAGE)
    assert read_body(entry)["details"]["opened"] == 1
    with pytest.raises(Refused):
        check_area(COUNTY, by=people["cun"])
    with pytest.raises(Refused):
        check_area(VILLAGE, by=people["lingdao"])


def test_larger_areas_are_checked_county_by_county(areas: dict[str, Area]) -> None:
    family("A")
    family("B", area=NEIGHBOUR_VILLAGE)
    assert counties("99") == counties("") == [COUNTY, NEIGHBOUR_COUNTY]
    assert counties(VILLAGE) == [VILLAGE]


def test_the_number_of_statements_does_not_grow_with_the_register(areas: dict[str, Area]) -> None:
    family("A", person(health=[]))
    with CaptureQueriesContext(
        connection,
    ) as few:
        checked()
    for number in range(12):
        family(f"B{number}", person(health=[]), person("03", school_stage="04", age=30))
    with CaptureQueriesContext(connection) as many:
        checked()
    assert len(many) <= len(few) <= len(rules()) + 30


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=st.permutations(range(5)))
def test_what_is_found_does_not_depend_on_the_order_of_rows(areas: dict[str, Area], order: list[int]) -> None:
    families = [
        ("A", (person(health=[]),)),
        ("B", (person(), person("02", sex="1"))),
        ("C", (person("03"), person("03", school_stage="04", age=30))),
        ("D", (person(education=""), person("28", tekun="rural", work_months=2))),
        ("E", (person(),)),
    ]
    with override_settings(SHOUWANG_TODAY="2026-11-04"):
        for each in order:
            code, people = families[each]
            family(f"{code}{''.join(map(str, order))}", *people)
        checked()
    found = {code[0]: rules for code, rules in doubts().items()}
    assert found == {
        "A": {"R-07a"},
        "B": {"R-04d"},
        "C": {"R-04a", "R-32"},
        "D": {"R-06a", "R-08b", "R-31c"},
    }
