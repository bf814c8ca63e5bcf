"""Signals become alerts set-wise, beside a bare COPY of as many rows into a table without an index.

    SHOUWANG_… DATABASE_URL=… REDIS_URL=… python bench/raising.py [--scale small|full]

Needs a database of its own that prepare_database has prepared; everything is rolled back. Each round takes up the same
findings once: opened alerts with history, ledger entries, causes and priorities, against the mere writing of rows.
"""

import argparse
import datetime
import json
import os
import resource
import sys
import time
from pathlib import Path

# In the place of this folder, whose queue.py would hide the module of the library.
sys.path[0] = str(Path(__file__).resolve().parent.parent)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

from django.db import connection, transaction  # noqa: E402

from alerts.models import Alert  # noqa: E402
from alerts.raising import after_comparison  # noqa: E402
from foundation.accounts.models import Area, User  # noqa: E402
from foundation.tables.copying import copy_into  # noqa: E402
from households.models import Household, Resident, Revision  # noqa: E402
from monitoring.models import Finding, Run  # noqa: E402

SIGNALS = {"small": 5_000, "full": 100_000}
ROUNDS = 3
LIMIT = 400.0
COUNTY, VILLAGE = "999978", "999978001001"
STANDARDS = ("medical_single_stay", "medical_self_paid_year")
DAY = datetime.date(2026, 11, 4)


def prepare(signals: int) -> Run:
    """Make a village of households of one member, each found by two standards in one run."""
    by = User.objects.built_in("system")
    for code, name in ((COUNTY, "量测县"), (COUNTY + "001", "量测镇"), (VILLAGE, "量测村")):
        Area.objects.get_or_create(code=code, defaults={"name": name, "level": len(code)})
    act = Revision.objects.create(kind="hand", by=by, as_of=DAY, entered_on=DAY)
    said = {"area_id": VILLAGE, "source": act.kind, "source_day": DAY, "revision": act}
    homes = Household.objects.bulk_create(
        (Household(code=f"LC{number:08d}", **said) for number in range(signals // len(STANDARDS))),
        batch_size=5_000,
    )
    people = Resident.objects.bulk_create(
        (Resident(household=home, name="量测", relation="01", **said) for home in homes), batch_size=5_000
    )
    run = Run.objects.create(area_id=COUNTY, as_of=DAY, cause="hand", by=by)
    Finding.objects.bulk_create(
        (_finding(run, standard, person) for person in people for standard in STANDARDS), batch_size=5_000
    )
    return run


def _finding(run: Run, standard: str, person: Resident) -> Finding:
    return Finding(
        standard_id=standard, household_id=person.household_id, resident=person, area_id=VILLAGE, run=run,
        first_run=run, result="new", as_of=DAY, day=DAY, window_last=DAY, population="other", measured=31_000,
        line=26_000,
        comparator=">=", rows=1, evidence=[{"delivery": 1, "line": 2}], digest="0" * 64,
    )  # fmt: skip


def ours(run: Run, signals: int) -> float:
    """Take everything up, and undo it."""
    with transaction.atomic():
        began = time.monotonic()
        taken = after_comparison(run, by=run.by)
        seconds = time.monotonic() - began
        assert (taken.alerts_raised, taken.signals_attached) == (signals // len(STANDARDS), signals), taken
        assert not Alert.objects.filter(priority=0).exists()
        transaction.set_rollback(True)
    return seconds


def baseline(signals: int) -> float:
    """Copy as many rows of the same width into an empty table, and undo it."""
    rows = [(number, "feed", number, STANDARDS[0], number, "illness", DAY, "31000.00", "26000.00")
            for number in range(signals)]  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE bare (alert bigint, channel text, finding bigint, standard text, resident bigint, "
            "kind text, day date, measured numeric, line numeric) ON COMMIT DROP"
        )
        began = time.monotonic()
        copy_into(cursor, "bare", rows)
        seconds = time.monotonic() - began
        transaction.set_rollback(True)
    return seconds


def main() -> None:
    """Run both in turn, and print a table and one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", choices=SIGNALS, default="full")
    scale = parser.parse_args().scale
    signals = SIGNALS[scale]
    taken: dict[str, list[float]] = {"ours": [], "baseline": []}
    with transaction.atomic():
        run = prepare(signals)
        for number in range(ROUNDS):
            for which, runs in taken.items():
                runs.append(ours(run, signals) if which == "ours" else baseline(signals))
                rate = signals / runs[-1]
                print(f"round {number + 1} {which:<9} {runs[-1]:8.3f} s {rate:12,.0f} signals/s")
        transaction.set_rollback(True)
    best = {which: min(runs) for which, runs in taken.items()}
    result = {
        "bench": "raising",
        "scale": scale,
        "ours_s": round(best["ours"], 3),
        "baseline_s": round(best["baseline"], 3),
        "ratio": round(best["ours"] / best["baseline"], 2),
        "limit": LIMIT,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "signals_per_s": round(signals / best["ours"]),
        "baseline_rows_per_s": round(signals / best["baseline"]),
    }
    print(json.dumps(result))
    sys.exit(result["ratio"] > result["limit"])


if __name__ == "__main__":
    main()
