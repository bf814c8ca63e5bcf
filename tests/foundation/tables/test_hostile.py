"""Files that were built to do harm: each is answered with a sentence, soon, and within bounded memory."""

import io
import random
import resource
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from foundation.tables import archives, duck, workbook
from foundation.tables.columns import Column, TableColumns, UnreadableTable
from foundation.tables.looking import heads
from foundation.tables.reading import Read, read_table, rows_of

COLUMNS = TableColumns(
    (Column("姓名", "name", required=True), Column("金额", "amount", required=True)), key="name"
)
HEADER = "姓名,金额\n"
#: Longer than any of these files takes on a busy machine; what is built to burst would take hours.
pytestmark = pytest.mark.timeout(60)
SHEET_NAME = "xl/worksheets/sheet1.xml"
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEAD_ROW = f'<row r="1">{cell("A1", "姓名")}{cell("B1", "金额")}</row>'
GOOD_ROW = f'<row r="2">{cell("A2", "沈立夏")}{cell("B2", "1")}</row>'


@cache
def parts() -> dict[str, bytes]:
    """The parts of an honest workbook of one sheet, without the sheet itself."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        made.add_worksheet("a")
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != SHEET_NAME}


def packed(files: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content, compresslevel=1)
    return out.getvalue()


def book(sheet: str, **others: str | bytes) -> bytes:
    return packed({**parts(), SHEET_NAME: SHEET.format(sheet), **others})


def burst(head: bytes, piece: bytes, times: int) -> bytes:
    """An archive whose one file is `head` and then `piece` over and over."""
    out = io.BytesIO()
    archive = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with archive, archive.open("a.csv", "w") as part:
        part.write(head)
        for _time in range(times):
            part.write(piece)
    return out.getvalue()


def stating(archive: bytes, real: int, said: int) -> bytes:
    """The archive, its one large part said to be smaller than it is."""
    assert real.to_bytes(4, "little") in archive
    return archive.replace(real.to_bytes(4, "little"), said.to_bytes(4, "little"))


def within(bound: int, act: Callable[[], Any]) -> None:
    """Ask for a refusal in a sentence, while this process grows by no more than `bound` megabytes."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(UnreadableTable) as refused:
        act()
    assert refused.value.sentence
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < bound * 1024


def every_row(content: bytes) -> list[Any]:
    return list(rows_of(io.BytesIO(content), COLUMNS, Read()))


def rows_or_sentence(content: bytes) -> list[Any]:
    """The rows, or the sentence that refuses the file: either is an answer."""
    try:
        return every_row(content)
    except UnreadableTable as refused:
        return [refused.sentence]


MEGABYTE = b"\n" * 2**20


def test_an_archive_of_empty_lines_without_end_is_refused() -> None:
    bomb = burst(HEADER.encode(), MEGABYTE, 140)
    assert len(bomb) < 2**20
    within(60, lambda: every_row(bomb))
    within(60, lambda: heads(io.BytesIO(bomb)))


def test_an_archive_that_lies_about_its_size_is_read_no_further() -> None:
    bomb = burst(HEADER.encode(), MEGABYTE, 20)
    within(60, lambda: every_row(stating(bomb, len(HEADER.encode()) + 20 * 2**20, 2**20)))


def test_a_line_without_end_is_refused() -> None:
    within(60, lambda: every_row((HEADER + "x" * 3_000_000).encode()))
    within(60, lambda: every_row(burst(HEADER.encode(), b"x" * 2**20, 100)))


def test_a_workbook_that_would_burst_is_refused() -> None:
    bomb = packed({**parts(), SHEET_NAME: SHEET.format(HEAD_ROW).encode() + b" " * 140 * 2**20})
    assert len(bomb) < 2**20
    within(60, lambda: every_row(bomb))


def test_a_workbook_that_lies_about_its_size_is_refused() -> None:
    head = SHEET.format(f"<sheetData>{HEAD_ROW}{GOOD_ROW}</sheetData>").encode()
    honest = packed({**parts(), SHEET_NAME: head + b" " * 200 * 2**20})
    assert len(every_row(packed({**parts(), SHEET_NAME: head}))) == 1
    liar = stating(honest, len(head) + 200 * 2**20, len(head))
    assert not archives.would_burst(len(head), len(liar))
    within(60, lambda: every_row(liar))


@pytest.mark.parametrize(
    "sheet",
    [
        f'<sheetData>{HEAD_ROW}<row r="1048576">{cell("XFD1048576", "x")}</row></sheetData>',
        f'<sheetData>{HEAD_ROW}{GOOD_ROW}</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        f"<sheetData>{HEAD_ROW}{GOOD_ROW}</sheetData><mergeCells>"
        + '<mergeCell ref="A1:A1048576"/>' * 2_000
        + "</mergeCells>",
    ],
    ids=["a cell in the last corner", "everything merged", "merged over and over"],
)
def test_a_sheet_that_claims_more_than_it_holds_ends_soon(sheet: str) -> None:
    assert len(rows_or_sentence(book(sheet))) <= 2


def test_entities_are_not_blown_up() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    document = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>' + SHEET.format(
        f'<sheetData>{HEAD_ROW}<row r="2">{cell("A2", "&l11;")}{cell("B2", "1")}</row></sheetData>'
    )
    assert len(rows_or_sentence(packed({**parts(), SHEET_NAME: document}))) <= 1


def test_files_of_this_machine_are_not_read_through_entities() -> None:
    document = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + SHEET.format(
        f'<sheetData>{HEAD_ROW}<row r="2">{cell("A2", "&e;")}{cell("B2", "1")}</row></sheetData>'
    )
    assert "root:" not in str(rows_or_sentence(packed({**parts(), SHEET_NAME: document})))


def test_a_huge_cell_of_a_workbook_costs_its_row() -> None:
    rows = every_row(book(f'<sheetData>{HEAD_ROW}<row r="2">{cell("A2", "长" * 1_500_000)}</row>'
                          f'<row r="3">{cell("A3", "沈")}{cell("B3", "1")}</row></sheetData>'))  # fmt: skip
    assert [row.fault for row in rows] == ["column_count", ""]


def test_numbers_beyond_all_bounds_are_no_end_of_reading() -> None:
    rows = every_row(book(f'<sheetData>{HEAD_ROW}<row r="2"><c r="A2"><v>1e400</v></c><c r="B2"><v>-1e308</v></c></row>'
                          f'<row r="3">{cell("A3", "沈")}<c r="B3"><v>NaN</v></c></row></sheetData>'))  # fmt: skip
    assert len(rows) == 2


def test_the_process_of_a_workbook_has_neither_environment_nor_open_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: dict[str, Any] = {}
    started = workbook.subprocess.Popen

    def noted(command: list[str], **told: Any) -> Any:
        seen.update(told, command=command)
        return started(command, **told)

    monkeypatch.setattr(workbook.subprocess, "Popen", noted)
    assert len(every_row(book(f"<sheetData>{HEAD_ROW}{GOOD_ROW}</sheetData>"))) == 1
    assert seen["env"] == {}
    assert seen["close_fds"]
    assert "-I" in seen["command"]


@pytest.mark.slow
def test_a_workbook_that_does_not_fit_into_its_memory_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(
        workbook, "_PROCESS", changed(tmp_path, "MEMORY = 4096 * 2**20", "MEMORY = 128 * 2**20")
    )
    assert len(every_row(book(f"<sheetData>{HEAD_ROW}{GOOD_ROW}</sheetData>"))) == 1
    letters = random.Random(1).randbytes(32 * 2**20).hex()  # 64 MB that hardly pack
    rows = (
        f'<row r="{n}">{cell(f"A{n}", letters[n * 4000 : n * 4000 + 4000])}</row>' for n in range(2, 16_000)
    )
    large = book(f"<sheetData>{HEAD_ROW}{''.join(rows)}</sheetData>")
    del letters
    within(200, lambda: every_row(large))


def test_a_workbook_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slow = changed(tmp_path, "SECONDS = 900", "SECONDS = 1")
    slow = changed(
        tmp_path, '    out.writerow(("rows"', '    while True: pass\n    out.writerow(("rows"', of=slow
    )
    monkeypatch.setattr(workbook, "_PROCESS", slow)
    within(60, lambda: every_row(book(f"<sheetData>{HEAD_ROW}{GOOD_ROW}</sheetData>")))


def changed(folder: Path, old: str, new: str, *, of: Path = workbook._PROCESS) -> Path:
    """A copy of the process of workbooks with another bound."""
    source = of.read_text(encoding="utf-8")
    assert source.count(old) == 1
    copy = folder / "process.py"
    copy.write_text(source.replace(old, new), encoding="utf-8")
    return copy


def test_an_archive_that_breaks_in_the_middle_is_refused_as_a_whole() -> None:
    torn = packed({"a.csv": HEADER + "沈,1\n" * 200_000})
    place = len(torn) // 2
    broken = torn[:place] + bytes(200) + torn[place + 200 :]
    with duck.opened() as tables, pytest.raises(UnreadableTable):
        read_table(tables, io.BytesIO(broken), COLUMNS, into="incoming")
