"""A list as a workbook (XLSX) or as CSV: row by row, so that memory does not grow with it, and with no formula in it.

Every file says at its head and at its foot who took it out, when, from where and with which filters, and at its foot
how many rows it holds. XlsxWriter collects the sheet in a private folder that is removed at the end (`drafts` removes
what a killed process left); what comes out goes straight into the caller's sealed draft.
"""

import csv
import datetime
import io
import math
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Protocol

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from foundation.accounts.clock import SHANGHAI
from foundation.files.content import CSV, XLSX

Form = Literal["xlsx", "csv"]
Width = Literal["narrow", "middle", "wide"]
MEDIA_TYPES: dict[Form, str] = {"xlsx": XLSX, "csv": CSV}
#: A sheet has 1,048,576 rows; head and foot need a few.
MOST_ROWS = 1_000_000
_LONGEST_CELL = 32_767
_WIDTHS: dict[Width, int] = {"narrow": 12, "middle": 18, "wide": 32}
#: A number with more digits than a spreadsheet keeps is written as text.
_MOST_DIGITS = 15
#: What no XML and no reader of CSV takes.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Seen by nobody, skipped by some programs before they look for a formula.
_UNSEEN = re.compile("[\\s\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2064\u00ad]*")
_TRIGGERS = frozenset("=+-@|%＝＋－＠\t\r\n")


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column."""

    label: str
    width: Width = "middle"


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself: its title, and the line that marks who took it out."""

    title: str
    watermark: str
    filters: str


class Sink(Protocol):
    """What a list is written into: a draft."""

    def write(self, content: bytes) -> Any:
        """Take the next bytes."""


#: A row: words, whole numbers, decimals, days, moments, or nothing.
Row = Sequence[Any]


def write_list(
    form: Form, sink: Sink, about: About, headings: Sequence[Heading], rows: Iterable[Row], *, folder: Path
) -> int:
    """Write a list; returns its number of rows. `folder` takes the working file of a workbook."""
    write: Callable[..., int] = {"xlsx": _write_xlsx, "csv": _write_csv}[form]
    return write(sink, about, headings, rows, folder)


def looks_like_a_formula(text: str) -> bool:
    """Say whether a spreadsheet might run `text`, past whatever invisible characters stand before it."""
    seen = text[_UNSEEN.match(text).end() :]  # type: ignore[union-attr]
    return text[:1] in _TRIGGERS or seen[:1] in _TRIGGERS


def _write_csv(
    sink: Sink, about: About, headings: Sequence[Heading], rows: Iterable[Row], _folder: Path
) -> int:
    """Write CSV with a byte order mark, so that a spreadsheet reads Chinese."""
    buffer, count = io.StringIO(), 0
    writer = csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC)

    def hand_on() -> None:
        sink.write(buffer.getvalue().encode())
        buffer.seek(0)
        buffer.truncate()

    buffer.write("\ufeff")
    writer.writerow([_csv_cell(_head(about))])
    writer.writerow([_csv_cell(heading.label) for heading in headings])
    for row in rows:
        writer.writerow([_csv_cell(value) for value in row])
        count += 1
        if buffer.tell() > 64 * 1024:
            hand_on()
    writer.writerow([_csv_cell(_foot(about, count))])
    hand_on()
    return count


def _csv_cell(value: Any) -> Any:
    match _plain(value):
        case str() as text:
            return f"'{text}" if looks_like_a_formula(text) else text
        case datetime.datetime() as moment:
            return f"{moment:%Y-%m-%d %H:%M:%S}"
        case datetime.date() as day:
            return day.isoformat()
        case other:
            return other


def _write_xlsx(
    sink: Sink, about: About, headings: Sequence[Heading], rows: Iterable[Row], folder: Path
) -> int:
    with tempfile.TemporaryDirectory(dir=folder, prefix="list-") as working:
        options = {"constant_memory": True, "tmpdir": working, "default_date_format": "yyyy-mm-dd"}
        book = xlsxwriter.Workbook(_Stream(sink), options)
        book.set_properties({"title": about.title, "comments": about.watermark})
        count = _Sheet(book, about).fill(headings, rows)
        book.close()
    return count


class _Sheet:
    """One sheet with head, rows and foot."""

    def __init__(self, book: Any, about: About) -> None:
        self._about = about
        self._sheet: Worksheet = book.add_worksheet(_sheet_name(about.title))
        self._mark = book.add_format({"font_color": "#5c6670", "italic": True})
        self._bold = book.add_format({"bold": True, "bg_color": "#e6eef8", "bottom": 1})
        self._quoted = book.add_format({"quote_prefix": True})
        self._money = book.add_format({"num_format": "#,##0.00"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})

    def fill(self, headings: Sequence[Heading], rows: Iterable[Row]) -> int:
        """Write everything from top to bottom; returns the number of rows."""
        sheet, first = self._sheet, 2
        self._prepare(headings)
        sheet.write_string(0, 0, _short(_head(self._about)), self._mark)
        for column, heading in enumerate(headings):
            sheet.write_string(1, column, _short(heading.label), self._bold)
        number = first
        for row in rows:
            for column, value in enumerate(row):
                self._cell(number, column, _plain(value))
            number += 1
        count = number - first
        sheet.write_string(number + 1, 0, _short(_foot(self._about, count)), self._mark)
        if count:
            sheet.autofilter(1, 0, number - 1, len(headings) - 1)
        return count

    def _prepare(self, headings: Sequence[Heading]) -> None:
        """Set widths, what stays in sight, and how the sheet is printed."""
        sheet = self._sheet
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, _WIDTHS[heading.width])
        sheet.freeze_panes(2, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
        line = self._about.watermark.replace("&", "&&")
        sheet.set_header(f"&L&8{line}"[:255])
        sheet.set_footer(f"&L&8{line}"[:240] + "&R&8&P / &N")

    def _cell(self, row: int, column: int, value: Any) -> None:
        """Write a value as what it is; text is text, whatever it looks like."""
        match value:
            case None | "":
                return
            case str():
                marked = self._quoted if looks_like_a_formula(value) else None
                self._sheet.write_string(row, column, value, marked)
            case Decimal():
                self._sheet.write_number(row, column, float(value), self._money)
            case int() | float():
                self._sheet.write_number(row, column, value)
            case datetime.datetime():
                self._sheet.write_datetime(row, column, value, self._moment)
            case datetime.date():
                self._sheet.write_datetime(row, column, value, self._day)


class _Stream(io.RawIOBase):
    """A sink as the file that a zip is written into, from its beginning to its end."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self._sink.write(bytes(content))
        return len(content)


def _plain(value: Any) -> Any:
    """Reduce a value to a kind that cells have; what cannot be written is left out of a text."""
    match value:
        case None:
            return None
        case bool():
            return _("yes") if value else _("no")
        case int() | Decimal() | float() if _fits(value):
            return value
        case datetime.datetime():
            return value.astimezone(SHANGHAI).replace(tzinfo=None) if value.tzinfo else value
        case datetime.date():
            return value
        case _:
            return _short(str(value))


def _fits(number: int | float | Decimal) -> bool:
    return math.isfinite(number) and abs(number) < 10**_MOST_DIGITS


def _short(text: str) -> str:
    text = _UNWRITABLE.sub("", text)
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"


def _head(about: About) -> str:
    return " · ".join(part for part in (about.title, about.watermark, about.filters) if part)


def _foot(about: About, count: int) -> str:
    return _("%(watermark)s · %(count)s rows") % {"watermark": about.watermark, "count": f"{count:,}"}


def _sheet_name(title: str) -> str:
    """Return what may stand on the tab: at most 31 characters, none of those that a formula reads."""
    return re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31] or "list"
