"""Old workbooks (XLS) are read as they are: sheets, days, numbers, long numbers, hidden sheets."""

import datetime
import io

import pytest
import xlwt

from foundation.tables import duck
from foundation.tables.archives import is_workbook
from foundation.tables.columns import LOST_DIGITS, Column, TableColumns, UnreadableTable
from foundation.tables.reading import read_table
from tests.workbooks import xls

HEADS = ["姓名", "身份证号", "结算日期", "个人自付"]
#: The columns of a department's table, as its contract names them.
FEED = TableColumns(
    (
        Column("姓名", "name", required=True),
        Column("身份证号", "number", required=True),
        Column("结算日期", "settled"),
        Column("个人自付", "paid"),
    ),
    key="number",
)
DAY = datetime.date(2026, 10, 5)
NUMBER = "999901199001011230"


def read(file: io.BytesIO) -> list[tuple[str, ...]]:
    with duck.opened() as tables:
        read_table(tables, file, FEED, into="incoming")
        return tables.all("SELECT sheet, line, name, number, settled, paid FROM incoming ORDER BY seq")


def test_a_department_s_table_is_read_sheet_by_sheet_below_its_title() -> None:
    file = xls(
        ("十月", [["医保结算明细"], HEADS, ["沈立夏", NUMBER, DAY, 1234.5], ["合计", "", "", 1234.5]]),
        ("说明", [["无表头"]]),
        ("十一月", [HEADS, ["柳霜降", NUMBER, DAY, 800]]),
    )
    assert is_workbook(file)
    assert read(file) == [
        ("十月", 3, "沈立夏", NUMBER, "2026-10-05", "1234.5"),
        ("十一月", 2, "柳霜降", NUMBER, "2026-10-05", "800"),
    ]


def test_a_long_number_kept_as_a_number_is_marked_and_one_kept_as_text_is_whole() -> None:
    rows = [["沈立夏", int(NUMBER), "20261005", 0], ["柳霜降", NUMBER, "2026年10月5日", "-"]]
    (lost, *_rest), (whole, *_others) = [
        (number, name) for _sheet, _line, name, number, *_more in read(xls(("表", [HEADS, *rows])))
    ]
    assert lost.startswith(LOST_DIGITS + "99990119900101")
    assert whole == NUMBER


def test_a_long_number_is_told_as_the_spreadsheet_shows_it() -> None:
    """The nearest binary number is 999901201406009984: the first of June would become a day that never was."""
    (row,) = read(xls(("表", [HEADS, ["沈小满", 999901201406010035, "20261005", 0]])))
    assert row[3] == LOST_DIGITS + "999901201406010000"


def test_a_sheet_that_nobody_sees_is_not_read() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    for name, who in (("看得见", "沈立夏"), ("看不见", "柳霜降")):
        sheet = book.add_sheet(name)
        for row, cells in enumerate((HEADS, [who, NUMBER, "", ""])):
            for place, cell in enumerate(cells):
                sheet.write(row, place, cell)
        sheet.visibility = int(who == "柳霜降")
    out = io.BytesIO()
    book.save(out)
    assert [row[2] for row in read(out)] == ["沈立夏"]


def test_one_that_breaks_off_is_refused_with_a_sentence() -> None:
    file = xls(("表", [HEADS, ["沈立夏", NUMBER, DAY, 1]]))
    with pytest.raises(UnreadableTable):
        read(io.BytesIO(file.getvalue()[:1500]))
