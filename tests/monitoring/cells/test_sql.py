"""Cells read as SQL mean the same as cells read in Python, whatever is written in them."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitoring.cells import patterns
from monitoring.cells.reading import Dates, read_cell
from monitoring.cells.sql import define
from monitoring.contracts.book import contract
from monitoring.contracts.contract import Code, Column
from monitoring.contracts.terms import CellType
from tests.monitoring.columns import read_column, read_quickly

DATES = Dates(received_on=datetime.date(2026, 11, 5), period_end=datetime.date(2026, 10, 31))


def column(kind: CellType, **others: Any) -> Column:
    """Return a column of a type, optional and unbounded unless said."""
    least = Decimal(0) if kind in (CellType.MONEY, CellType.COUNT, CellType.DECIMAL) else None
    told = {
        "header": "列",
        "required": False,
        "purpose_zh": "",
        "purpose_en": "",
        "example": "",
        "least": least,
    }
    return Column(type=kind, **(told | others))


YES_NO = (Code("是"), Code("否"))
COLUMNS = {
    "money": column(CellType.MONEY, unit="元"),
    "money that must be there": column(CellType.MONEY, unit="元", required=True),
    "number with a unit of figures": column(
        CellType.DECIMAL, unit="m2", least=Decimal(-5), most=Decimal(500)
    ),
    "months": column(CellType.COUNT, unit="个月", most=Decimal(12)),
    "year": column(CellType.YEAR, required=True),
    "grade": contract("disability_certificate").by_header["残疾等级"],
    "treatment": contract("medical_settlement").by_header["就诊类别"],
    "solved": column(CellType.YES_NO, codes=YES_NO, empty="否", otherwise="否"),
    "insured": column(CellType.YES_NO, codes=YES_NO, required=True),
    "day": column(CellType.DAY),
    "day that may come": column(CellType.DAY, may_be_future=True, required=True),
    "name": column(CellType.NAME, required=True),
    "text": column(CellType.TEXT),
    "text that must be there": column(CellType.TEXT, required=True),
    "number of a person": column(CellType.ID_NUMBER, required=True),
    "number of a head": column(CellType.ID_NUMBER),
}
ALPHABET = (
    "0123456789０１９.,-+¥￥元年月日号/: T*＊xX=@(<!aA是否一二四住院m个—－．，'\\%"
    "\u3000\xa0\ufeff\u200b\t\n\r\ufffd\x00"
)
NUMBERS = st.tuples(
    st.sampled_from(["", "-", "+", "¥", "￥", "¥ -", "-¥", "－"]),
    st.one_of(
        st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**15, places=3).map(str),
        st.integers(0, 10**7).map(lambda number: f"{number:,}"),
        st.sampled_from(
            ["9999999999999.99", "9999999999999.995", "10000000000000", "0.005", ".5", "5.", "1,23"]
        ),
        st.text("0123456789.", min_size=1, max_size=45),
    ),
    st.sampled_from(["", "元", " 元", "个月", "m2", ".0", "年度"]),
).map("".join)
DAYS = st.tuples(
    st.dates(datetime.date(1890, 1, 1), datetime.date(2110, 1, 1)),
    st.sampled_from(
        ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日", "%Y 年 %m 月 %d", "%Y-%m/%d"]
    ),
    st.sampled_from(["", " 08:30", "T23:59:59", " 08:30:00.000", "083000", ".0", " "]),
).map(lambda told: told[0].strftime(told[1]) + told[2])
CELLS = st.one_of(
    st.text(ALPHABET, max_size=24),
    st.text(max_size=8),
    NUMBERS,
    DAYS,
    st.integers(0, 99_999).map(str),
    st.sampled_from(["", "-", "——", "是", "否", "一级", "４", "4", "住院", "=1+1", "+cmd|x", "-5", "<script>"]),
    st.from_regex(r"\A9999[0-9]{2}(19|20)[0-9]{9}[0-9Xx]\Z"),
)  # fmt: skip


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB connection with the macros."""
    made = duckdb.connect()
    define(made)
    yield made
    made.close()


def read_by_sql(
    connection: duckdb.DuckDBPyConnection, name: str, cells: list[str], *, event: bool, lost: bool = False
) -> list[Any]:
    """Read cells as a whole column."""
    return read_column(connection, COLUMNS[name], cells, DATES, is_event_day=event, lost_digits=lost)


#: Cells that mean something to a type; half of what its columns are tried with.
FITTING: dict[CellType, st.SearchStrategy[str]] = {
    CellType.MONEY: NUMBERS,
    CellType.DECIMAL: NUMBERS,
    CellType.COUNT: st.tuples(
        st.integers(-1, 14).map(str), st.sampled_from(["", ".0", ".5", "个月", " 个月"])
    ).map("".join),
    CellType.YEAR: st.tuples(
        st.integers(1890, 2110).map(str), st.sampled_from(["", "年", " 年度", ".0"])
    ).map("".join),
    CellType.DAY: st.one_of(
        DAYS,
        st.integers(9_000, 75_000).map(str),
        st.dates(datetime.date(2026, 10, 28), datetime.date(2026, 11, 8)).map(str),
    ),
    CellType.CODE: st.sampled_from(["1", " 二级", "４", "五级", "住院", "住院 ", "门诊", "急诊", "-"]),
    CellType.YES_NO: st.sampled_from(["是", "否", " 是", "有", "Y", "-"]),
    CellType.ID_NUMBER: st.one_of(
        st.tuples(
            st.sampled_from(["99990119900415001", "99990120140601003", "99990119880305012"]),
            st.sampled_from(list("0123456789Xxｘ*")),
            st.sampled_from(["", "42", "43B1", " ", "4"]),
        ).map("".join),
        st.sampled_from(
            ["999901650820002", "999901650231002", "9.999E+17", "９９９９０１１９９００４１５００１９"]
        ),
    ),
}


@pytest.mark.parametrize("name", COLUMNS)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_both_forms_read_alike(connection: duckdb.DuckDBPyConnection, name: str, data: st.DataObject) -> None:
    event, each = name == "day", st.one_of(CELLS, FITTING.get(COLUMNS[name].type, CELLS))
    cells, lost = data.draw(st.lists(each, min_size=80, max_size=80)), data.draw(st.booleans())
    here = [read_cell(cell, COLUMNS[name], DATES, is_event_day=event, lost_digits=lost) for cell in cells]
    there = read_by_sql(connection, name, cells, event=event, lost=lost)
    assert dict(zip(cells, map(repr, there), strict=True)) == dict(zip(cells, map(repr, here), strict=True))


def test_every_exchanged_character_is_exchanged_alike(connection: duckdb.DuckDBPyConnection) -> None:
    cells = [f"住{each}院" for each in (*patterns.PLAIN, *patterns.INVISIBLE, *patterns.UNREADABLE)]
    for name in ("text", "treatment", "number of a head"):
        here = [read_cell(cell, COLUMNS[name], DATES) for cell in cells]
        assert read_by_sql(connection, name, cells, event=False) == here


@pytest.mark.parametrize("name", COLUMNS)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_certain_at_first_sight_is_so(
    connection: duckdb.DuckDBPyConnection, name: str, data: st.DataObject
) -> None:
    event, each = name == "day", st.one_of(CELLS, FITTING.get(COLUMNS[name].type, CELLS))
    # An empty cell is null there, and NUL ends a text.
    cells = data.draw(st.lists(each.filter(lambda cell: "\0" not in cell), min_size=80, max_size=80))
    read = read_quickly(connection, COLUMNS[name], cells, DATES, is_event_day=event)
    for cell, (certain, value) in zip(cells, read, strict=True):
        if certain:
            slowly = read_cell(cell, COLUMNS[name], DATES, is_event_day=event)
            assert repr(value) == repr(slowly), cell


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("money", "1234.50"),
        ("money", ""),
        ("months", "12"),
        ("year", "2026"),
        ("grade", "1"),
        ("treatment", "住院"),
        ("insured", "否"),
        ("day", "2026-10-05"),
        ("name", "沈立夏"),
        ("text", "JS2026-1005(17)"),
        ("number of a person", "999901199004150019"),
    ],
)
def test_cells_as_they_should_be_are_certain(
    connection: duckdb.DuckDBPyConnection, name: str, cell: str
) -> None:
    ((certain, value),) = read_quickly(connection, COLUMNS[name], [cell], DATES)
    assert certain
    assert repr(value) == repr(read_cell(cell, COLUMNS[name], DATES))
