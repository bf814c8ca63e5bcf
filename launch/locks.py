"""File locks that the kernel releases when their process ends, however it ends."""

import fcntl
from pathlib import Path
from types import TracebackType


class Lock:
    """A flock on a file; never inherited by child processes."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = path.open("a")

    def shared(self) -> None:
        """Wait for a place among the readers."""
        fcntl.flock(self._file, fcntl.LOCK_SH)

    def exclusive(self) -> None:
        """Wait until nobody else holds the lock."""
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def try_exclusive(self) -> bool:
        """Take the lock alone if nobody else holds it."""
        return self._try(fcntl.LOCK_EX)

    def try_shared(self) -> bool:
        """Take a place among the readers if nobody holds the lock alone."""
        return self._try(fcntl.LOCK_SH)

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self._file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        """Let go."""
        self._file.close()

    def __enter__(self) -> "Lock":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def is_held(path: Path) -> bool:
    """Whether some process holds the lock alone."""
    if not path.exists():
        return False
    with Lock(path) as lock:
        return not lock.try_shared()
