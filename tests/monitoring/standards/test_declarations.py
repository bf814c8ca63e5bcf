"""The declarations of standards: what is shipped, how strictly a file is read, and that a new one is one file."""

import re
from pathlib import Path

import pytest

from foundation.regulations.contents import FileError
from foundation.regulations.files import SubjectFile
from foundation.regulations.files import read_folder as read_values
from monitoring.contracts.book import contracts
from monitoring.screening.book import standard, standards, standards_of
from monitoring.screening.checks import check_contracts, check_lines, check_units
from monitoring.screening.files import read_folder
from monitoring.screening.standard import Standard
from monitoring.screening.terms import About, Kind
from tests.monitoring.standards.cases import read_cases
from tests.monitoring.standards.law import ShippedLaw, book_of
from tests.monitoring.standards.oracle import Oracle

CORE = {
    "medical_self_paid_year", "medical_self_paid_half_year", "medical_single_stay", "school_dropout", "dibao_left",
    "cremated_in_benefit", "disability_severe", "work_lost", "house_unsafe", "water_unsafe", "disaster_loss",
    "traffic_harm", "farm_income_fall", "loan_overdue", "large_loss_claim", "uninsured", "labour_lost", "benefit_fell",
}  # fmt: skip
MADE_UP = """
label_zh = "多次住院"
label_en = "Many stays"
asks_zh = "一户半年内住院是否达到 3 次？"
asks_en = "Was a household in hospital three times this half year?"
theme = "illness"
kind = "threshold"
about = "household"
line = "stays"
risk_type = "01"
event_kind = "illness"
severity = 1
repeat = { cooldown_days = 30, step_up = 0.5 }

[measure]
dataset = "medical_settlement"
aggregation = "count"
window = "half year"
where = [{ column = "就诊类别", is = ["住院"] }]

[excludes]
classes = ["low_income"]
ages_outside = { least = 0, most = 17, on = "row" }
"""
CASES = """
[all]
on = 2026-10-31
people = [{ name = "甲", born = 2015-01-01 }, { name = "乙" }]

[[case]]
says = "Three stays since 1 July are named; those of adults do not count"
rows = [
    { "就诊类别" = "住院", "结算日期" = 2026-07-01 },
    { "就诊类别" = "住院", "结算日期" = 2026-08-01 },
    { "就诊类别" = "住院", "结算日期" = 2026-10-31 },
    { who = "乙", "就诊类别" = "住院", "结算日期" = 2026-10-31 },
]
measured = "3"
found = 3

[[case]]
says = "One of June does not count"
rows = [
    { "就诊类别" = "住院", "结算日期" = 2026-06-30 },
    { "就诊类别" = "住院", "结算日期" = 2026-08-01 },
    { "就诊类别" = "住院", "结算日期" = 2026-10-31 },
]
fires = false

[[case]]
says = "In another province it is silent"
area = "410101001001"
rows = [{ "就诊类别" = "住院", "结算日期" = 2026-07-01 }]
silent = true

[[case]]
says = "Low-income households are left to another standard"
held = [{ kind = "dibao" }]
rows = [
    { "就诊类别" = "住院", "结算日期" = 2026-07-01 },
    { "就诊类别" = "住院", "结算日期" = 2026-08-01 },
    { "就诊类别" = "住院", "结算日期" = 2026-10-31 },
]
fires = false
"""


LINE = """
label_zh = "住院次数"
label_en = "Stays"
asks_zh = "几次？"
asks_en = "How many?"
unit = "count"
local = true
compared = true
checked_on = 2026-11-22

[[value]]
from = 2026-01-01
area = "99"
amount = 3
source = "proposal"
reason_zh = "测试"
reason_en = "test"
"""


def values_of(folder: Path) -> dict[str, SubjectFile]:
    """Return the shipped values and the line of the made-up standard."""
    (folder / "values" / "lines").mkdir(parents=True, exist_ok=True)
    (folder / "values" / "lines" / "stays.toml").write_text(LINE)
    return read_values() | read_values(folder / "values")


def made_up(folder: Path, old: str = "", new: str = "") -> Standard:
    """Write the made-up declaration, one passage of it replaced; read it and check it against everything else."""
    assert old in MADE_UP
    (folder / "many_stays.toml").write_text(MADE_UP.replace(old, new, 1) if old else MADE_UP)
    found, values = read_folder(folder), values_of(folder)
    check_contracts(found, contracts())
    check_lines(found, values)
    check_units(found, contracts(), values)
    return found["many_stays"]


def test_the_core_standards_are_those_of_the_format_page() -> None:
    assert {code for code, each in standards().items() if each.core} == CORE
    assert {code for code, each in standards().items() if not each.opens_alert} == {"cremated_in_benefit"}
    households = {code for code, each in standards().items() if each.about is About.HOUSEHOLD}
    assert households == {"medical_self_paid_half_year", "farm_income_fall", "benefit_fell"}


def test_every_shipped_standard_fits_its_contracts_lines_and_units() -> None:
    check_contracts(standards(), contracts())
    check_lines(standards(), read_values())
    check_units(standards(), contracts(), read_values())


def test_every_kind_that_can_be_evaluated_is_used() -> None:
    assert {each.kind for each in standards().values()} == set(Kind) - {Kind.TREND, Kind.COMBINATION}


def test_a_dataset_knows_the_standards_it_feeds() -> None:
    assert [each.code for each in standards_of("dibao_roll")] == [
        "benefit_fell",
        "dibao_left",
        "cremated_in_benefit",
    ]
    assert [each.code for each in standards_of("cremation")] == [
        "cremated_in_benefit",
        "benefit_fell",
        "dibao_left",
    ]
    assert standards_of("vehicle") == ()
    assert standard("dibao_left").datasets == ("dibao_roll", "cremation", "household_registration")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("severity = 1", "severity = 1\nweight = 2", "weight is not known: correct"),
        ("severity = 1", "severity = 4", "severity is 4: write one of 1, 2, 3"),
        ('asks_en = "Was a household in hospital three times this half year?"\n', "", "asks_en is missing: add it"),
        ('theme = "illness"', 'theme = "health"', "theme is 'health': write one of industry"),
        ('kind = "threshold"', 'kind = "trend"', "nothing evaluates yet"),
        ('kind = "threshold"', 'kind = "event"', "must be any or last where the answer is yes or no"),
        ('kind = "threshold"', 'kind = "change"', "is “change” where a sum fell"),
        ('aggregation = "count"', 'aggregation = "any"', "a threshold needs a number"),
        ('aggregation = "count"', 'aggregation = "sum"', "column is missing: a sum"),
        ('aggregation = "count"', 'aggregation = "count"\ncolumn = "个人自付"', "column has no meaning"),
        ('aggregation = "count"', 'aggregation = "sum"\ncolumn = "医疗机构"', "医疗机构, which is no number"),
        ('aggregation = "count"', 'aggregation = "sum"\ncolumn = "个人自付"', "not in the unit of what is measured"),
        ('aggregation = "count"', 'aggregation = "sum"\ncolumn = "自付"', "column is 自付, which medical_settlement"),
        ('window = "half year"', 'window = "0 months"', "window is '0 months': write one of event"),
        ('window = "half year"', 'window = "delivery"', "the kind must be absence or change"),
        ('is = ["住院"]', 'is = ["住院部"]', "就诊类别 has no value 住院部"),
        (', is = ["住院"]', "", "needs exactly one of is, is_not"),
        ('is = ["住院"]', "newest = true", "is no year"),
        ('is = ["住院"]', "above = 0", "is no number: above needs one"),
        ('dataset = "medical_settlement"', 'dataset = "settlements"', "'settlements', which is not declared"),
        ('dataset = "medical_settlement"', 'dataset = "vehicle"', "under an authorised check alone"),
        ('line = "stays"', 'line = "stay"', "'stay', which is no regulation value"),
        ('line = "stays"', 'line = "removal_identified_months"', "not in the unit of what is measured"),
        ('line = "stays"', 'line = "working_age_max"', "write compared = true in its file"),
        ('line = "stays"', 'line = "stays"\nalso_in = "dibao_roll"', "stands only there"),
        ('risk_type = "01"', 'risk_type = "08"', "risk_type is '08': write one of 01"),
        ('classes = ["low_income"]', 'classes = ["poor"]', r"does not know \['poor'\]"),
        ("most = 17", "most = 151", "whole number from 0 to 150"),
        ("least = 0", "least = 18", "leave no age between them"),
        ("step_up = 0.5", "step_up = 1.5", "a share above 0 and up to 1"),
    ],
)  # fmt: skip
def test_a_file_that_does_not_obey_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    with pytest.raises(FileError) as refused:
        made_up(tmp_path, old, new)
    assert str(refused.value).startswith("many_stays.toml: ")
    assert re.search(says, str(refused.value)), str(refused.value)


def test_a_new_standard_is_one_file_its_line_and_one_file_of_cases(tmp_path: Path) -> None:
    asked, book = made_up(tmp_path), book_of(values_of(tmp_path))
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "many_stays.toml").write_text(CASES)
    for case in read_cases(tmp_path / "cases" / "many_stays.toml"):
        law = ShippedLaw(case.told.get("line", []), book)
        answer = Oracle(case.world(asked.measure.dataset), case.on, law).ask(asked, case.area)
        expected = [case.told["measured"]] if "measured" in case.told else []
        assert [str(each.measured) for each in answer.findings] == expected, case.says
        assert answer.silent is case.told.get("silent", False)
