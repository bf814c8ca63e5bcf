"""Workbooks (XLSX, XLS) as records: taken apart by a bounded process of its own."""

import csv
import io
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from django.utils.translation import gettext as _

from foundation.tables import archives
from foundation.tables.columns import UnreadableTable

_PROCESS = Path(__file__).with_name("workbook_process.py")
_PIECE = 1 << 20
#: Sheet, row and cells.
Record = tuple[str, int, list[str]]


@contextmanager
def opened(file: BinaryIO, *, head: int | None = None) -> Iterator[tuple[int, Iterator[Record]]]:
    """Take a workbook apart: yields the number of its rows and the rows of its visible sheets.

    `head`: no more rows of each sheet than that.
    """
    _check_size(file)
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", str(_PROCESS), *([str(head)] if head else [])],
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
                raise _damaged()
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
    try:
        if archives.bursts(file):
            raise _too_large()
    except archives.BROKEN as broken:
        raise _damaged() from broken
    file.seek(0)


def _damaged() -> UnreadableTable:
    return UnreadableTable(_("The workbook is damaged or locked with a password: save it anew as XLSX."))
