"""Cells as departments write them, and what is read from them."""

import datetime
from decimal import Decimal
from typing import Any

import pytest

from monitoring.cells.reading import Dates, plain_text, read_cell, written_day
from monitoring.cells.reasons import Reason
from monitoring.contracts.book import contract, contracts

DATES = Dates(received_on=datetime.date(2026, 11, 5), period_end=datetime.date(2026, 10, 31))
DAY = datetime.date(2026, 10, 5)


def read(code: str, header: str, text: str, **told: bool) -> Any:
    """Read one cell of a shipped dataset."""
    return read_cell(text, contract(code).by_header[header], DATES, **told)


@pytest.mark.parametrize(
    "text",
    ["2026-10-05", "2026/10/5", "2026.10.05", "20261005", "2026年10月5日", "2026 年 10 月 5 日", "46300",
     "46300.5", "２０２６－１０－０５", " 2026-10-05 ", "2026-10-05 08:30:00", "20261005083000", "\ufeff2026/10/5"],
)  # fmt: skip
def test_a_day_is_read_in_every_form(text: str):
    assert read("cremation", "火化日期", text) == DAY


@pytest.mark.parametrize(
    "text",
    ["2026-02-30", "2026-13-01", "10/5/2026", "26-10-05", "2026", "2026-10", "2026年10月", "2026-10/05",
     "1026-10-05", "去年秋天", "2026-10-05起"],
)  # fmt: skip
def test_what_is_no_day_is_never_guessed(text: str):
    assert read("cremation", "火化日期", text) is Reason.DATE_INVALID


def test_a_day_after_receipt_is_refused_unless_something_falls_due():
    assert read("cremation", "火化日期", "2026-11-06") is Reason.DATE_FUTURE
    assert read("cremation", "火化日期", "2026-11-05") == datetime.date(2026, 11, 5)
    assert read("microloan", "到期日期", "2028-03-17") == datetime.date(2028, 3, 17)


def test_only_the_event_day_may_not_lie_after_the_period():
    assert read("cremation", "火化日期", "2026-11-01", is_event_day=True) is Reason.DATE_OUTSIDE_PERIOD
    assert read("cremation", "火化日期", "2026-10-31", is_event_day=True) == datetime.date(2026, 10, 31)
    assert read("cremation", "火化日期", "2024-01-02", is_event_day=True) == datetime.date(2024, 1, 2)
    assert read("medical_settlement", "出院日期", "2026-11-01") == datetime.date(2026, 11, 1)
    assert written_day("99999") is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1,234.50", "1234.50"), ("￥1234.5", "1234.50"), ("¥ 1234.5", "1234.50"), ("1234.50元", "1234.50"),
     ("0", "0"), ("１２３４．５", "1234.50"), (".5", "0.50"), ("1234.", "1234.00"), ("-0.00", "0"),
     ("0.30000000000000004", "0.30"), ("12.345", "12.35"), ("+7", "7")],
)  # fmt: skip
def test_money_is_read_in_every_form(text: str, amount: str):
    assert read("medical_settlement", "个人自付", text) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("1,23", Reason.NUMBER_INVALID), ("12%", Reason.NUMBER_INVALID), ("1.2E+5", Reason.NUMBER_INVALID),
     ("约五千", Reason.NUMBER_INVALID), ("5万", Reason.NUMBER_INVALID), ("1 234", Reason.NUMBER_INVALID),
     ("-5", Reason.NUMBER_NEGATIVE), ("￥-5.00", Reason.NUMBER_NEGATIVE), ("－5元", Reason.NUMBER_NEGATIVE),
     ("99999999999999", Reason.NUMBER_RANGE), ("", Reason.REQUIRED_MISSING), ("-", Reason.REQUIRED_MISSING),
     ("=A1+B1", Reason.FORMULA_OR_SCRIPT)],
)  # fmt: skip
def test_what_is_no_money_is_refused_by_its_reason(text: str, reason: Reason):
    assert read("medical_settlement", "个人自付", text) is reason


@pytest.mark.parametrize("text", ["", "-", "－", "——", " \u3000", "\ufeff"])
def test_an_empty_cell_stays_empty_where_it_may(text: str):
    assert read("medical_settlement", "基本医保报销", text) is None
    assert read("medical_settlement", "就诊类别", text) is None


def test_counts_are_whole_and_keep_their_bounds():
    assert read("employment", "本年务工月数", "12个月") == 12
    assert read("employment", "本年务工月数", "7.0") == 7
    assert read("employment", "本年务工月数", "7.5") is Reason.NUMBER_INVALID
    assert read("employment", "本年务工月数", "13") is Reason.NUMBER_RANGE
    assert read("real_estate", "面积", "86.5㎡") is Reason.NUMBER_INVALID
    assert read("real_estate", "面积", "86.5平方米") == Decimal("86.50")


def test_years_are_four_figures():
    assert read("farm_income", "年度", "2026年度") == 2026
    assert read("farm_income", "年度", "26") is Reason.NUMBER_INVALID
    assert read("farm_income", "年度", "1026") is Reason.NUMBER_RANGE


@pytest.mark.parametrize("text", ["1", "一级", "１", " 一级 "])
def test_both_spellings_of_a_grade_mean_the_same(text: str):
    assert read("disability_certificate", "残疾等级", text) == "1"


@pytest.mark.parametrize("text", ["5", "五级", "重度", "0"])
def test_a_value_outside_the_list_is_refused(text: str):
    assert read("disability_certificate", "残疾等级", text) is Reason.CODE_UNKNOWN
    assert read("disability_certificate", "状态", text) is Reason.CODE_UNKNOWN


def test_yes_and_no_are_words_and_some_cells_count_as_no():
    assert read("medical_insurance_status", "是否参保", "是") is True
    assert read("medical_insurance_status", "是否参保", "有") is Reason.CODE_UNKNOWN
    assert read("medical_insurance_status", "是否参保", "") is Reason.REQUIRED_MISSING
    assert read("house_grade", "是否整改", "") is False
    assert read("house_grade", "是否整改", "部分") is Reason.CODE_UNKNOWN
    assert read("water_supply", "是否解决", "处理中") is False
    assert read("water_supply", "是否解决", "是") is True


@pytest.mark.parametrize(
    "text", ["=HYPERLINK(1)", "@SUM(A1)", "+cmd|' /C calc'!A0", "<script>alert(1)</script>", "好<img src=x>"]
)
def test_formulas_and_scripts_are_refused(text: str):
    assert read("cremation", "殡仪馆", text) is Reason.FORMULA_OR_SCRIPT
    assert read("cremation", "姓名", text) is Reason.FORMULA_OR_SCRIPT


def test_broken_characters_are_refused():
    assert read("cremation", "姓名", "沈\ufffd夏") is Reason.ENCODING


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", Reason.ID_MISSING), ("-", Reason.ID_MISSING), ("9999**********0019", Reason.ID_MASKED),
     ("99990119900415001", Reason.ID_LENGTH), ("9.999E+17", Reason.ID_LENGTH),
     ("999901199002300019", Reason.ID_BIRTH_DATE), ("999901199004150018", Reason.ID_CHECKSUM)],
)  # fmt: skip
def test_a_wrong_id_number_has_one_reason(text: str, reason: Reason):
    assert read("cremation", "身份证号", text) is reason


def test_id_numbers_are_read_in_every_form():
    number = "999901199004150019"
    for text in (
        number,
        " 9999 0119900415 0019 ",
        "９９９９０１１９９００４１５００１９",
        number + "21",
        number + "21B1",
    ):
        assert read("disability_certificate", "身份证号", text) == number
    assert read("cremation", "身份证号", number, lost_digits=True) is Reason.ID_CHECKSUM
    assert read("dibao_roll", "户主身份证号", "") is None


def test_every_example_of_every_contract_is_read():
    for each in contracts().values():
        for column in each.columns:
            assert not isinstance(read_cell(column.example, column, DATES), Reason), (
                each.code,
                column.header,
            )


def test_text_keeps_what_was_written():
    assert read("cremation", "殡仪馆", " 示例县（东）\n殡仪馆 ") == "示例县（东） 殡仪馆"
    assert plain_text("\ufeffＡ　１") == "A 1"
