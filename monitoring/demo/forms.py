"""Files as departments send them: text in several encodings and separators, workbooks, archives.

The same rows give the same bytes: workbooks and archives carry a fixed day.
"""

import csv
import datetime
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

_WRITTEN_ON = datetime.datetime(2026, 11, 2, 8, 0)  # noqa: DTZ001  (a workbook knows no time zones)
_FIRST_SERIAL = datetime.date(1899, 12, 30)
Row = Sequence[str]
#: What stands before a cell that a workbook holds as a number.
AS_NUMBER = "#"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: rows under a header, with titles above and a total below where there is one.

    `group` stands in a row of its own above the header, merged over the columns that follow it (two rows of header).
    """

    name: str
    headers: Row
    rows: Sequence[Row]
    titles: tuple[str, ...] = ()
    total: Row = ()
    #: Header of the upper row → (first column, last column) that it spans; the others are merged downwards.
    groups: tuple[tuple[str, int, int], ...] = ()
    #: Columns that the spreadsheet holds as serial days, as numbers.
    days: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()


def text(
    headers: Row,
    rows: Iterable[Row],
    *,
    above: Sequence[str] = (),
    below: Iterable[Row] = (),
    delimiter: str = ",",
    encoding: str = "gb18030",
) -> bytes:
    """Return a text file with titles above and total rows below; Windows line ends."""
    sink = io.StringIO()
    for title in above:
        sink.write(f"{title}\r\n")
    writer = csv.writer(sink, delimiter=delimiter)
    writer.writerow(headers)
    writer.writerows(rows)
    writer.writerows(below)
    return sink.getvalue().encode(encoding)


def zipped(name: str, content: bytes) -> bytes:
    """Return an archive with one file in a folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            zipfile.ZipInfo(f"报送/{name}", _WRITTEN_ON.timetuple()[:6]), content, zipfile.ZIP_DEFLATED
        )
    return out.getvalue()


def workbook(*sheets: Sheet) -> bytes:
    """Return a workbook of these sheets."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": _WRITTEN_ON})
        bold = book.add_format({"bold": True, "align": "center"})
        for sheet in sheets:
            _fill(book.add_worksheet(sheet.name), sheet, bold)
    return out.getvalue()


def _fill(made: Worksheet, sheet: Sheet, bold: Format) -> None:
    last, at = len(sheet.headers) - 1, 0
    for title in sheet.titles:
        made.merge_range(at, 0, at, last, title, bold)
        at += 1
    at = _head(made, sheet, bold, at)
    write = [_cell(made, header, sheet) for header in sheet.headers]
    for at, row in enumerate(sheet.rows, start=at):  # noqa: B020  (the row after the last follows below)
        for column, value in enumerate(row):
            if value:
                write[column](at, column, value)
    for column, value in enumerate(sheet.total):
        if value:
            made.write(at + 1, column, float(value) if value.replace(".", "").isdigit() else value, bold)


def _head(made: Worksheet, sheet: Sheet, bold: Format, at: int) -> int:
    """Write one row of header, or two with merged cells; returns the first row below."""
    if not sheet.groups:
        made.write_row(at, 0, sheet.headers, bold)
        return at + 1
    below = set()
    for group, first, last in sheet.groups:
        made.merge_range(at, first, at, last, group, bold)
        below |= set(range(first, last + 1))
    for column, header in enumerate(sheet.headers):
        if column in below:
            made.write_string(at + 1, column, header, bold)
        else:
            made.merge_range(at, column, at + 1, column, header, bold)
    return at + 2


def _cell(made: Worksheet, header: str, sheet: Sheet) -> Callable[[int, int, str], object]:
    """Return how the cells of a column are written."""
    if header in sheet.days:
        return lambda row, column, value: _day(made, row, column, value)
    if header in sheet.numbers:
        return lambda row, column, value: _number(made, row, column, value)
    return lambda row, column, value: _text(made, row, column, value)


def _text(made: Worksheet, row: int, column: int, value: str) -> object:
    if value.startswith(AS_NUMBER):
        return made.write_number(row, column, float(value[1:]))
    return made.write_string(row, column, value)


def _day(made: Worksheet, row: int, column: int, value: str) -> object:
    try:
        day = datetime.date.fromisoformat(value)
    except ValueError:
        return made.write_string(row, column, value)
    return made.write_number(row, column, (day - _FIRST_SERIAL).days)


def _number(made: Worksheet, row: int, column: int, value: str) -> object:
    try:
        return made.write_number(row, column, float(value))
    except ValueError:
        return made.write_string(row, column, value)
