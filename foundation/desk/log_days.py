"""The log by days: files of our own beside the stream, kept at least six months (网络安全法 第二十一条, safety.md L14).

One file for each kind of process and day (UTC), one JSON object a line, for the owner of the data folder alone. No file
is ever renamed: each line goes where its own day says, in one write to the end of the file, so that many processes may
write to it at once. Nothing here asks Django or the database: the web server writes before either is there.
"""

import datetime
import logging
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

#: What the law asks at least (六个月: 31 + 31 + 30 + 31 + 30 + 31), and what is kept unless somebody says otherwise.
LEAST_DAYS, USUAL_DAYS = 184, 190
_NAME = re.compile(r"[a-z_]+-(\d{4}-\d{2}-\d{2})\.jsonl")
_NOT_KEPT = "The log by days cannot be written to {folder}: {kind}. Lines go to the stream alone.\n"


def days_to_keep(asked: str) -> int:
    """Return for how many days lines are kept; fewer than the law asks are refused (ValueError)."""
    if not asked:
        return USUAL_DAYS
    if not (asked.isascii() and asked.isdecimal() and LEAST_DAYS <= int(asked) <= 36500):
        raise ValueError(
            f"SHOUWANG_LOG_DAYS is {asked!r}; it must be a number of days, {LEAST_DAYS} at least."
        )
    return int(asked)


class DailyLog(logging.Handler):
    """Writes each line into the file of its day. What cannot be written stops nobody, and repeats nobody's words."""

    def __init__(self, folder: str, process: str) -> None:
        """Remember where; the first line opens the file."""
        super().__init__()
        self._folder, self._process = Path(folder), process
        self._day, self._file, self._told = "", -1, False

    def emit(self, record: logging.LogRecord) -> None:
        """Append one line, whole."""
        try:
            line = self.format(record).encode("utf-8", "backslashreplace") + b"\n"
            os.write(self._opened(record), line)
            self._told = False
        except Exception as fault:  # whatever it is: the work goes on, and the stream has the line
            self._tell(fault)

    def close(self) -> None:
        """Let the file go."""
        self._let_go()
        super().close()

    def _opened(self, record: logging.LogRecord) -> int:
        """Return the file of the day of a record, opened when the day begins."""
        day = datetime.datetime.fromtimestamp(record.created, datetime.UTC).date().isoformat()
        if day != self._day or self._file < 0:
            self._let_go()
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self._folder / f"{self._process}-{day}.jsonl"
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
            self._day = day
        return self._file

    def _let_go(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _tell(self, fault: Exception) -> None:
        """Say once that lines are not kept. Not logging's own report, which prints the record word by word."""
        if not self._told and sys.__stderr__ is not None:
            sys.__stderr__.write(_NOT_KEPT.format(folder=self._folder, kind=type(fault).__name__))
        self._told = True


@dataclass(frozen=True, slots=True)
class Kept:
    """One file that is kept: its day, its size, and when its last line was written (seconds since 1970)."""

    path: Path
    day: datetime.date
    size: int
    written: float


def kept(folder: Path) -> Iterator[Kept]:
    """Yield the files that are kept, the oldest first; what is not ours is left alone."""
    for path in sorted(folder.glob("*.jsonl"), key=lambda each: each.name[-16:]):
        if not (named := _NAME.fullmatch(path.name)):
            continue
        try:
            day, stands = datetime.date.fromisoformat(named[1]), path.stat()
        except (ValueError, OSError):  # no such day, or taken away in this moment
            continue
        yield Kept(path, day, stands.st_size, stands.st_mtime)


def forget_old(folder: Path, days: int, today: datetime.date) -> int:
    """Take away the files older than `days`, never those that the law asks for; returns how many there were."""
    oldest = today - datetime.timedelta(days=max(days, LEAST_DAYS))
    old = [each.path for each in kept(folder) if each.day < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
