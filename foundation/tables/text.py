"""Records of CSV and TSV text as people send it: which encoding, which delimiter, on which line each begins.

Reads as a stream; no line and no record is ever longer than a bound.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from foundation.tables.columns import CUT, Places, TableColumns, UnreadableTable, first_header

#: Tried in this order where no byte order mark says it; the right one is that in which the header can be read.
ENCODINGS = ("utf-8-sig", "gb18030", "utf-16-le", "utf-16-be")
DELIMITERS = (",", "\t", ";", "|")
SAMPLE_BYTES = 256 * 1024
#: Lines of one record; a longer one is a quotation mark that nobody closed.
LONGEST_RECORD = 50
LONGEST_LINE = 1_000_000  # characters
_CHARACTERS_AT_ONCE = 1 << 20
#: The longest cell; the module's own limit is below what one cell of a workbook may become.
csv.field_size_limit(LONGEST_LINE)


class TextLayout(NamedTuple):
    """How a text file is written: encoding, delimiter, the line of its header, and where each column stands."""

    encoding: str
    delimiter: str
    header: int
    places: Places


def recognised(sample: bytes, columns: TableColumns) -> TextLayout:
    """Return the first encoding and delimiter under which some row of `sample` names every required column."""
    for encoding, delimiter, rows in taken_apart(sample):
        with suppress(UnreadableTable):
            if (found := first_header(rows, columns, counted=True)) is not None:
                return TextLayout(encoding, delimiter, *found)
    raise columns.missing()


def taken_apart(sample: bytes) -> Iterator[tuple[str, str, Iterator[tuple[int, list[str]]]]]:
    """Yield every encoding and delimiter that a file may have, with the records that its beginning then holds."""
    marked = sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ENCODINGS:
        text = sample.decode(encoding, errors="replace")
        for delimiter in DELIMITERS:
            yield encoding, delimiter, records(io.StringIO(text, newline=""), delimiter)


def records_of(file: BinaryIO, layout: TextLayout) -> Iterator[tuple[int, list[str]]]:
    """Yield the records below the header, each with the physical line where it starts."""
    text = io.TextIOWrapper(file, layout.encoding, errors="replace", newline="")
    try:
        for line, cells in records(_lines(text), layout.delimiter):
            if line > layout.header:
                yield line, cells
    finally:
        text.detach()


def records(lines: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the physical line where it starts.

    Where a quotation mark is never closed, or only by one that opens another cell further down, the line in which
    it opens is a record as it stands, cut at the delimiters (its row will be refused), and reading goes on with the
    next line.
    """
    source = Replayed(iter(lines), delimiter)
    line = 1
    while True:
        try:
            for cells in csv.reader(source, delimiter=delimiter, strict=True):
                yield line, cells
                line += source.given
                source.begin()
        except (Overlong, csv.Error):
            alone = source.given == 1
            yield line, by_force(source.back_to_second(), delimiter, alone=alone)
            line += 1
        else:
            return


def closed_up(line: str, delimiter: str) -> str:
    """Return a line without the blanks that some programs write between a delimiter and a quotation mark.

    A mark that is written twice stands within a cell, and the blank before it belongs to the cell.
    """
    return _before_quotes(delimiter).sub(r'\1"', line) if ' "' in line else line


@cache
def _before_quotes(delimiter: str) -> re.Pattern[str]:
    between = re.escape(delimiter)
    return re.compile(rf'(^|{between}) +"(?!"(?!{between}|[\r\n]|$))')


def by_force(line: str, delimiter: str, *, alone: bool) -> list[str]:
    """Take a line apart whose quotation marks stand wrong; one that ends where it should is read leniently."""
    if alone:
        with suppress(csv.Error):
            return next(csv.reader([closed_up(line, delimiter)], delimiter=delimiter))
    return [*line.rstrip("\r\n").split(delimiter), CUT]


class Overlong(Exception):  # noqa: N818  (a turn in the road, not an error)
    """A record has more lines than any honest one."""


class Replayed:
    """Lines for a csv reader, of which those of the present record can be read once more."""

    def __init__(self, lines: Iterator[str], delimiter: str) -> None:
        self._lines, self._delimiter = lines, delimiter
        self._given: list[str] = []
        self._waiting: list[str] = []

    def __iter__(self) -> "Replayed":
        return self

    def __next__(self) -> str:
        if len(self._given) >= LONGEST_RECORD:
            raise Overlong
        try:
            line = self._waiting.pop() if self._waiting else next(self._lines)
        except StopIteration:
            if len(self._given) > 1:  # the file ends inside quotation marks
                raise Overlong from None
            raise
        self._given.append(line)
        return closed_up(line, self._delimiter)

    def left(self) -> list[str]:
        """Return the lines that were given back, the last one first: for whoever reads on elsewhere."""
        return self._waiting

    @property
    def given(self) -> int:
        """Lines of the present record."""
        return len(self._given)

    def begin(self) -> None:
        """Begin the next record."""
        self._given.clear()

    def back_to_second(self) -> str:
        """Return the first line of the present record; the others are given again."""
        first, *others = self._given
        self._waiting.extend(reversed(others))
        self._given.clear()
        return first


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Yield physical lines with their ends; refuse a file that has none."""
    waiting = ""
    while chunk := text.read(_CHARACTERS_AT_ONCE):
        *whole, waiting = io.StringIO(waiting + chunk, newline="")
        if len(waiting) > LONGEST_LINE:
            raise UnreadableTable(
                _("A line of the file is longer than a million characters: this is no table.")
            )
        yield from whole
    yield from io.StringIO(waiting, newline="")
