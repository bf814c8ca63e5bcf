"""Every rule of data quality, on both sides of its boundary."""

import re

import pytest

from foundation.accounts.models import Area
from households.quality.asked import rules
from households.quality.checking import compiled
from households.quality.limits import LISTS, MEASURES, value_names
from households.quality.rules import RULES
from households.quality.unasked import UNASKED
from tests.foundation.regulations.made import says
from tests.households.quality.cases import CASES
from tests.households.quality.made import checked, doubts, family, person, watched
from tests.people import COUNTY

HANDBOOK = {f"R-{number:02d}" for number in range(1, 38)}


def test_each_rule_fires_where_it_should_and_nowhere_else(areas: dict[str, Area]) -> None:
    says("monitoring_line", COUNTY, "2026-01-01", "8800")
    for number, case in enumerate(CASES):
        case.make(f"{case.rule}-{number}")
    checked()
    found = doubts()
    wrong = [
        f"{case.rule} {'is silent' if case.fires else 'fires'} in case {number}: {found.get(f'{case.rule}-{number}')}"
        for number, case in enumerate(CASES)
        if (case.rule in found.get(f"{case.rule}-{number}", set())) != case.fires
    ]
    assert wrong == []


def test_nothing_is_doubted_in_a_sound_family(areas: dict[str, Area]) -> None:
    says("monitoring_line", COUNTY, "2026-01-01", "8800")
    family("plain")
    family("couple", person(), person("02"), person("03", age=9, school_stage="03"))
    family("watched", case=watched())
    family("removed", case=watched("2025-01-01", "2026-10-31"))
    checked()
    assert doubts() == {}


def test_cases_stand_on_both_sides_of_every_rule() -> None:
    assert {case.rule for case in CASES if case.fires} == {rule.code for rule in RULES}
    assert {case.rule for case in CASES if not case.fires} == {rule.code for rule in RULES}


def test_every_rule_of_the_handbook_is_asked_or_said_to_be_unasked() -> None:
    asked = {rule.number for rule in rules()} | {each.number for each in UNASKED}
    assert asked == HANDBOOK


def test_without_a_line_the_rule_of_the_line_is_silent(areas: dict[str, Area]) -> None:
    family("poor", net_income_per_head="4500", lifted_out=True)
    checked()
    assert doubts() == {}


def test_the_line_of_the_nearest_area_counts(areas: dict[str, Area]) -> None:
    says("monitoring_line", COUNTY, "2026-01-01", "8800")
    says("monitoring_line", "999901001", "2026-01-01", "9900")
    family("near", net_income_per_head="9000", lifted_out=True)
    family("far", net_income_per_head="9000", lifted_out=True, area="999901002001")
    checked()
    assert doubts() == {"near": {"R-11"}}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_says_what_it_uses(rule) -> None:  # type: ignore[no-untyped-def]
    """Its sentence names facts it keeps, its condition lists and values it declares."""
    assert set(re.findall(r"%\((\w+)\)s", str(rule.says))) <= {fact.key for fact in rule.facts}
    assert set(re.findall(r"%\((\w+)\)s", rule.when)) <= {"today", *LISTS, *MEASURES}
    assert {name for name in value_names() if re.search(rf"\b{name}\b", rule.when)} == set(rule.values)
    assert compiled(rule).count("INSERT INTO") == 1
