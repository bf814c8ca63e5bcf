"""A superior's blank: its headers are found, its form is kept, and what is written is never a formula."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.styles import Border, Font, Side
from openpyxl.workbook import Workbook

from foundation.accounts.refusals import Refused
from foundation.files.blank_sheets import fill_blank, read_blank


def blank(*, foot: str = "填表人：　　审核人：") -> Workbook:
    """Return a blank with a merged title, a header of two rows, three rows to fill in and a foot that is merged."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["某县防止返贫监测对象核实情况统计表"])
    sheet.merge_cells("A1:E1")
    sheet["A1"].font = Font(bold=True)
    sheet.append(["序号", "户主姓名", "核实情况", None, "备注"])
    sheet.append([None, None, "状态", "所在村", None])
    for merged in ("A2:A3", "B2:B3", "C2:D2", "E2:E3"):
        sheet.merge_cells(merged)
    for row in (4, 5, 6):
        sheet.cell(row, 1, row - 3)
        sheet.cell(row, 2).border = Border(bottom=Side("thin"))
    sheet.row_dimensions[4].height = 30
    if foot:
        sheet.cell(7, 1, foot)
        sheet.merge_cells("A7:E7")
    return book


def as_bytes(book: Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def filled(rows: list[list[object]], content: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    made, count = fill_blank(content, read_blank(content), [1, 2, 3], rows, "沈立夏 2026-11-04")
    assert count == len(rows)
    return openpyxl.load_workbook(io.BytesIO(made)).active


def test_of_a_header_of_two_rows_every_cell_has_its_name() -> None:
    found = read_blank(as_bytes(blank()))
    assert (found.row, dict(found.headers)) == (
        3,
        {1: "序号", 2: "户主姓名", 3: "状态", 4: "所在村", 5: "备注"},
    )


def test_a_few_rows_stand_above_the_foot() -> None:
    sheet = filled([[1, "沈立夏", "待入户"]], as_bytes(blank()))
    assert [sheet.cell(4, column).value for column in (1, 2, 3)] == [1, "沈立夏", "待入户"]
    assert (sheet["A7"].value, sheet["A1"].font.bold) == ("填表人：　　审核人：", True)
    assert {"A1:E1", "C2:D2", "A7:E7"} <= {each.coord for each in sheet.merged_cells.ranges}
    assert sheet.oddFooter.left.text == "沈立夏 2026-11-04"


def test_more_rows_than_the_blank_has_push_the_foot_down() -> None:
    sheet = filled([[number, f"户{number}", ""] for number in range(1, 8)], as_bytes(blank()))
    assert [sheet.cell(row, 2).value for row in range(4, 11)] == [f"户{number}" for number in range(1, 8)]
    assert sheet["A11"].value == "填表人：　　审核人："
    assert "A11:E11" in {each.coord for each in sheet.merged_cells.ranges}
    assert sheet["B10"].border.bottom.style == "thin", "every row has the form of the first"
    assert sheet.row_dimensions[10].height == 30


def test_without_a_foot_it_grows_as_long_as_the_list() -> None:
    sheet = filled([[number, "户", ""] for number in range(1, 30)], as_bytes(blank(foot="")))
    assert sheet["A32"].value == 29


def test_what_looks_like_a_formula_stays_text() -> None:
    sheet = filled([[1, "=HYPERLINK(1)", "+86"]], as_bytes(blank()))
    assert (sheet["B4"].value, sheet["B4"].data_type, sheet["B4"].quotePrefix) == ("=HYPERLINK(1)", "s", True)


def test_amounts_and_days_are_numbers_and_days() -> None:
    sheet = filled([[Decimal("12600.50"), datetime.date(2026, 11, 4), None]], as_bytes(blank()))
    assert (sheet["A4"].value, sheet["B4"].value.date()) == (12600.5, datetime.date(2026, 11, 4))


def test_known_names_decide_which_row_is_the_header() -> None:
    book = openpyxl.Workbook()
    book.active.append(["单位", "某镇", "日期", "2026年11月"])
    book.active.append(["户编号", "村"])
    assert read_blank(as_bytes(book), ["户编号"]).row == 2


@pytest.mark.parametrize("content", [b"", b"no workbook", as_bytes(openpyxl.Workbook())])
def test_what_is_no_blank_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Refused):
        read_blank(content)
