"""What watchers read at /metrics/: counts of the web processes, and how things stand, asked for at that moment.

The door is a token of the installation: a file among the keys that `./run manage metrics_token` makes. Without the file
there is nothing here. Addresses say nothing of who asks: behind a proxy everybody comes from the proxy.
"""

import logging
import os
import secrets
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import Metric
from prometheus_client.multiprocess import MultiProcessCollector

from foundation.accounts.composition import parts
from foundation.accounts.counting import COUNTED
from foundation.accounts.gauges import Gauges, table

log = logging.getLogger(__name__)
_FILE = "metrics_token"
#: A question that takes longer is left out of the answer.
_STATEMENT_MS = 5000
#: Watchers that ask more often get the same answer again: counting is not free.
_SECONDS = 10


def token() -> str:
    """Return the token that watchers show, "" where none was made."""
    path = _path()
    return path.read_text(encoding="ascii").strip() if path.exists() else ""


def make_token() -> str:
    """Return the token, made now where there was none; readable by its owner alone."""
    if not token():
        path = _path()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
    return token()


def may_read(request: HttpRequest) -> bool:
    """Say whether a request shows the token (Authorization: Bearer …)."""
    kind, _, shown = request.headers.get("Authorization", "").partition(" ")
    return kind == "Bearer" and bool(token()) and constant_time_compare(shown.strip(), token())


def exposition() -> bytes:
    """Return everything in the text format of Prometheus."""
    registry = CollectorRegistry(auto_describe=False)
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)
    counts = generate_latest(registry if os.environ.get("PROMETHEUS_MULTIPROC_DIR") else COUNTED)
    return counts + _STANDING.read()


class Standing:
    """How things stand, asked at most every few seconds; to the registry of Prometheus it is a collector."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._lock, self._read, self._at = threading.Lock(), b"", 0.0

    def read(self) -> bytes:
        """Return what every storey answers, in the text format."""
        with self._lock:
            if not self._read or time.monotonic() - self._at > _SECONDS:
                registry = CollectorRegistry(auto_describe=False)
                registry.register(self)
                self._read, self._at = generate_latest(registry), time.monotonic()
            return self._read

    def forget(self) -> None:
        """Ask anew the next time."""
        self._read = b""

    def collect(self) -> Iterator[Metric]:
        """Yield every answer; a subject that cannot be asked is told of, and does not silence the others."""
        answered: dict[tuple[str, ...], float] = {}
        for gauges in parts("GAUGES"):
            name = f"{gauges.__module__}.{gauges.__name__}"
            try:
                told = _asked(gauges)
            except Exception as fault:  # whatever is wrong with one subject, the others are told
                log.warning("%s could not be asked (%s)", name, type(fault).__name__)
                answered[(name,)] = 0
            else:
                answered[(name,)] = 1
                yield from told
        yield table(
            "shouwang_gauge_up",
            "Whether a subject could be asked; where not, its numbers are missing.",
            ["subject"],
            answered,
        )


def _asked(gauges: Gauges) -> list[Metric]:
    """Ask one subject, in a transaction of its own that may not take long."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(_STATEMENT_MS)])
            return list(gauges())
    except DatabaseError:
        connection.close_if_unusable_or_obsolete()
        raise


def _path() -> Path:
    return Path(settings.KEYS_DIR) / _FILE


_STANDING = Standing()
