"""Tables that people send: whatever encoding, delimiter and dressing, the same rows come out, at the same lines."""

import csv
import datetime
import io
import zipfile
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.tables import duck
from foundation.tables.columns import LOST_DIGITS, Column, TableColumns, UnreadableTable
from foundation.tables.reading import Read, read_table, rows_of

HEADERS = ("户编号", "姓名", "身份证号", "金额")
COLUMNS = TableColumns(
    (
        Column("户编号", "household", required=True),
        Column("姓名", "name", required=True),
        Column("身份证号", "number", required=True, aliases=("证件号码",)),
        Column("金额", "amount"),
    ),
    key="number",
)
PEOPLE = [
    ["H1", "沈立夏", "999901199001011230", "1,234.50"],
    ["H1", "沈小满", "999901201505052345", ""],
    ["H2", "单白露", "99990119700303456x", "0"],
    ["H3", "曾处暑", "999901198807074567", "-"],
]


def text(rows: list[list[str]] = PEOPLE, *, delimiter: str = ",", end: str = "\n") -> str:
    def cell(value: str) -> str:
        return f'"{value}"' if delimiter in value or "\n" in value else value

    return end.join(delimiter.join(map(cell, row)) for row in [list(HEADERS), *rows]) + end


def read(content: bytes, columns: TableColumns = COLUMNS) -> tuple[list[tuple[Any, ...]], Read]:
    with duck.opened() as tables:
        told = read_table(tables, io.BytesIO(content), columns, into="incoming")
        rows = tables.all("SELECT line, fault, household, name, number, amount FROM incoming ORDER BY seq")
    return rows, told


def zipped(content: bytes, *names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names or ("名册.csv",):
            archive.writestr(name, content)
    return packed.getvalue()


SHAPES = {
    "utf-8": text().encode(),
    "utf-8 with a mark": text().encode("utf-8-sig"),
    "gb18030": text().encode("gb18030"),
    "utf-16 with a mark": text().encode("utf-16"),
    "utf-16 little end first": text().encode("utf-16-le"),
    "utf-16 big end first": text().encode("utf-16-be"),
    "windows line ends": text(end="\r\n").encode(),
    "old line ends": text(end="\r").encode(),
    "tabs": text(delimiter="\t").encode("utf-16"),
    "semicolons": text(delimiter=";").encode(),
    "bars": text(delimiter="|").encode("gb18030"),
    "every cell quoted": "\n".join(
        ",".join(f'"{cell}"' for cell in row) for row in [list(HEADERS), *PEOPLE]
    ).encode(),
    "an alias, full width, stars and blanks in the header": text()
    .replace("户编号,姓名,身份证号", "\ufeff 户 编号＊,姓\u3000名*,证件号码*")
    .encode(),
    "a line break in the header": text().replace("身份证号", '"身份\n证号"').encode(),
    "trailing empty cells": text().replace("\nH2,", "\nH2,").replace(",0\n", ",0,,,\n").encode(),
    "a missing last cell": text().replace("999901201505052345,\n", "999901201505052345\n").encode(),
    "zipped": zipped(text().encode("gb18030")),
    "twenty title rows": ("农户花名册,,\n单位：元\n" * 10 + text()).encode(),
    "titles and blank lines": ("花名册\n\n,,,\n二〇二六年\n\n" + text()).encode(),
    "total rows": text().replace("H2,", "小计,2,,\nH2,").replace("H3,", " \u3000,合 计,,3\nH3,").encode()
    + "总计,,,\n共计,4\n".encode(),
    "blank rows": text().replace("\nH2", "\n,,\n\n \u3000,\nH2").encode(),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_file_is_read_however_it_is_written(shape: str) -> None:
    rows, told = read(SHAPES[shape])
    assert [list(row[2:]) for row in rows] == [[cell or None for cell in person] for person in PEOPLE]
    assert {row[1] for row in rows} == {None}
    assert told.rows_read == len(PEOPLE)


def test_lines_are_those_of_the_file() -> None:
    content = '标题\n\n户编号,姓名,身份证号,金额\nH1,"沈\n立\n夏",1,\n\nH2,单白露,2,\n合计,2\nH3,曾处暑,3,\n'
    rows, _told = read(content.encode())
    assert [(row[0], row[2], row[3]) for row in rows] == [
        (4, "H1", "沈\n立\n夏"),
        (8, "H2", "单白露"),
        (10, "H3", "曾处暑"),
    ]


def test_a_total_row_with_a_number_is_a_row() -> None:
    rows, _told = read((text() + "合计,小计,999901199001011230,\n").encode())
    assert len(rows) == len(PEOPLE) + 1


def test_columns_in_any_order_and_those_nobody_asked_for() -> None:
    turned = "\n".join(
        ",".join([row[2], "x", row[1], "", row[0]]) for row in [["户编号", "姓名", "身份证号", ""], *PEOPLE]
    )
    rows, told = read(turned.encode())
    assert [row[2:5] for row in rows] == [tuple(person[:3]) for person in PEOPLE]
    assert told.columns_dropped == ["x"]
    assert {row[5] for row in rows} == {None}


def test_rows_that_cannot_be_read_say_why_and_the_others_go_on() -> None:
    content = text().encode() + b"H4,a,1,2,3\nH5,b\nH6,\xff\xfe\xff,3,\nH7,c,4,,\n"
    rows, told = read(content)
    assert [row[1] for row in rows[len(PEOPLE) :]] == ["column_count", "column_count", "encoding", None]
    assert told.rows_read == len(PEOPLE) + 4


@pytest.mark.parametrize("below", [3, 200])
def test_a_quotation_mark_that_nobody_closes_costs_one_row(below: int) -> None:
    content = text() + 'H4,"沈立夏,1,2\n' + "".join(f"N{n},沈,{n},\n" for n in range(below))
    rows, _told = read(content.encode())
    assert [row[1] for row in rows] == [None] * len(PEOPLE) + ["column_count"] + [None] * below
    assert [row[0] for row in rows] == list(range(2, 2 + len(rows)))


def test_a_blank_before_a_quotation_mark_goes_and_one_within_a_cell_stays() -> None:
    content = text([]) + 'H1, "沈, 立夏", "999901199001011230",1\nH2,"又名, ""小满"", 立夏","",2\n'
    rows, _told = read(content.encode())
    assert [row[3:] for row in rows] == [
        ("沈, 立夏", "999901199001011230", "1"), ('又名, "小满", 立夏', None, "2"),
    ]  # fmt: skip


def test_readings_are_kept_beside_the_cell() -> None:
    columns = TableColumns(
        COLUMNS.columns,
        key="number",
        readings={"number": lambda cell: (cell.upper(), "") if len(cell) == 18 else ("", "id_length")},
    )
    with duck.opened() as tables:
        read_table(tables, io.BytesIO((text() + "H4,d,123,\n").encode()), columns, into="incoming")
        said = tables.all("SELECT number, number_value, number_fault FROM incoming WHERE seq IN (3, 5)")
    assert said == [("99990119700303456x", "99990119700303456X", None), ("123", None, "id_length")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        "姓名,身份证号\n沈,1\n".encode(),
        ("标题\n" * 21 + text()).encode(),
        zipped(text().encode(), "a.csv", "b.csv"),
        zipped(text().encode())[:-30],
        b"PK\x03\x04 and nothing else",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no workbook",
        b"\x00" * 5000,
    ],
)
def test_what_is_no_such_table_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(UnreadableTable) as refused:
        read(content)
    assert refused.value.sentence


def workbook(*sheets: tuple[str, list[list[Any]]], merged: tuple[tuple[int, ...], ...] = ()) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if hasattr(cell, "isoformat"):
                        sheet.write_datetime(number, place, cell, day)
                    else:
                        sheet.write(number, place, cell)
            for first_row, first, last_row, last in merged:
                sheet.merge_range(first_row, first, last_row, last, rows[first_row][first])
    return out.getvalue()


def test_a_workbook_is_read_sheet_by_sheet() -> None:
    content = workbook(
        ("说明", [["如何填写"], ["随便"]]),
        ("一村", [["花名册"], [], list(HEADERS), *PEOPLE[:2], ["合计", 2]]),
        ("二村", [["姓名", "身份证号", "户编号"], ["单白露", "99990119700303456x", "H2"]]),
    )
    with duck.opened() as tables:
        told = read_table(tables, io.BytesIO(content), COLUMNS, into="incoming")
        rows = tables.all("SELECT sheet, line, household, name FROM incoming ORDER BY seq")
    assert rows == [("一村", 4, "H1", "沈立夏"), ("一村", 5, "H1", "沈小满"), ("二村", 2, "H2", "单白露")]
    assert list(told.heads) == ["一村", "二村"]


def test_merged_header_cells_stand_over_each_of_their_places() -> None:
    rows = [
        ["花名册", "", "", ""],
        ["户编号", "成员", "", "金额"],
        ["", "姓名", "身份证号", ""],
        ["H1", "沈立夏", "1", "2"],
    ]
    content = workbook(("表", rows), merged=((0, 0, 0, 3), (1, 0, 2, 0), (1, 1, 1, 2), (1, 3, 2, 3)))
    found, _told = read(content)
    assert found == [(4, None, "H1", "沈立夏", "1", "2")]


def test_household_cells_merged_over_their_members_count_for_each() -> None:
    rows = [list(HEADERS), ["H1", "甲", "1", "5"], ["", "乙", "2", "6"], ["", "丙", "3", "7"]]
    found, _told = read(workbook(("表", rows), merged=((1, 0, 3, 0),)))
    assert [row[2] for row in found] == ["H1", "H1", "H1"]


def test_numbers_and_days_of_a_workbook_are_as_people_see_them() -> None:
    rows = [
        [7, "甲", 411121199001011234, 12.5],
        ["H1", True, "4.11E+17", datetime.date(2026, 10, 5)],
        ["H1", "丙", 123456789012345, 1e3],
    ]
    found, _told = read(workbook(("表", [list(HEADERS), *rows])))
    assert [row[2:] for row in found] == [
        ("7", "甲", f"{LOST_DIGITS}411121199001011200"[:1] + found[0][4][1:], "12.5"),
        ("H1", "TRUE", "4.11E+17", "2026-10-05"),
        ("H1", "丙", "123456789012345", "1000"),
    ]
    assert found[0][4].startswith(LOST_DIGITS)


def test_a_workbook_in_an_archive_is_a_workbook() -> None:
    found, _told = read(zipped(workbook(("表", [list(HEADERS), *PEOPLE])), "名册.xlsx"))
    assert len(found) == len(PEOPLE)


def test_a_look_reads_no_further_than_it_must() -> None:
    lines = (text() + "H9,远,9,\n" * 200_000).encode()
    file, told = io.BytesIO(lines), Read()
    rows = rows_of(file, COLUMNS, told)
    assert [next(rows).values[0] for _number in range(3)] == ["H1", "H1", "H2"]
    assert file.tell() < len(lines)


cells = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffd\ufdd0"), max_size=12
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=st.lists(st.lists(cells, min_size=4, max_size=4), max_size=12),
    delimiter=st.sampled_from(",\t;|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_a_csv_writer_writes_is_what_is_read(
    rows: list[list[str]], delimiter: str, encoding: str, end: str
) -> None:
    out = io.StringIO()
    filled = [[f"H{number}", *row[1:]] for number, row in enumerate(rows)]
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows([HEADERS, *filled])
    found, told = read(out.getvalue().encode(encoding))
    assert [[cell or "" for cell in row[2:]] for row in found] == filled
    assert told.rows_read == len(filled)
