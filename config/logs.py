"""How a line of the log looks: who worked on what, where it went wrong, and nothing that anybody typed.

Numbers of people can be told by their look and are masked; names cannot. So no line repeats what came from outside: of
a fault it tells the kind and the place, never the message (drivers quote values); of what libraries say, the words that
stand in their own program. What our own modules say is written with ids and counts alone (tests/house/test_log_words.py
looks at every call). docs/decisions/0089 says why.
"""

import json
import linecache
import logging
import logging.config
import os
import re
import sys
import threading
import time
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import psycopg2
from gunicorn.glogging import Logger

from foundation.ledger import tracing
from households.identity.masking import masked_log

#: Whose messages are written with ids and counts alone.
OURS = frozenset({"alerts", "assistance", "config", "foundation", "households", "monitoring"})
WITHHELD = "…"
#: What a terminal or a reader of lines takes for something else than letters (ASVS 16.4.1).
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_TASK = re.compile(r"[a-z_]+(\.[a-z_]+){2,}")
_SAFE_KEYS = ("id", "name", "runtime")
#: A fault of a fault of a fault: enough to find the first one.
_FAULTS_MOST, _PLACES_MOST = 8, 40
_ROOT = Path(__file__).resolve().parent.parent


class _Withheld(str):
    """Stands for an argument that somebody may have typed; looks the same however it is written."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def words_of(record: logging.LogRecord) -> str:
    """Return what a record says, on one line, with nothing in it that came from outside."""
    if record.name.partition(".")[0] in OURS:
        said = record.getMessage()
    elif record.args:
        said = _filled(str(record.msg), record.args, trusted=record.name.startswith("celery"))
    else:
        said = str(record.msg) if _stands_in_the_program(record) else WITHHELD
    return masked_log(plain(said))


def plain(text: str) -> str:
    """Return text that stays on its line: what is no letter is written as its number."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def faults_of(record: logging.LogRecord) -> Iterator[dict[str, Any]]:
    """Yield the fault of a record and what caused it: kind, place, and of a database's the name of the constraint."""
    fault = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen and len(seen) < _FAULTS_MOST:
        seen.add(id(fault))
        kind = type(fault)
        told: dict[str, Any] = {"kind": f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")}
        if isinstance(fault, psycopg2.Error):
            told |= {"sqlstate": fault.pgcode, "constraint": fault.diag.constraint_name}
        frames = traceback.extract_tb(fault.__traceback__)[-_PLACES_MOST:]
        told["at"] = [f"{_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        yield told
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)


class MaskingFormatter(logging.Formatter):
    """Lines for people: one a record, what belongs to it indented below."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the whole text of a record, its fault included."""
        told = context() | {key: getattr(record, key, None) for key in ("status", "ms")}
        where = " ".join(f"{key}={value}" for key, value in told.items() if value not in (None, ""))
        record.message = f"{words_of(record)} {where}".rstrip()
        record.asctime = self.formatTime(record)
        lines = [self.formatMessage(record)]
        for fault in faults_of(record):
            named = [str(fault[key]) for key in ("kind", "sqlstate", "constraint") if fault.get(key)]
            lines += [f"    {' '.join(named)}", *(f"        {place}" for place in fault["at"])]
        lines += [f"        {plain(line.strip())}" for line in getattr(record, "trace", ())]
        return masked_log("\n".join(lines))


class JsonFormatter(logging.Formatter):
    """Lines for programs: one JSON object each."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as one JSON object; what is not known is left out."""
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        told: dict[str, Any] = {
            "time": f"{at}.{int(record.msecs):03d}Z",
            "level": record.levelname,
            "logger": record.name,
            "message": words_of(record),
            "process": os.environ.get("SHOUWANG_PROCESS", "command"),
            "pid": record.process,
            "at": f"{_place(record.pathname)}:{record.lineno}",
            **context(),
            **{key: getattr(record, key) for key in ("status", "ms", "trace") if hasattr(record, key)},
            "faults": list(faults_of(record)),
        }
        kept = {key: value for key, value in told.items() if value not in (None, "", [])}
        return masked_log(json.dumps(kept, ensure_ascii=False, default=lambda _other: WITHHELD))


def context() -> dict[str, Any]:
    """Return on whose behalf this thread works: ids, the name of a route, never an address."""
    told: dict[str, Any] = {"request": tracing.asked_in(), "job": tracing.job_id()}
    if now := tracing.doing.get():
        told |= {"route": now.route, "method": now.method, "user": now.user}
    return told


class GunicornLog(Logger):
    """The web server's own log goes where every other line goes, in the same form."""

    def setup(self, cfg: Any) -> None:
        """Take no handler of its own: the root has one."""
        from config.log_output import LOGGING  # noqa: PLC0415  (which names this module's formatters)

        logging.config.dictConfig(LOGGING)
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            log.handlers, log.propagate = [], True


def take_over_faults() -> None:
    """Have the log tell of faults that nobody caught, and of warnings, which Python would print word by word."""
    logging.captureWarnings(True)
    log = logging.getLogger("config.faults")

    def uncaught(kind: type[BaseException], fault: BaseException | None, trace: TracebackType | None) -> None:
        if fault is None or issubclass(kind, KeyboardInterrupt | SystemExit):
            return
        log.critical("a fault that nobody caught", exc_info=(kind, fault, trace))

    sys.excepthook = uncaught
    threading.excepthook = lambda told: uncaught(told.exc_type, told.exc_value, told.exc_traceback)
    sys.unraisablehook = lambda told: uncaught(told.exc_type, told.exc_value, told.exc_traceback)


def _filled(template: str, args: Any, *, trusted: bool) -> str:
    """Return a library's sentence with its numbers; of words only the names of our tasks."""
    kept: Any = tuple(_kept(each, trusted=trusted) for each in args)
    if isinstance(args, Mapping):
        kept = {key: value if key in _SAFE_KEYS else _Withheld(WITHHELD) for key, value in args.items()}
    try:
        return str(template % kept)
    except (TypeError, ValueError, KeyError):
        return template


def _kept(given: object, *, trusted: bool) -> object:
    if isinstance(given, int | float) or (trusted and isinstance(given, str) and _TASK.fullmatch(given)):
        return given
    return _Withheld(WITHHELD)


def _stands_in_the_program(record: logging.LogRecord) -> bool:
    """Say whether a whole message stands in the program near the call that logs it: then nobody typed it."""
    lines = linecache.getlines(record.pathname)[max(record.lineno - 4, 0) : record.lineno + 4]
    said = str(record.msg)
    return len(said) > 3 and any(f"{quote}{said}{quote}" in line for line in lines for quote in "'\"")


def _place(path: str) -> str:
    """Return a path as seen from the house, or from the packages."""
    found = path.partition("site-packages/")[2]
    return found or path.removeprefix(f"{_ROOT}/")
