"""What holds for any table whatever stands in it: every row counted once, one answer however it is written."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from foundation.tables import duck
from foundation.tables.columns import UnreadableTable
from foundation.tables.reading import Read, rows_of, unseen
from monitoring.cells.reading import Dates
from monitoring.contracts.book import contract
from monitoring.contracts.headers import normal_header
from monitoring.intake.reading import at_first_sight, blocks, table_columns, type_cells
from monitoring.periods import period_for
from monitoring.rows import read_row
from tests.monitoring.intake.files import number

DIBAO = contract("dibao_roll")
HEADERS = [column.header for column in DIBAO.columns]
COLUMNS = table_columns(DIBAO, {})
LAST = period_for(DIBAO, "2026-10").last
DATES = Dates(received_on=LAST, period_end=LAST)
PEOPLE = [number(serial) for serial in range(1, 6)]
#: What people put into cells, and what nobody should.
CELLS = st.one_of(
    st.sampled_from(["", "A", "B", "D", "沈立夏", "420", "￥1,234.50", "-5", "2026-01-01", "46300", "合计", "小 计",
                     "=1+1", "-", "身份证号", "x" * 3000, "4.11E+17", "999901********0019", *PEOPLE]),
    st.text(max_size=6),
    st.text("\x00\x01\x07\x1a\x7f\ufffd\ufeff\ufdd0\ufdd1\u200b\u3000\x85\u2028\"',;|\t\r\n<=@+-12", max_size=8),
)  # fmt: skip
TABLES = st.lists(st.lists(CELLS, max_size=9), max_size=10)
SOUND_ROWS = st.lists(
    st.tuples(
        st.sampled_from([*PEOPLE, PEOPLE[0][:-1], "", "9999**"]),
        st.sampled_from(["沈立夏", "单·白露", "㐀", "", "=1+1"]),
        st.sampled_from(["A", "B", "Ｃ", "D"]),
        st.sampled_from(["420", "1,234.50", "￥5", "-1", ""]),
        st.sampled_from(["2026-01-01", "2026年1月1日", "46023", "明天"]),
    ),
    min_size=1,
    max_size=6,
)
QUIET = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def written(rows: list[Any], *, delimiter: str = ",", end: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


Judge = Callable[[bytes], tuple[Read, list[tuple[Any, ...]]]]


@pytest.fixture(scope="module")
def judged() -> Iterator[Judge]:
    """Read a file as a delivery is read, up to the faults of its rows."""
    with duck.opened() as tables:

        def read_it(content: bytes) -> tuple[Read, list[tuple[Any, ...]]]:
            read, typed = Read(), []
            beside = at_first_sight(DIBAO, DATES)
            for _rows in blocks(tables, io.BytesIO(content), COLUMNS, read, beside=beside, progress=unseen):
                type_cells(tables, DIBAO, DATES)
                typed += tables.all("SELECT line, faults, v0, v1, v2, v3, v4 FROM typed ORDER BY seq")
            return read, typed

        yield read_it


@QUIET
@given(rows=TABLES)
def test_every_row_read_is_accepted_or_rejected(judged: Judge, rows: list[list[str]]) -> None:
    read, typed = judged(written([HEADERS, *rows]).encode("utf-8", "replace"))
    accepted = [row for row in typed if not row[1]]
    rejected = [row for row in typed if row[1]]
    assert read.rows_read == len(typed) == len(accepted) + len(rejected)
    lines = [row[0] for row in typed]
    assert lines == sorted(set(lines))


@QUIET
@given(rows=TABLES)
def test_both_ways_of_reading_judge_every_row_alike(judged: Judge, rows: list[list[str]]) -> None:
    content = written([HEADERS, *rows]).encode("utf-8", "replace")
    _read, typed = judged(content)
    taken = list(rows_of(io.BytesIO(content), COLUMNS, Read()))
    assert [row.line for row in taken] == [row[0] for row in typed]
    for row, (_line, faults, *_values) in zip(taken, typed, strict=True):
        if not row.fault:
            cells = dict(zip(HEADERS, (each.replace("\ufdd0", "") for each in row.values), strict=True))
            lost = [h for h, each in zip(HEADERS, row.values, strict=True) if each.startswith("\ufdd0")]
            found = read_row(DIBAO, cells, DATES, lost_digits=lost).faults
            assert {HEADERS[each["place"]]: each["reason"] for each in faults or ()} == found


@QUIET
@given(
    rows=SOUND_ROWS,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]),
    delimiter=st.sampled_from(",\t;|"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    zipped=st.booleans(),
    titles=st.integers(0, 20),
)
def test_one_answer_however_a_table_is_written(
    judged: Judge,
    rows: list[tuple[str, ...]],
    encoding: str,
    delimiter: str,
    end: str,
    zipped: bool,
    titles: int,
) -> None:
    _read, plain = judged(written([HEADERS, *rows]).encode())
    above = [["低保名册"]] * titles
    content = written([*above, HEADERS, *rows, ["合 计"]], delimiter=delimiter, end=end).encode(encoding)
    _read, other = judged(_zip(content) if zipped else content)
    assert [row[1:] for row in other] == [row[1:] for row in plain]
    assert [row[0] - titles for row in other] == [row[0] for row in plain]


@settings(QUIET, max_examples=5)
@given(rows=SOUND_ROWS, zipped=st.booleans())
def test_a_workbook_of_the_same_texts_gives_the_same_answer(
    judged: Judge, rows: list[tuple[str, ...]], zipped: bool
) -> None:
    _read, plain = judged(written([HEADERS, *rows]).encode())
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate([HEADERS, *rows]):
            for column, cell in enumerate(row):
                sheet.write_string(place, column, cell)
    _read, other = judged(_zip(out.getvalue()) if zipped else out.getvalue())
    assert other == plain


def _zip(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("表", content)
    return out.getvalue()


def _dressed(header: str, marks: list[str]) -> str:
    """A header with blanks, breaks and marks between its characters and stars around it."""
    inside = "".join(mark + character for mark, character in zip(marks, header, strict=False))
    return inside + header[len(marks) :]


MARKS = st.lists(
    st.sampled_from(["", " ", "\u3000", "\n", "\r\n", "\t", "\u200b", "\ufeff", "\u00a0"]), max_size=8
)


@QUIET
@given(st.data())
def test_a_header_is_known_however_it_is_dressed(data: st.DataObject) -> None:
    dressed = [
        data.draw(st.sampled_from(["", "*", "＊", " * "]))
        + _dressed(header, data.draw(MARKS))
        + data.draw(st.sampled_from(["", "*", "＊ "]))
        for header in data.draw(st.permutations(HEADERS))
    ]
    assert {normal_header(each) for each in dressed} == set(HEADERS)
    read = Read()
    content = written([dressed, ["x"] * len(dressed)]).encode()
    assert len(list(rows_of(io.BytesIO(content), COLUMNS, read))) == 1
    assert sorted(read.heads[""].of) == list(range(len(HEADERS)))


@QUIET
@given(st.binary(max_size=400), st.binary(max_size=60))
def test_any_bytes_are_rows_or_a_sentence(noise: bytes, tail: bytes) -> None:
    for content in (
        noise,
        ",".join(HEADERS).encode() + b"\n" + noise,
        b"PK\x03\x04" + noise,
        written([HEADERS]).encode("utf-16") + tail,
    ):
        try:
            rows = list(rows_of(io.BytesIO(content), COLUMNS, Read()))
        except UnreadableTable as refused:
            assume(bool(refused.sentence))
        else:
            assert all(row.line > 1 for row in rows)


@pytest.mark.parametrize("split", [1, 3, 5])
def test_titles_never_count(judged: Judge, split: int) -> None:
    rows = [[PEOPLE[0], "沈立夏", "A", "1", "2026-01-01"]] * split
    read, typed = judged(written([["低保名册"], [], ["单位：元"], HEADERS, *rows]).encode())
    assert (read.rows_read, [row[0] for row in typed]) == (split, list(range(5, 5 + split)))
