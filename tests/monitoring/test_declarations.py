"""The declarations of datasets: the twenty that are shipped, and how strictly a file is read."""

import datetime
import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from foundation.accounts.models import Department, User
from foundation.ledger.models import Entry
from foundation.regulations.contents import FileError
from monitoring.cells.reading import Dates
from monitoring.contracts.book import contract, contracts
from monitoring.contracts.contract import Contract
from monitoring.contracts.files import FOLDER, read_file, read_folder
from monitoring.contracts.headers import match_headers
from monitoring.contracts.terms import NUMBERS, CellType, Every, Kind
from monitoring.loading import GONE, declare, load_shipped
from monitoring.models import Dataset
from monitoring.rows import read_row
from monitoring.schema import row_schema
from monitoring.template_book import empty_workbook

MADE_UP = """
department = "water"
name_zh = "水井"
name_en = "Wells"
purpose_zh = "知道哪里有井"
purpose_en = "Says where a well is."
kind = "state"
subject = "户主身份证号"
subject_name = "户主姓名"
key = ["户主身份证号"]
day = "检查日期"
periods = ["month"]
rhythm = { every = "quarter", by_day = 10 }
retention_months = 12
legal = { kind = "proposal", reason_zh = "测试", reason_en = "test" }

[[column]]
header = "户主身份证号"
type = "id_number"
required = true
purpose_zh = "找到户"
purpose_en = "Finds the household."
example = "999901196508200020"

[[column]]
header = "户主姓名"
aliases = ["姓名"]
type = "name"
required = true
purpose_zh = "核对"
purpose_en = "Compares."
example = "沈大暑"

[[column]]
header = "检查日期"
type = "day"
required = true
purpose_zh = "最新的有效"
purpose_en = "The newest counts."
example = "2026-10-05"

[[column]]
header = "井深"
type = "decimal"
unit = "米"
most = 300
purpose_zh = "判断水量"
purpose_en = "Says how much water there is."
example = "12.5"
"""


def made_up(folder: Path, old: str = "", new: str = "") -> Contract:
    """Write the made-up declaration, one passage of it replaced, and read it."""
    assert old in MADE_UP
    path = folder / "wells.toml"
    path.write_text(MADE_UP.replace(old, new, 1) if old else MADE_UP)
    return read_file(path)


def test_the_core_datasets_are_declared():
    kinds = {kind: {code for code, each in contracts().items() if each.kind is kind} for kind in Kind}
    assert len(contracts()) == 23
    assert kinds[Kind.STATE] == {
        "medical_insurance_status", "disability_certificate", "employment", "house_grade", "farm_income",
        "microloan",
    }  # fmt: skip
    assert {code for code, each in contracts().items() if each.on_query} == {
        "vehicle", "business_registration", "real_estate", "public_payroll",
    }  # fmt: skip
    assert {code for code, each in contracts().items() if each.kind is Kind.STATE and not each.day} == {
        "medical_insurance_status", "microloan",
    }  # fmt: skip
    assert {code for code, each in contracts().items() if each.by_head} == {
        "house_grade", "water_supply", "disaster_loss", "farm_income",
    }  # fmt: skip


def test_settlements_are_declared_to_the_letter():
    medical = contract("medical_settlement")
    assert "、".join(column.header for column in medical.columns) == (
        "结算流水号、身份证号、姓名、就诊类别、医疗机构、入院日期、出院日期、结算日期、医疗总费用、"
        "政策范围内费用、基本医保报销、大病保险报销、医疗救助、个人自付"
    )
    assert [column.header for column in medical.required] == [
        "结算流水号", "身份证号", "姓名", "结算日期", "医疗总费用", "个人自付",
    ]  # fmt: skip
    assert medical.by_header["身份证号"].aliases == ("证件号码", "公民身份号码")
    assert [code.value for code in medical.by_header["就诊类别"].codes] == ["住院", "门诊慢特病", "门诊"]
    assert (medical.key, medical.day, medical.reject_share) == (("结算流水号",), "结算日期", Decimal("0.20"))
    assert medical.rhythm.every is Every.MONTH


def test_every_sum_of_money_says_what_it_consists_of():
    silent = [
        f"{each.code}: {column.header}"
        for each in contracts().values()
        for column in each.columns
        if column.type is CellType.MONEY and not (column.basis_zh and column.basis_en)
    ]
    assert not silent


def test_numbers_of_people_in_examples_belong_to_nobody():
    for each in contracts().values():
        examples = [column.example for column in each.columns if column.type is CellType.ID_NUMBER]
        assert examples
        assert all(example.startswith("9999") for example in examples)


def test_every_column_with_a_list_or_a_number_is_typed():
    for each in contracts().values():
        for column in each.columns:
            assert bool(column.codes) == (column.type in (CellType.CODE, CellType.YES_NO))
            assert (column.least is not None) == (column.type in NUMBERS)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("retention_months = 12", "retention_months = 12\nretention = 1", r"retention is not known: correct"),
        ("name_en = \"Wells\"\n", "", r"name_en is missing: add it"),
        ('kind = "state"', 'kind = "stream"', r"kind is 'stream': write one of events, roll, state"),
        ('purpose_en = "Compares."\n', "", r"\[\[column\]\] 2 purpose_en is missing"),
        ('aliases = ["姓名"]', 'aliases = ["户主身份证号"]', r"already means 户主身份证号"),
        ('aliases = ["姓名"]', 'aliases = ["检查 日期"]', r"already means 户主姓名"),
        ("most = 300", 'most = "300"', r"\[\[column\]\] 4 most must be a number"),
        ("most = 300", "most = -1", r"leave no value between them"),
        ('type = "decimal"', 'type = "money"', r"basis_zh is missing"),
        ('type = "decimal"', 'type = "text"', r"least/most/unit are only for numbers"),
        ('type = "decimal"', 'type = "code"', r"codes stands with the type"),
        ('key = ["户主身份证号"]', 'key = ["井号"]', r"key names 井号, which is no column"),
        ('key = ["户主身份证号"]', 'key = ["井深"]', r"key names 井深, which may be empty"),
        ('day = "检查日期"', 'day = "井深"', r"must be required and of the type “day”"),
        ('kind = "state"', 'kind = "roll"', r"day has no meaning for a roll"),
        ('kind = "state"', 'kind = "state"\non_query = true', r"rhythm is “query” where on_query is true"),
        ("by_day = 10", "by_day = 31", r"must be a day of the month from 1 to 28"),
        ('reason_en = "test"', 'reason_en = ""', r"legal reason_en must be a text"),
        ("retention_months = 12", "retention_months = 0", r"at least 1"),
        ('periods = ["month"]', 'periods = ["month", "month"]', r"names something twice"),
    ],
)  # fmt: skip
def test_a_file_that_does_not_obey_is_refused_with_its_place(tmp_path: Path, old: str, new: str, says: str):
    with pytest.raises(FileError) as refused:
        made_up(tmp_path, old, new)
    assert str(refused.value).startswith("wells.toml: ")
    assert re.search(says, str(refused.value))


def test_a_state_may_be_ordered_by_its_period_alone(tmp_path: Path):
    assert made_up(tmp_path, 'day = "检查日期"\n', "").day == ""


def test_a_new_dataset_is_one_file(tmp_path: Path, db: None):
    made_up(tmp_path)
    declared = dict(contracts()) | read_folder(tmp_path)
    system = User.objects.built_in("system")
    assert list(declare(declared, by=system)) == ["wells"]
    wells = Dataset.objects.get(code="wells")
    assert (wells.department.name, wells.kind, wells.every) == ("水利局", "state", "quarter")
    assert declare(contracts(), by=system) == {"wells": GONE}
    assert Dataset.objects.get(code="wells").withdrawn


def test_everything_about_a_new_dataset_comes_from_its_file(tmp_path: Path):
    wells = made_up(tmp_path)
    matched = match_headers(wells, ["姓名", "户主身份证号", "检查日期", "井深（米）", "井 深"])
    assert (matched.complete, matched.dropped) == (True, ("井深（米）",))
    day = datetime.date(2026, 10, 31)
    cells = {
        "户主身份证号": "999901196508200020",
        "户主姓名": "沈大暑",
        "检查日期": "2026/10/5",
        "井深": "12.5米",
    }
    row = read_row(wells, cells, Dates(day, day))
    assert row.values["井深"] == Decimal("12.50")
    assert [row.values[header] for header in wells.key] == ["999901196508200020"]
    assert read_row(wells, cells | {"井深": "301"}, Dates(day, day)).faults == {"井深": "number_range"}
    assert row_schema(wells)["properties"]["井深"]["maximum"] == 300
    (headers,) = (
        CalamineWorkbook.from_filelike(BytesIO(empty_workbook(wells))).get_sheet_by_index(0).to_python()
    )
    assert headers == ["户主身份证号", "户主姓名", "检查日期", "井深"]


def test_a_department_that_does_not_exist_stops_the_load(tmp_path: Path, db: None):
    unknown = {"wells": made_up(tmp_path, 'department = "water"', 'department = "wells"')}
    with pytest.raises(FileError, match="is no department: write one of"):
        declare(unknown, by=User.objects.built_in("system"))
    assert not Department.objects.filter(code="wells").exists()


def test_datasets_are_declared_once_and_stand_in_the_record(db: None):
    before = Entry.objects.filter(verb="datasets.declared").count()
    assert before == 1
    load_shipped()
    assert Entry.objects.filter(verb="datasets.declared").count() == before
    assert set(Dataset.objects.values_list("code", flat=True)) == set(contracts())


def test_files_lie_where_they_are_looked_for():
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(contracts())


class TestHeaders:
    """A header row as departments write it."""

    def test_headers_are_the_same_however_they_are_written(self):
        row = ["\ufeff结算流水号 ", "公民\n身份号码", "姓　名", "结算日期*", "医疗总费用", "个人自付", "备注"]
        matched = match_headers(contract("medical_settlement"), row)
        assert matched.complete
        assert matched.places["身份证号"] == 1
        assert matched.dropped == ("备注",)

    def test_the_columns_own_name_goes_before_its_aliases(self):
        matched = match_headers(contract("medical_settlement"), ["证件号码", "身份证号"])
        assert matched.places == {"身份证号": 1}
        assert matched.dropped == ("证件号码",)

    def test_what_a_row_lacks_is_named(self):
        matched = match_headers(contract("cremation"), ["身份证号", "", "殡仪馆"])
        assert matched.missing == ("姓名", "火化日期")
        assert matched.dropped == ()
