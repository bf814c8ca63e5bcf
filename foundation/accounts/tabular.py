"""Text tables as people send them (datasets.md section 1): encoding, delimiter, title and total rows, lines.

    with TextTable(file, required=("行政区划代码", "名称")) as table:
        for line, (code, name) in table: ...

Reads as a stream: memory stays the same whatever the size. What cannot be read at all is `Refused`.
"""

import codecs
import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from django.utils.translation import gettext as _

from foundation.accounts.refusals import Refused
from foundation.tables import archives

#: Tried in this order where no byte order mark says it; the right one is that in which the header can be read.
ENCODINGS = ("utf-8-sig", "gb18030", "utf-16-le", "utf-16-be")
DELIMITERS = (",", "\t", ";", "|")
TITLE_ROWS = 20
TOTALS = frozenset({"合计", "总计", "小计", "共计"})
#: Stands where bytes of the file are no characters of its encoding.
UNREADABLE = "\ufffd"
_SAMPLE_BYTES = 64 * 1024
_LONGEST_RECORD = 50  # lines; a longer one is a quotation mark that nobody closed
_LARGEST_UNPACKED = 4 * 1024**3


class Row(NamedTuple):
    """One record: where it starts, the cells of the required columns in their order, and all its cells."""

    line: int
    values: tuple[str, ...]
    cells: list[str]
    #: Whether there are filled cells to the right of the last column.
    overlong: bool


class _Layout(NamedTuple):
    """How a file is written: encoding, delimiter, the lines above its data, and where each column stands."""

    encoding: str
    delimiter: str
    skip: int
    places: tuple[int, ...]
    width: int


def plain(cell: str) -> str:
    """Return a header cell or a code without blanks, marks and full-width forms."""
    if cell.isascii() and cell.isalnum():
        return cell
    kept = unicodedata.normalize("NFKC", cell)
    return "".join(c for c in kept if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf"))


def tidy(cell: str) -> str:
    """Return a cell of running text without line breaks, invisible marks and needless blanks."""
    if cell.isprintable() and "  " not in cell:
        return cell.strip()
    joined = cell.replace("\r", "").replace("\n", "")
    visible = (c for c in joined if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf"))
    return " ".join("".join(visible).split())


class TextTable:
    """The rows of one CSV or TSV file, alone or zipped, below a header that names every required column."""

    def __init__(self, file: BinaryIO, *, required: Sequence[str]) -> None:
        """Find out how `file` is written; refuse what has no such header among its first rows."""
        self.size = _size(file)
        self.file = file
        self._bytes = unpacked(file)
        self._required = tuple(required)
        self._layout = self._recognised()
        self._text: io.TextIOWrapper | None = None

    def __enter__(self) -> Self:
        """Begin at the first byte."""
        self._bytes.seek(0)
        self._text = io.TextIOWrapper(
            self._bytes,
            self._layout.encoding,
            errors="replace",
            newline="",
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the file open for its owner."""
        if self._text is not None:
            self._text.detach()

    @property
    def position(self) -> int:
        """Bytes of the file read so far, of `size`."""
        return self.file.tell()

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows below the header; blank rows and total rows are none."""
        layout = self._layout
        for line, cells in _records(self._text or (), layout.delimiter):
            if line <= layout.skip:
                continue
            first = next((cell for cell in cells if cell and not cell.isspace()), None)
            if first is None:
                continue
            values = tuple(cells[place] if place < len(cells) else "" for place in layout.places)
            if plain(first) in TOTALS and not any(c.isdigit() for c in values[0]):
                continue
            overlong = len(cells) > layout.width and any(map(str.strip, cells[layout.width :]))
            yield Row(line, values, cells, overlong)

    def _recognised(self) -> _Layout:
        """Return the first encoding and delimiter under which some row names every required column."""
        sample = self._bytes.read(_SAMPLE_BYTES)
        marked = sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        for encoding in ("utf-16",) if marked else ENCODINGS:
            text = sample.decode(encoding, errors="replace")
            for delimiter in DELIMITERS:
                layout = self._header(text, encoding, delimiter)
                if layout is not None:
                    return layout
        raise Refused(
            _("No row at the head of the file names the columns %(columns)s: check the first line.")
            % {"columns": "、".join(self._required)}
        )

    def _header(self, text: str, encoding: str, delimiter: str) -> _Layout | None:
        filled = 0
        try:
            for line, cells in _records(io.StringIO(text, newline=""), delimiter):
                names = [plain(cell) for cell in cells]
                if all(name in names for name in self._required):
                    places = tuple(names.index(name) for name in self._required)
                    return _Layout(encoding, delimiter, line, places, len(names))
                filled += any(names)
                if filled > TITLE_ROWS:
                    break
        except Refused:
            pass
        return None


def unpacked(file: BinaryIO) -> BinaryIO:
    """Return the bytes of the table: the file itself, or the one file in its zip archive."""
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        file.seek(0)
        return file
    try:
        archive = zipfile.ZipFile(file)
        members = [member for member in archive.infolist() if not archives.is_beside(member)]
        if any(member.filename == "[Content_Types].xml" for member in members):
            raise Refused(_("This is a workbook: save it as CSV and send that."))
        if len(members) != 1:
            raise Refused(_("The zip archive must hold exactly one file; it holds %d.") % len(members))
        if members[0].file_size > _LARGEST_UNPACKED:
            raise Refused(_("The file in the archive is too large: send it in parts."))
        return archive.open(members[0])  # type: ignore[return-value]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as broken:
        raise Refused(
            _("The zip archive is damaged or locked with a password: send the file itself.")
        ) from broken


def _records(
    text: Iterator[str] | Sequence[str] | io.TextIOBase, delimiter: str
) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the physical line where it starts."""
    reader = csv.reader(text, delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            if reader.line_num - line > _LONGEST_RECORD:
                break
            yield line, cells
            line = reader.line_num + 1
        else:
            return
    except csv.Error:
        pass
    raise Refused(_("A quotation mark opens in line %d and is never closed: correct that line.") % line)


def _size(file: BinaryIO) -> int:
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    return size
