"""A folder in memory for what is thrown away: a test's database is some two thousand files, made and removed again.

On a disk without a journal the kernel passes over every file that was just removed, for each new one: a copy of the
tests' database then costs more than a second of the processor, and in memory a twentieth.
"""

import os
import shutil
from pathlib import Path

#: Linux keeps what lies here in memory; a container often has only 64 MB of it.
IN_MEMORY = Path("/dev/shm")  # noqa: S108  (made by `tempfile`, for its owner alone)
#: What the servers of the tests may grow to, with room to spare, and what the tests and a browser need beside them.
NEEDED_MB = 6 * 1024
NEEDED_BESIDE_MB = 6 * 1024


def folder_in_memory(place: Path = IN_MEMORY, meminfo: Path = Path("/proc/meminfo")) -> str | None:
    """Return the folder in memory where there is plenty of both, else None: the usual one for temporary files.

    Who names a folder for temporary files (TMPDIR) is obeyed.
    """
    if os.environ.get("TMPDIR"):
        return None
    try:
        room = shutil.disk_usage(place).free // 2**20
        lines = dict(line.split(":", 1) for line in meminfo.read_text().splitlines())
        available = int(lines["MemAvailable"].split()[0]) // 2**10
    except (OSError, KeyError, ValueError):
        return None
    enough = room >= NEEDED_MB and min(available, _allowed_mb()) >= NEEDED_MB + NEEDED_BESIDE_MB
    return str(place) if enough and os.access(place, os.W_OK) else None


def _allowed_mb(limit: Path = Path("/sys/fs/cgroup/memory.max")) -> int:
    """Return how much memory this container may use; a machine without such a limit has no bound of that kind."""
    try:
        return int(limit.read_text()) // 2**20
    except (OSError, ValueError):
        return 2**40
