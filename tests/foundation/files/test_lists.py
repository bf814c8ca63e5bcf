"""Lists as files: values keep their kind, no cell is a formula, and every file says who took it out."""

import csv
import datetime
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from foundation.files.lists import About, Heading, looks_like_a_formula, write_list

ABOUT = About("工作人员", "安全员（anquan）· 示例县 · 2026-11-04 10:12", "状态 = 在岗")
HEADINGS = (Heading("姓名"), Heading("数", "narrow"), Heading("备注", "wide"))
#: safety.md 1.2.10: every trigger, also behind what nobody sees.
FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", " =1", "\ufeff=1", "\u200b=1",
    "\u00a0=1", "\u202e=1", "\u00ad\u2060=1", "\x00=1", "=cmd|'/c calc'!A1", "|x", "%0A=1",
]  # fmt: skip


def written(form: Any, rows: list[Any], folder: Path) -> bytes:
    sink = io.BytesIO()
    assert write_list(form, sink, ABOUT, HEADINGS, rows, folder=folder) == len(rows)
    assert list(folder.iterdir()) == []
    return sink.getvalue()


def sheet(content: bytes) -> list[tuple[Any, ...]]:
    (only,) = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    return [tuple(cell.value for cell in row) for row in only.iter_rows()]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_ever_becomes_a_formula(text: str, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", [[text, 1, "x"]], tmp_path)))
    cell = book.worksheets[0]["A3"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    (_bom, _head, row, _foot) = csv.reader(io.StringIO(written("csv", [[text, 1, "x"]], tmp_path).decode()))
    assert row[0].startswith("'")


@pytest.mark.parametrize(
    "text", ["沈立夏", "4111************13", "3-5 人", "a=b", "", "１２", "https://示例"]
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert not looks_like_a_formula(text)


def test_values_keep_their_kind(tmp_path: Path) -> None:
    day, moment = datetime.date(2026, 10, 5), datetime.datetime(2026, 11, 3, 16, 0, tzinfo=datetime.UTC)
    rows = [["沈立夏", -12, Decimal("-12345.60")], [day, moment, None], [10**17, float("inf"), True]]
    cells = sheet(written("xlsx", rows, tmp_path))
    assert cells[2] == ("沈立夏", -12, -12345.6)
    assert [str(cell) for cell in cells[3]] == ["2026-10-05 00:00:00", "2026-11-04 00:00:00", "None"]
    assert cells[4] == ("100000000000000000", "inf", "是")
    lines = list(csv.reader(io.StringIO(written("csv", rows, tmp_path).decode("utf-8-sig"))))
    assert lines[2] == ["沈立夏", "-12", "-12345.60"]
    assert lines[3] == ["2026-10-05", "2026-11-04 00:00:00", ""]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_head_and_foot_say_who_took_it_out(form: str, tmp_path: Path) -> None:
    content = written(form, [["a", 1, "b"]] * 3, tmp_path)
    if form == "csv":
        assert content.startswith(b"\xef\xbb\xbf")
        lines = [row[0] for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) if row]
    else:
        lines = [str(row[0]) for row in sheet(content) if row[0]]
        (only,) = openpyxl.load_workbook(io.BytesIO(content)).worksheets
        assert "anquan" in (only.oddHeader.left.text or "")
        assert "anquan" in (only.oddFooter.left.text or "")
    assert lines[0] == "工作人员 · 安全员（anquan）· 示例县 · 2026-11-04 10:12 · 状态 = 在岗"
    assert lines[-1] == "安全员（anquan）· 示例县 · 2026-11-04 10:12 · 共 3 行"


def test_what_no_cell_can_hold_is_left_out(tmp_path: Path) -> None:
    cells = sheet(written("xlsx", [["a\x00\x08b\ud800c", 1, "长" * 40_000], ["𠮷", 1, "a\nb"]], tmp_path))
    assert cells[2][0] == "abc"
    assert len(cells[2][2]) == 32_767
    assert cells[3] == ("𠮷", 1, "a\nb")


def test_an_empty_list_is_a_file_too(tmp_path: Path) -> None:
    assert "共 0 行" in str(sheet(written("xlsx", [], tmp_path)))


def test_a_list_that_breaks_off_leaves_no_working_file(tmp_path: Path) -> None:
    def rows() -> Any:
        yield ["a", 1, "b"]
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        write_list("xlsx", io.BytesIO(), ABOUT, HEADINGS, rows(), folder=tmp_path)
    assert list(tmp_path.iterdir()) == []
