"""docs/safety.md: every number has its row, every test named there exists, every numbered test is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.house.house import ROOT

TABLE = (ROOT / "docs/safety.md").read_text(encoding="utf-8")
#: The numbers that sign-in, API and operations answer for.
ASKED = {
    *(
        "L01",
        "L03",
        "L04",
        "L06",
        "L07",
        "L08",
        "L09",
        "L10",
        "L12",
        "L13",
        "L14",
        "L15",
        "L16",
        "L18",
        "L20",
    ),
    *(
        "L28",
        "L49",
        "8.2.2",
        "8.2.3",
        "15.3.3",
        "15.4.2",
        "1.2.10",
        "3.5.1",
        "7.2.4",
        "7.4.1",
        "6.3.1",
        "16.2.5",
    ),
}
_IN_A_NAME = re.compile(r"^test_(l\d\d|\d+_\d+_\d+)(?=_)")
_IN_WORDS = re.compile(r"\b(L\d\d|ASVS \d+\.\d+\.\d+)\b")


def rows() -> dict[str, list[str]]:
    """Return the cells of every row by its number."""
    lines = [line for line in TABLE.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0]: row[1:] for row in cells if re.fullmatch(r"L\d\d|\d+\.\d+\.\d+", row[0])}


def named_tests(number: str) -> list[str]:
    """Return the tests that the row of a number names."""
    return re.findall(r"`(tests/[^`]+)`", rows()[number][2])


@cache
def functions(file: Path) -> dict[str, str]:
    """Return the tests of a file with what they say of themselves."""
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    found = [node for node in nodes if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    return {node.name: ast.get_docstring(node) or "" for node in found}


def numbers_of(name: str, words: str) -> set[str]:
    """Return the numbers that a test names in its own name or in its words."""
    named = {each.removeprefix("ASVS ") for each in _IN_WORDS.findall(words)}
    if found := _IN_A_NAME.match(name):
        named.add(found.group(1).upper().replace("_", "."))
    return named


def test_every_number_has_its_row() -> None:
    assert not ASKED - set(rows())


@pytest.mark.parametrize("number", sorted(rows()))
def test_a_row_says_what_where_and_which_tests_and_they_exist(number: str) -> None:
    what, where, _tests = rows()[number]
    assert len(what) > 20
    assert where
    assert named_tests(number)
    for named in named_tests(number):
        path, _, function = named.partition("::")
        assert (ROOT / path).is_file(), named
        assert not function or function in functions(ROOT / path), named


@pytest.mark.parametrize("number", sorted(rows()))
def test_the_places_of_a_row_exist(number: str) -> None:
    for place in re.findall(r"`((?:foundation|households|config|launch)/[\w/.]+)`", rows()[number][1]):
        assert (ROOT / place).exists(), place


def test_every_numbered_test_stands_in_the_row_of_its_number() -> None:
    named = {number: named_tests(number) for number in rows()}
    assert not [f"{number}: {test}" for number, test in _numbered() if test not in named.get(number, [])]


def _numbered() -> list[tuple[str, str]]:
    """Return every test that names a number, once for each number."""
    return [
        (number, f"{file.relative_to(ROOT)}::{name}")
        for file in sorted((ROOT / "tests").rglob("test_*.py"))
        for name, words in functions(file).items()
        for number in sorted(numbers_of(name, words))
    ]


def test_the_reading_of_numbers_can_tell() -> None:
    assert numbers_of("test_l04_a_session", "") == {"L04"}
    assert numbers_of("test_16_2_5_nothing", "Also L18 and ASVS 3.5.1.") == {"16.2.5", "L18", "3.5.1"}
    assert numbers_of("test_plain", "") == set()
