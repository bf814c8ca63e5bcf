"""Workbooks (XLSX, XLS) as records: taken apart by a bounded process of its own."""

import csv
import io
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from django.utils.translation import gettext as _

from foundation.tables.columns import UnreadableTable

_PROCESS = Path(__file__).with_name("workbook_process.py")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
#: What the parts of a workbook may unpack to.
LARGEST_UNPACKED = 3 * 1024**3
_PIECE = 1 << 20
#: Sheet, row and cells.
Record = tuple[str, int, list[str]]


def is_workbook(file: BinaryIO) -> bool:
    """Say by its content whether a file is a workbook; leaves it at its beginning."""
    head = file.read(8)
    file.seek(0)
    if head.startswith(_OLE):
        return True
    if not head.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return False
    finally:
        file.seek(0)
    return bool(names & {"[Content_Types].xml", "content.xml"})


def is_packed(head: bytes) -> bool:
    """Say by its first bytes whether a file inside an archive is a workbook (or an archive of its own)."""
    return head.startswith((_OLE, _ZIP))


@contextmanager
def opened(file: BinaryIO) -> Iterator[tuple[int, Iterator[Record]]]:
    """Take a workbook apart: yields the number of its rows and the rows of its visible sheets."""
    _check_size(file)
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", str(_PROCESS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        close_fds=True,
    ) as process:
        feeder = threading.Thread(target=_feed, args=(file, process.stdin), daemon=True)
        feeder.start()
        try:
            answer = csv.reader(_text(process.stdout))
            word, *counts = next(answer, ["broken"])
            if word == "refused":
                raise UnreadableTable(
                    _("The workbook is damaged or locked with a password: save it anew as XLSX.")
                )
            if word != "rows":
                raise _too_large()
            yield int(counts[0]), _records(process, answer)
        finally:
            process.kill()
            feeder.join()


def _records(process: "subprocess.Popen[bytes]", answer: Iterator[list[str]]) -> Iterator[Record]:
    """Yield the rows; refuse the workbook where its process came to an early end."""
    for sheet, row, *cells in answer:
        yield sheet, int(row), cells
    if process.wait() != 0:
        raise _too_large()


def _text(stream: IO[bytes] | None) -> io.TextIOWrapper:
    assert stream is not None  # noqa: S101  (asked for above)
    return io.TextIOWrapper(stream, "utf-8", newline="")


def _too_large() -> UnreadableTable:
    return UnreadableTable(_("The workbook is too large to be read at once: save it as CSV and send that."))


def _feed(file: BinaryIO, sink: IO[bytes] | None) -> None:
    """Give the process its workbook; one that refuses early does not read to the end."""
    assert sink is not None  # noqa: S101  (asked for above)
    try:
        with sink:
            while piece := file.read(_PIECE):
                sink.write(piece)
    except (BrokenPipeError, ValueError):
        pass


def _check_size(file: BinaryIO) -> None:
    """Refuse an archive that unpacks to more than any workbook needs (a zip bomb)."""
    if not zipfile.is_zipfile(file):
        file.seek(0)
        return
    with zipfile.ZipFile(file) as archive:
        if sum(member.file_size for member in archive.infolist()) > LARGEST_UNPACKED:
            raise _too_large()
    file.seek(0)
