"""Make the ugly files that no editor can: encodings, archives and workbooks. What each must become stands beside it.

    python -m tests.monitoring.make_ugly_files

Run anew it makes the same bytes. The texts in UTF-8 were written by hand and are left alone. Everybody is invented.
"""

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import xlsxwriter

from households.identity.numbers import check_character
from tests.monitoring import make_ugly_mixtures as mixtures
from tests.monitoring.ugly_files import FOLDER

A, B, C, D = "999901199004150019", "999901198803050124", "999901201406010035", "999902196508200027"
DIBAO = ("身份证号", "姓名", "保障类别", "月保障金额", "起始日期")
CREMATION = ("身份证号", "姓名", "火化日期", "殡仪馆")
MEDICAL = ("结算流水号", "身份证号", "姓名", "就诊类别", "结算日期", "医疗总费用", "个人自付")
ROWS = ([A, "沈立夏", "A", "420", "2026-01-01"], [B, "沈白露", "B", "380.5", "2026/1/1"])
_WHEN = (2026, 10, 31, 8, 0, 0)
_MADE = datetime.datetime(2026, 10, 31, 8, 0, tzinfo=datetime.UTC)
#: A short row of the roll that is refused for its number.
SHORT = ["12345", "沈小满", "C", "1", "2026-01-01"]


def person(number: int) -> str:
    """Return the ID number of somebody invented."""
    body = f"99990119700101{number:03d}"
    return body + check_character(body)


def text(*rows: Sequence[str], delimiter: str = ",", end: str = "\r\n") -> str:
    """Return rows below the header of the roll."""
    return end.join(delimiter.join(row) for row in (DIBAO, *rows)) + end


def zipped(files: Mapping[str, bytes], *, folders: Sequence[str] = ()) -> bytes:
    """Return an archive of files, with entries for folders."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [*((folder, b"") for folder in folders), *files.items()]:
            archive.writestr(zipfile.ZipInfo(name, _WHEN), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def workbook(fill: Callable[[xlsxwriter.Workbook], None], **options: bool) -> bytes:
    """Return the workbook that `fill` fills."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as book:
        book.set_properties({"created": _MADE})
        fill(book)
    return out.getvalue()


def sheet(book: xlsxwriter.Workbook, name: str, *rows: Sequence[Any], top: int = 0, left: int = 0) -> Any:
    """Write a sheet: texts as texts, numbers as numbers, days as days."""
    made, day = book.add_worksheet(name), book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate(rows, start=top):
        for place, cell in enumerate(row, start=left):
            if isinstance(cell, str):
                made.write_string(number, place, cell)
            elif isinstance(cell, datetime.date):
                made.write_datetime(number, place, cell, day)
            elif cell is not None:
                made.write_number(number, place, cell)
    return made


def several_sheets(book: xlsxwriter.Workbook) -> None:
    """Notes without a header, two villages, and a hidden sheet of last month."""
    sheet(book, "填写说明", ["如何填写"], ["不要隐藏号码"])
    sheet(book, "青石镇", ["低保名册"], DIBAO, ROWS[0], ["合计", None, None, 420])
    sheet(book, "白河镇", ("姓名", "身份证号", "保障类别", "月保障金额", "起始日期", "备注"),
          ["沈白露", B, "B", 380, "2026-01-01", "x"], ["沈小满", "1", "C", 1, "2026-01-01"])  # fmt: skip
    sheet(book, "上月", DIBAO, [C, "沈小满", "A", 420, "2026-01-01"]).hide()


def merged_head(book: xlsxwriter.Workbook) -> None:
    """Two rows of header, merged across and downwards, under a merged title; a merged total."""
    made = sheet(
        book, "名册", ["农村低保名册"], ["序号", *DIBAO, "户主", ""], ["", *[""] * 5, "户主姓名", "户主身份证号"],
        [1, *ROWS[0], "沈立夏", A], [2, *ROWS[1], "沈立夏", A[:-1] + "*"], ["合 计", "", "", "", 800.5, "", "", ""],
    )  # fmt: skip
    bold = book.add_format({"bold": True})
    made.merge_range(0, 0, 0, 7, "农村低保名册", bold)
    for place, header in enumerate(("序号", *DIBAO)):
        made.merge_range(1, place, 2, place, header, bold)
    made.merge_range(1, 6, 1, 7, "户主", bold)
    made.merge_range(5, 0, 5, 3, "合 计", bold)


def numbers_of_a_workbook(book: xlsxwriter.Workbook) -> None:
    """ID numbers as numbers, one of which fits its check digit by chance; a long settlement number; old numbers."""
    sheet(
        book, "结算", MEDICAL,
        ["J1", 999901199004150019, "沈立夏", "住院", "2026-10-05", 100, 20],
        ["J2", 999901195001014400, "沈立夏", "住院", "2026-10-05", 100, 20],
        ["J3", 999901650820002, "沈立夏", "住院", "2026-10-05", 100, 20],
        ["J4", "4.11E+17", "沈立夏", "住院", "2026-10-05", 100, 20],
        [2026100500000012345, A, "沈立夏", "住院", "2026-10-05", 100, 20],
        [20261005, A, "沈立夏", "住院", "2026-10-05", 100, 20],
        ["J7", 9999011990041500194, "沈立夏", "住院", "2026-10-05", 100, 20],
    )  # fmt: skip


def days_of_a_workbook(book: xlsxwriter.Workbook) -> None:
    """Cells that are days, serial numbers, or texts; a day with a time; a serial of long ago."""
    cells = [datetime.date(2026, 10, 5), 46300, 46300.75, "2026年10月5日", "46300", 20261005,
             _MADE.replace(tzinfo=None), 26, 0.5, "2026-11-06", None]  # fmt: skip
    made = sheet(book, "火化", CREMATION, *([person(n), "沈立夏", cell] for n, cell in enumerate(cells)))
    made.write_boolean(12, 2, True)
    made.write_row(12, 0, [person(12), "沈立夏"])


def money_of_a_workbook(book: xlsxwriter.Workbook) -> None:
    """Amounts with the dust of binary fractions, as percent, as currency, very small, below zero, as text."""
    cells = [0.1 + 0.2, 1234.5, 420, 1e-7, "￥1,234.50", -5, 1e20, "1234.50元", 0, 99.995]
    sheet(
        book, "名册", DIBAO, *([person(n), "沈立夏", "A", cell, "2026-01-01"] for n, cell in enumerate(cells))
    )


def formulas(book: xlsxwriter.Workbook) -> None:
    """A sum with its result, a link with its text, and formulas as text."""
    made = sheet(
        book, "名册", DIBAO, *ROWS, [C, "=1+1", "C", 1, "2026-01-01"], [D, "沈大寒", "A", 2, "2026-01-01"]
    )
    made.write_formula(1, 3, "=400+20", None, 420)
    made.write_formula(2, 1, '=HYPERLINK("http://example.invalid/","沈白露")', None, "沈白露")
    made.write_formula(4, 3, '=WEBSERVICE("http://example.invalid/")', None, "#VALUE!")


def formulas_without_results(content: bytes) -> bytes:
    """Return the workbook of formulas as programs write it: no result stands beside any of them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet_part = archive.read("xl/worksheets/sheet1.xml")
    return with_parts(
        content, {"xl/worksheets/sheet1.xml": re.sub(rb"</f><v>[^<]*</v>", b"</f><v></v>", sheet_part)}
    )


def far_from_the_corner(book: xlsxwriter.Workbook) -> None:
    """A table that begins in C5, and a lone empty-looking cell far below."""
    made = sheet(book, "名册", DIBAO, *ROWS, SHORT, top=4, left=2)
    made.write_string(400, 1, "\u3000")


def no_header(book: xlsxwriter.Workbook) -> None:
    """Sheets that hold something, but no table of this dataset."""
    sheet(book, "一", ["姓名", "电话"], ["沈立夏", "1"])
    sheet(book, "二")


def with_parts(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return a workbook with further parts in its archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()} | dict(parts))


def locked(archive: bytes) -> bytes:
    """Return an archive that says its file is encrypted."""
    return archive.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    )


def wrong_digest(archive: bytes) -> bytes:
    """Return an archive whose file is not what its digest says."""
    place = archive.index(b"PK\x01\x02") + 16
    return archive[:place] + bytes(4) + archive[place + 4 :]


def files() -> dict[str, bytes]:
    """Return every made file by its name."""
    plain, book = text(*ROWS, SHORT), workbook(lambda each: sheet(each, "名册", DIBAO, *ROWS, SHORT) and None)
    rare = text([A, "㐀𠮷䶮", "A", "420", "2026-01-01"], [B, "沈·白露", "B", "１，２３４元", "2026年1月1日"])
    once = zipped({"名册.csv": plain.encode("gb18030")})
    damaged = text([A, "沈立夏", "A", "420", "2026-01-01"], [B, "BROKEN", "A", "420", "2026-01-01"], SHORT)
    link = b'<?xml version="1.0"?><externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    return {
        "rare_characters_of_gb18030.csv": rare.encode("gb18030"),
        "utf_16_little_end_first.csv": b"\xff\xfe" + text(*ROWS, SHORT, delimiter="\t").encode("utf-16-le"),
        "utf_16_big_end_first.csv": b"\xfe\xff" + plain.encode("utf-16-be"),
        "utf_16_little_end_without_a_mark.csv": plain.encode("utf-16-le"),
        "utf_16_big_end_without_a_mark.csv": plain.encode("utf-16-be"),
        "broken_bytes_in_utf_8.csv": damaged.encode().replace(b"BROKEN", b"\xe6\xb2"),
        "broken_bytes_in_gb18030.csv": damaged.encode("gb18030").replace(b"BROKEN", b"\xff\xc9"),
        "a_row_of_another_encoding.csv": damaged.encode().replace(b"BROKEN", "沈白露".encode("gb18030")),
        "zipped.zip": once,
        "zip_with_folders.zip": zipped(
            {"报送/10月/名册.csv": plain.encode()}, folders=("报送/", "报送/10月/")
        ),
        "zip_from_a_mac.zip": zipped({"名册.csv": plain.encode(), "__MACOSX/._名册.csv": b"\x00\x05\x16"}),
        "zip_with_two_files.zip": zipped({"一.csv": plain.encode(), "二.csv": plain.encode()}),
        "zip_with_a_password.zip": locked(once),
        "zip_torn_off.zip": once[:-40],
        "zip_with_a_wrong_digest.zip": wrong_digest(once),
        "zip_in_a_zip.zip": zipped({"名册.zip": once}),
        "zip_of_a_workbook.zip": zipped({"名册.xlsx": book}),
        "several_sheets.xlsx": workbook(several_sheets),
        "merged_head.xlsx": workbook(merged_head),
        "numbers_of_a_workbook.xlsx": workbook(numbers_of_a_workbook),
        "days_of_a_workbook.xlsx": workbook(days_of_a_workbook),
        "money_of_a_workbook.xlsx": workbook(money_of_a_workbook),
        "formulas_of_a_workbook.xlsx": workbook(formulas),
        "formulas_without_results.xlsx": formulas_without_results(workbook(formulas)),
        "far_from_the_corner.xlsx": workbook(far_from_the_corner),
        "workbook_without_a_header.xlsx": workbook(no_header),
        "workbook_with_macros.xlsm": with_parts(book, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0Auto_Open"}),
        "workbook_with_links_elsewhere.xlsx": with_parts(book, {"xl/externalLinks/externalLink1.xml": link}),
        "workbook_torn_off.xlsx": book[: len(book) // 2],
        "workbook_under_a_wrong_name.csv": book,
        "gbk_semicolons_titles_and_totals.csv": mixtures.settlements(),
        "utf_16_tabs_and_heads_that_err.tsv": mixtures.list_in_utf_16(),
        "old_line_ends_bars_and_quotes.csv": mixtures.cremations(),
        "two_rows_of_header_and_two_sheets.xlsx": workbook(mixtures.two_rows_of_header),
        "old_workbook.xls": mixtures.old_workbook(),
        "days_from_1904.xlsx": workbook(mixtures.days_of_1904, date_1904=True),
    }


def main() -> None:
    """Write every made file."""
    for name, content in files().items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
