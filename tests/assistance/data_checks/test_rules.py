"""Every rule that needs cases, on both sides of its boundary; and the register's rules with what landed."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.data_checks.asked import CASES
from foundation.accounts.models import Area
from households.models import QualityFinding
from households.quality.asked import by_code, rules
from households.quality.checking import compiled
from households.quality.limits import LISTS, MEASURES
from households.quality.rules import RULES
from households.quality.unasked import UNASKED
from tests.assistance.data_checks.cases import EXAMPLES
from tests.assistance.data_checks.made import held
from tests.households.quality.made import checked, doubts, family


@pytest.fixture
def guizhou(areas: dict[str, Area]) -> None:
    """A village of Guizhou, where the premium subsidy has its last day."""
    above = None
    for code in ("52", "5200", "520000", "520000000", "520000000001"):
        above = Area.objects.create(code=code, name=f"贵{code}", initials="g", level=len(code), parent=above)


@pytest.mark.usefixtures("guizhou")
def test_each_rule_speaks_where_it_should_and_nowhere_else() -> None:
    households = [example.make().household.code for example in EXAMPLES]
    checked()
    checked("520000")
    found = doubts() | doubts("520000")
    wrong = [
        f"{example.rule} {'is silent' if example.fires else 'speaks'} in {number}: {found.get(code)}"
        for number, (example, code) in enumerate(zip(EXAMPLES, households, strict=True))
        if (example.rule in found.get(code, set())) != example.fires
    ]
    assert wrong == []


def test_there_is_a_household_on_both_sides_of_every_rule() -> None:
    wanted = {rule.code for rule in CASES.rules}
    assert wanted <= {each.rule for each in EXAMPLES if each.fires}
    assert wanted <= {each.rule for each in EXAMPLES if not each.fires}


def test_nothing_is_said_of_a_sound_case_nor_of_a_household_without_one(areas: dict[str, Area]) -> None:
    held()
    family("plain")
    checked()
    assert doubts() == {}


def test_every_rule_of_the_handbook_is_asked_or_its_missing_field_is_named() -> None:
    asked = {rule.number for rule in rules()} | {each.number for each in UNASKED}
    assert asked == {f"R-{number:02d}" for number in range(1, 38)}
    assert not {each.number for each in UNASKED} & {
        "R-12",
        "R-15",
        "R-16",
        "R-17",
        "R-19",
        "R-21",
        "R-22",
        "R-28",
    }


def test_no_code_stands_twice_and_all_fit_their_column() -> None:
    assert len(by_code()) == len(rules()) == len(RULES) + len(CASES.rules)
    assert max(len(code) for code in by_code()) <= QualityFinding._meta.get_field("rule").max_length  # type: ignore[operator]


@pytest.mark.parametrize("rule", CASES.rules, ids=lambda rule: rule.code)
def test_a_rule_says_what_it_uses(rule) -> None:  # type: ignore[no-untyped-def]
    """Its sentence names facts it keeps, its condition lists and values it declares."""
    assert set(re.findall(r"%\((\w+)\)s", str(rule.says))) <= {fact.key for fact in rule.facts}
    assert set(re.findall(r"%\((\w+)\)s", rule.when)) <= {"today", *LISTS, *MEASURES}
    assert all(re.search(rf"\b{name}\b", rule.when) for name in rule.values)
    assert compiled(rule).count("INSERT INTO") == 1


def test_the_number_of_statements_does_not_grow_with_the_households(areas: dict[str, Area]) -> None:
    counts = []
    for households in (2, 8):
        for _number in range(households):
            held(looked=None)
        with CaptureQueriesContext(connection) as seen:
            checked()
        counts.append(len(seen))
    assert counts[0] == counts[1] < len(rules()) + 40
