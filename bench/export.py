"""A list as a workbook: streamed and sealed, as the platform does it, and built in memory with openpyxl.

    SHOUWANG_… DATABASE_URL=… REDIS_URL=… python bench/export.py [--scale small|full]

Needs a database of its own that prepare_database has prepared; it leaves proposed postings there. Every run has a
process of its own, so that its peak of memory is its own too.
"""

import argparse
import datetime
import io
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

# In the place of this folder, whose queue.py would hide the module of the library.
sys.path[0] = str(Path(__file__).resolve().parent.parent)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

import openpyxl  # noqa: E402
from django.utils import translation  # noqa: E402

from foundation.accounts.models import Area, Posting, User  # noqa: E402
from foundation.accounts.roles import Role  # noqa: E402
from foundation.desk import exports  # noqa: E402
from foundation.desk.exports import Wanted  # noqa: E402
from foundation.desk.models import GrantProposal  # noqa: E402

ROWS = {"small": 4_000, "full": 100_000}
ROUNDS = 3
LIMIT = 1.0
AREA, READER = "999977", "bench_reader"
DAY = datetime.date(2026, 11, 4)


def prepare(rows: int) -> None:
    """Let there be a county with `rows` proposed postings, and somebody who may read them."""
    area, _made = Area.objects.get_or_create(code=AREA, defaults={"name": "量测县", "level": 6})
    reader, made = User.objects.get_or_create(username=READER, defaults={"name": "量测员"})
    if made:
        Posting.objects.create(user=reader, role=Role.COUNTY_DISPATCHER, area=area, from_day=DAY)
    there = GrantProposal.objects.filter(area=area).count()
    for first in range(there, rows, 5_000):
        GrantProposal.objects.bulk_create(
            GrantProposal(
                user=reader, role="helper", area=area, from_day=DAY, state="proposed", proposed_by=reader
            )
            for _row in range(first, min(first + 5_000, rows))
        )


def chosen(rows: int) -> tuple[Wanted, exports.List, User]:
    """The list that both write: the page of proposals, cut to `rows`."""
    reader, wanted = User.objects.get(username=READER), Wanted("/grants/", "", "", "xlsx")
    whole = exports.select(wanted, by=reader)
    whole.selection.rows.query.set_limits(high=rows)
    return wanted, whole, reader


def ours(rows: int) -> int:
    """Rows through a cursor of the server into a sealed workbook on the disk."""
    wanted, whole, reader = chosen(rows)
    draft, count = exports.write(wanted, whole, by=reader)
    draft.discard()
    return count


def baseline(rows: int) -> int:
    """All rows in a list, all cells in a workbook, all bytes in memory."""
    _wanted, whole, _reader = chosen(rows)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([str(column.label) for column in whole.selection.table.columns])
    records = list(whole.selection.rows)
    for record in records:
        sheet.append([plain(cell.value) for cell in whole.selection.table.cells(record)])
    book.save(io.BytesIO())
    return len(records)


def plain(value: object) -> object:
    """What openpyxl takes: days as they are, everything else in words."""
    if value is None or isinstance(value, datetime.date | int):
        return value
    return str(getattr(value, "label", value))


def run_one(which: str, rows: int) -> None:
    """Run one of the two in this process and print its seconds and its peak."""
    chosen(rows)  # the routes are read once in the life of a process
    began = time.monotonic()
    with translation.override("zh-hans"):
        count = {"ours": ours, "baseline": baseline}[which](rows)
    assert count == rows, (count, rows)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": time.monotonic() - began, "peak_mb": peak}))


def measured(which: str, rows: int) -> dict[str, float]:
    """Run one of the two in a process of its own."""
    command = [sys.executable, __file__, "--one", which, "--rows", str(rows)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Run both in turn, and print a table and one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", choices=ROWS, default="full")
    parser.add_argument("--one", choices=("ours", "baseline"))
    parser.add_argument("--rows", type=int)
    asked = parser.parse_args()
    if asked.one:
        return run_one(asked.one, asked.rows)
    rows = ROWS[asked.scale]
    prepare(rows)
    taken: dict[str, list[dict[str, float]]] = {"ours": [], "baseline": []}
    for number in range(ROUNDS):
        for which, runs in taken.items():
            runs.append(measured(which, rows))
            print(f"round {number + 1} {which:<9} {runs[-1]['seconds']:7.2f} s {runs[-1]['peak_mb']:6.0f} MB")
    best = {which: min(run["seconds"] for run in runs) for which, runs in taken.items()}
    peaks = {which: max(run["peak_mb"] for run in runs) for which, runs in taken.items()}
    result = {
        "bench": "export",
        "scale": asked.scale,
        "ours_s": round(best["ours"], 3),
        "baseline_s": round(best["baseline"], 3),
        "ratio": round(best["ours"] / best["baseline"], 2),
        "limit": LIMIT,
        "peak_mb": int(peaks["ours"]),
        "baseline_peak_mb": int(peaks["baseline"]),
    }
    print(json.dumps(result))
    return None


if __name__ == "__main__":
    main()
