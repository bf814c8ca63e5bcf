"""What watchers are told of the installation: its parts, connections, room on disks, the last backup, the log."""

import datetime
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from prometheus_client.core import Metric

from foundation.accounts.gauges import moment, one, table
from foundation.desk import log_days, readiness

#: Written by ./run backup when both files are whole (launch/backup.py).
BACKUP_RECORD = "run/backup.json"


def parts() -> Iterator[Metric]:
    """Yield for each part that /readyz/ asks whether it answers (1) or not (0)."""
    missing = readiness.missing()
    yield table(
        "shouwang_part_up",
        "Whether a part of the installation answers, as /readyz/ says.",
        ["part"],
        {(part,): float(part not in missing) for part in readiness.parts()},
    )


def database() -> Iterator[Metric]:
    """Yield connections to the database by state, how many there may be, and its size."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(state, 'hidden'), count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() GROUP BY 1"
        )
        states = {(str(state),): float(count) for state, count in cursor.fetchall()}
        cursor.execute("SELECT current_setting('max_connections')::int, pg_database_size(current_database())")
        most, size = cursor.fetchone()
    yield table("shouwang_database_connections", "Connections to the database, by state.", ["state"], states)
    yield one("shouwang_database_connections_limit", "How many connections the database server takes.", most)
    yield one("shouwang_database_size_bytes", "Size of the database.", size)


def disks() -> Iterator[Metric]:
    """Yield the room of the disks on which data, files and archive lie."""
    places = {"data": settings.VAR, "files": settings.FILES_FOLDER, "archive": settings.ARCHIVE_FOLDER}
    usage = {(name,): shutil.disk_usage(_standing(Path(place))) for name, place in places.items()}
    yield table(
        "shouwang_disk_free_bytes",
        "Free room where data, files and archive lie.",
        ["place"],
        {key: float(each.free) for key, each in usage.items()},
    )
    yield table(
        "shouwang_disk_size_bytes",
        "Size of the disk where data, files and archive lie.",
        ["place"],
        {key: float(each.total) for key, each in usage.items()},
    )


def backup() -> Iterator[Metric]:
    """Yield when the last backup of this data folder was whole, and its size; nothing where there was none."""
    path = Path(settings.VAR) / BACKUP_RECORD
    told = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    made = datetime.datetime.fromisoformat(told["made"]) if told else None
    yield moment("shouwang_backup_last_success_timestamp_seconds", "When the last backup was whole.", made)
    if told:
        yield one("shouwang_backup_last_success_size_bytes", "Size of the last backup.", told["bytes"])


def log() -> Iterator[Metric]:
    """Yield the oldest day of the log that is kept, how many days there are, and when the last line was written."""
    files = list(log_days.kept(Path(settings.LOG_DAYS_FOLDER)))
    days = sorted({each.day for each in files})
    oldest = datetime.datetime.combine(days[0], datetime.time(), datetime.UTC) if days else None
    last = max((each.written for each in files), default=None)
    yield moment(
        "shouwang_log_oldest_day_timestamp_seconds", "The oldest day of the log that is kept.", oldest
    )
    yield one("shouwang_log_days", "Of how many days lines are kept.", len(days))
    yield moment(
        "shouwang_log_last_line_timestamp_seconds",
        "When the last line was written to the log by days.",
        None if last is None else datetime.datetime.fromtimestamp(last, datetime.UTC),
    )


def _standing(place: Path) -> Path:
    """Return the place, or the nearest folder above it that exists already."""
    return next(each for each in (place, *place.parents) if each.exists())
