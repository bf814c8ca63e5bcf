"""How far long work has come: a call-back that stage functions take and never need to know more about."""

import sys
import time
from collections.abc import Callable
from typing import TextIO

#: Called with the work done and the whole work, in any unit that grows steadily (bytes, rows).
Progress = Callable[[int, int], None]


def unseen(done: int, total: int) -> None:
    """Report to nobody."""


class TerminalBar:
    """One line on a terminal that shows the share done; silent where standard error is no terminal."""

    WIDTH = 30
    SECONDS_BETWEEN = 0.1

    def __init__(self, stream: TextIO | None = None) -> None:
        """Write to `stream` (default: standard error)."""
        self.stream = stream or sys.stderr
        self._shown_at = 0.0

    def __call__(self, done: int, total: int) -> None:
        """Draw the bar anew, at most ten times a second and always at the end."""
        now = time.monotonic()
        if not self.stream.isatty() or (done < total and now - self._shown_at < self.SECONDS_BETWEEN):
            return
        self._shown_at = now
        share = min(done / total, 1.0) if total else 1.0
        filled = round(self.WIDTH * share)
        bar = "█" * filled + "░" * (self.WIDTH - filled)
        self.stream.write(f"\r{bar} {share:4.0%} ")
        self.stream.flush()

    def close(self) -> None:
        """Leave the line, so that what is printed next begins on its own."""
        if self._shown_at:
            self.stream.write("\n")
            self.stream.flush()
