"""The rule as a file: strict, with sources, and without a share to reach."""

import pytest

from assistance.assessment.criteria import Answer
from assistance.assessment.rule import FOLDER, KNOWN, read, rule_of
from assistance.assessment.scoring import result_of
from foundation.regulations.contents import FileError

RULE = rule_of("y2026")
TEXT = (FOLDER / "y2026.toml").read_text(encoding="utf-8")


def changed(old: str, new: str) -> bytes:
    """Return the shipped file with one thing changed."""
    assert old in TEXT
    return TEXT.replace(old, new, 1).encode()


def answered(**other: str) -> list[Answer]:
    """Return answers of which everything holds but what is named."""
    return [Answer(code, other.get(code, "yes"), "risks_none") for code in KNOWN]


def test_the_shipped_rule_asks_everything_it_knows_and_names_where_each_comes_from() -> None:
    assert [each.code for each in RULE.criteria] == list(KNOWN)
    for each in RULE.criteria:
        assert each.source.href.startswith("http") or each.source.reason_zh
    assert len(RULE.digest) == 64
    assert {each.about for each in RULE.criteria} == {"economy", "ability"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "water"', 'code = "weather"', "is not known"),
        ('code = "water"', 'code = "dwelling"', "each once"),
        ("figures = { months = 12 }", "figures = { month = 12 }", "must name months"),
        ("figures = { months = 12 }", "figures = { months = -1 }", "whole numbers"),
        ("leaves = true", 'leaves = "yes"', "true or false"),
        ("from = 2026-02-03", 'from = "2026"', "must be a day"),
        ('code = "water"\nabout = "economy"\n', 'code = "water"\n', "is missing"),
        ("http://www.qinan.gov.cn", "http://qinan.example.com", "gov.cn"),
    ],
)
def test_what_is_out_of_form_stops_the_load(old: str, new: str, said: str) -> None:
    with pytest.raises(FileError, match=said):
        read("y2026", changed(old, new))


@pytest.mark.parametrize(
    "line",
    [
        "leaves_ratio = 20",
        "quota = 300",
        'note = "退出比例不低于百分之二十"',
        'note = "a share of households that leave"',
    ],
)
def test_a_share_to_reach_is_refused_with_its_clause(line: str) -> None:
    with pytest.raises(FileError, match="不设置比例要求"):
        read("y2026", f"{line}\n{TEXT}".encode())


def test_leaving_asks_for_everything_that_it_asks_for() -> None:
    assert result_of(RULE, answered(), monitored=False) == "leaves"
    assert result_of(RULE, answered(), monitored=True) == "leaves"
    for criterion in RULE.criteria:
        for answer in ("no", "unknown"):
            result = result_of(RULE, answered(**{criterion.code: answer}), monitored=True)
            assert result == ("stays" if criterion.leaves else "leaves"), (criterion.code, answer)


def test_what_is_unknown_makes_nobody_an_object_and_lets_nobody_leave() -> None:
    every = {criterion.code: "unknown" for criterion in RULE.criteria}
    assert result_of(RULE, answered(**every), monitored=False) == "stays"


def test_only_what_falls_makes_an_object_of_who_is_not_monitored() -> None:
    for criterion in RULE.criteria:
        result = result_of(RULE, answered(**{criterion.code: "no"}), monitored=False)
        wanted = "object" if criterion.object else "stays" if criterion.leaves else "leaves"
        assert result == wanted, criterion.code
        assert result_of(RULE, answered(**{criterion.code: "no"}), monitored=True) != "object"


def test_a_household_with_a_warning_is_not_reported_twice() -> None:
    assert result_of(RULE, answered(income="no", risks="no"), monitored=False) == "stays"
