"""Text files as runs of plain lines, which need no taking apart in Python, and odd records, which do.

A line without quotation marks, unreadable or control characters is a record by itself: whole megabytes of them go on
as they are. Only records with a quotation mark are read by Python's csv module, wherever they stand.
"""

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from foundation.tables.columns import CUT, UNREADABLE, UnreadableTable
from foundation.tables.text import LONGEST_LINE, Overlong, Replayed, TextLayout, by_force

_BYTES_AT_ONCE = 1 << 20
#: As text.py calls it: such a file is looked through and not written anew.
_UTF_8 = "utf-8-sig"
#: What makes a line odd; the last one stands between fields where DuckDB reads lines.
_ODD = ('"', "\0", UNREADABLE, CUT, "\x01")
_ODD_BYTES = tuple(character.encode() for character in _ODD)


class Plain(NamedTuple):
    """Whole lines in UTF-8, each with one line feed at its end, and how many they are."""

    text: bytes
    lines: int


class Odd(NamedTuple):
    """One record taken apart: the physical line where it starts, its cells, and the lines that it fills."""

    line: int
    cells: list[str]
    lines: int


class Lines:
    """The lines of a text file below its header. `line` is the number of the next one."""

    def __init__(self, file: BinaryIO, layout: TextLayout) -> None:
        """Read from the present place of `file`, its beginning."""
        self.line = 1
        self._layout = layout
        self._pieces = _whole_lines(file, layout.encoding)
        self._waiting: deque[str] = deque()

    def __iter__(self) -> Iterator[Plain | Odd]:
        """Yield everything below the header, in order."""
        while True:
            if not self._waiting:
                piece = next(self._pieces, None)
                if piece is None:
                    return
                if self.line > self._layout.header and _is_plain(piece):
                    yield self._counted(_with_line_feeds(piece))
                    continue
                self._waiting.extend(_split(piece))
            yield from self._waiting_ones()

    def _waiting_ones(self) -> Iterator[Plain | Odd]:
        """Yield what the present piece holds: runs of plain lines, and the odd records between them."""
        run: list[str] = []
        while self._waiting:
            if self.line + len(run) > self._layout.header and not _is_odd(self._waiting[0]):
                run.append(self._waiting.popleft().rstrip("\r\n"))
                continue
            if run:
                yield self._counted("".join(f"{line}\n" for line in run).encode())
                run = []
            record = self._record()
            if record.line > self._layout.header:
                yield record
        if run:
            yield self._counted("".join(f"{line}\n" for line in run).encode())

    def _counted(self, text: bytes) -> Plain:
        lines = text.count(b"\n")
        self.line += lines
        return Plain(text, lines)

    def _record(self) -> Odd:
        """Take one record apart; a quotation mark that nobody closed costs the line in which it stands."""
        source = Replayed(iter(self._next_line, None), self._layout.delimiter)
        try:
            cells = next(csv.reader(source, delimiter=self._layout.delimiter, strict=True))
            record = Odd(self.line, cells, source.given)
        except (Overlong, csv.Error):
            alone = source.given == 1
            cells = by_force(source.back_to_second(), self._layout.delimiter, alone=alone)
            self._waiting.extendleft(source.left())
            record = Odd(self.line, cells, 1)
        self.line += record.lines
        return record

    def _next_line(self) -> str | None:
        if not self._waiting:
            piece = next(self._pieces, None)
            if piece is None:
                return None
            self._waiting.extend(_split(piece))
        return self._waiting.popleft()


def _whole_lines(file: BinaryIO, encoding: str) -> Iterator[bytes]:
    """Yield a file in UTF-8, cut behind line feeds; bytes that are no characters become UNREADABLE."""
    if encoding == _UTF_8:
        yield from map(_repaired, _cut(_without_mark(file)))
    else:
        yield from _cut(_in_utf8(file, encoding))


def _cut(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes, cut behind line feeds."""
    waiting = b""
    for piece in pieces:
        end = piece.rfind(b"\n") + 1
        if end:
            yield waiting + piece[:end]
            waiting = piece[end:]
        else:
            waiting += piece
        if len(waiting) > 4 * LONGEST_LINE or (
            len(waiting) > LONGEST_LINE and len(waiting.decode(errors="replace")) > LONGEST_LINE
        ):
            raise UnreadableTable(
                _("A line of the file is longer than a million characters: this is no table.")
            )
    if waiting:
        yield waiting


def _without_mark(file: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes of a file behind its byte order mark."""
    first = file.read(_BYTES_AT_ONCE).removeprefix(codecs.BOM_UTF8)
    yield first
    while piece := file.read(_BYTES_AT_ONCE):
        yield piece


def _repaired(lines: bytes) -> bytes:
    """Return whole lines as they are, or with UNREADABLE for what is not UTF-8 in them."""
    try:
        lines.decode()
    except UnicodeDecodeError:
        return lines.decode(errors="replace").encode()
    return lines


def _in_utf8(file: BinaryIO, encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    while piece := file.read(_BYTES_AT_ONCE):
        if text := decoder.decode(piece):
            yield text.encode("utf-8", "replace")
    if text := decoder.decode(b"", final=True):
        yield text.encode("utf-8", "replace")


def _is_plain(piece: bytes) -> bool:
    # Sought by one byte first: that is ten times as fast as seeking three.
    return not any(character[:1] in piece and character in piece for character in _ODD_BYTES) and (
        b"\r" not in piece or piece.count(b"\r") == piece.count(b"\r\n")
    )


def _with_line_feeds(piece: bytes) -> bytes:
    whole = piece.replace(b"\r\n", b"\n") if b"\r" in piece else piece
    return whole if whole.endswith(b"\n") else whole + b"\n"


def _split(piece: bytes) -> Iterator[str]:
    return iter(io.StringIO(piece.decode(), newline=""))


def _is_odd(line: str) -> bool:
    return any(character in line for character in _ODD)
