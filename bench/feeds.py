"""Taking a settlement file, end to end, against a DuckDB script that only reads, HMACs, joins and writes Parquet.

    SHOUWANG_… DATABASE_URL=… REDIS_URL=… python bench/feeds.py [--scale small|full] [--rows N]

Needs a database that prepare_database has prepared, and a role that may vacuum; with `--scale full` a register of 3.3
million residents is made beside what it holds, and stays (code 97). Ours is everything: seal the original, read, judge,
find subjects in PostgreSQL, archive, count, write the entry of the record. The script is given tokens and subjects of
the register as a Parquet file and checks nothing. Both read the same CSV, in turn, with the same number of threads.
Row by row through the ORM is tried on a sample and worked out for all. Beside the clock stands the processor time of
this process (Python and DuckDB, not PostgreSQL): on a busy machine it says more.
"""

import argparse
import csv
import datetime
import json
import os
import resource
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

# In the place of this folder, whose queue.py would hide the module of the library.
sys.path[0] = str(Path(__file__).resolve().parent.parent)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

import duckdb  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from bench.feeds_made import COUNTY, make_file, make_register  # noqa: E402
from foundation.accounts import clock  # noqa: E402
from foundation.accounts.models import Area, User  # noqa: E402
from foundation.tables import duck  # noqa: E402
from households.identity import index  # noqa: E402
from households.identity.keeping import keep, keys_held  # noqa: E402
from households.models import Resident  # noqa: E402
from monitoring.cells.reading import Dates  # noqa: E402
from monitoring.contracts.book import contract  # noqa: E402
from monitoring.intake.receiving import deliver  # noqa: E402
from monitoring.intake.taking import take  # noqa: E402
from monitoring.models import Dataset  # noqa: E402
from monitoring.rows import read_row  # noqa: E402

#: Rows, residents, rows of the ORM's sample, rounds.
SCALES = {"small": (100_000, 60_000, 300, 3), "full": (5_000_000, 3_300_000, 2_000, 3)}
LIMIT = 3.0


def ours(path: Path) -> float:
    """Deliver and take the file; what it leaves is undone afterwards."""
    by = User.objects.built_in("shell")
    with path.open("rb") as file, transaction.atomic():
        began = time.perf_counter()
        done = deliver(
            file,
            name=path.name,
            dataset=Dataset.objects.get(code="medical_settlement"),
            area=Area.objects.get(code=COUNTY),
            period="2026-10",
            by=by,
            ring=False,
        )
        delivery = take(done.delivery, by=by)
        taken = time.perf_counter() - began
        assert delivery.rows_read == (delivery.rows_accepted or 0) + (delivery.rows_rejected or 0)
        assert delivery.matched, delivery.state
        transaction.set_rollback(True)
    return taken


def script(path: Path, register: Path, folder: Path) -> float:
    """What one would write in a notebook."""
    with transaction.atomic():
        key = keys_held().looked_up
    began = time.perf_counter()
    tables = duckdb.connect(config={"threads": duck.THREADS, "memory_limit": "2GB"})
    tables.execute("SET enable_progress_bar = false")
    index.define(tables, key)
    tables.execute(
        f"""COPY (SELECT * EXCLUDE (身份证号, token) FROM (
            SELECT *, identity_token('id', 身份证号) AS token
            FROM read_csv('{path}', header = true, types = {{'身份证号': 'VARCHAR'}})
        ) LEFT JOIN read_parquet('{register}') USING (token))
        TO '{folder / "script.parquet"}' (FORMAT parquet)"""
    )
    tables.close()
    return time.perf_counter() - began


def row_by_row(path: Path, sample: int) -> float:
    """What one would write first: each row read by itself, its number kept, its person looked for, a row inserted."""
    told = contract("medical_settlement")
    dates = Dates(clock.today(), datetime.date(2026, 10, 31))
    with path.open(encoding="utf-8", newline="") as file, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE bench_row (subject uuid, name text, told jsonb) ON COMMIT DROP")
        began = time.perf_counter()
        for cells in islice(csv.DictReader(file), sample):
            row = read_row(told, cells, dates)
            if row.accepted:
                number = str(row.values[told.subject])
                subject = keep("id", [number])[number]
                found = Resident.objects.filter(identity=subject, left_on__isnull=True).first()
                said = json.dumps({name: str(value) for name, value in row.values.items() if value != number})
                cursor.execute(
                    "INSERT INTO bench_row VALUES (%s, %s, %s)", [subject, found and found.name, said]
                )
        taken = time.perf_counter() - began
        transaction.set_rollback(True)
    return taken


def snapshot(folder: Path) -> Path:
    """Write tokens and subjects of the register for the script."""
    with duck.opened(folders=[folder]) as tables, transaction.atomic(), connection.cursor() as cursor:
        column = keys_held().active
        known = f"SELECT token_{column}, subject FROM households_identity WHERE kind = 'id'"
        query = f"COPY ({known}) TO STDOUT (FORMAT csv)"
        tables.load_copied(
            "known", {"token": "UUID", "subject": "UUID"}, lambda sink: cursor.copy_expert(query, sink)
        )
        tables.run(f"COPY known TO {duck.quoted(folder / 'register.parquet')} (FORMAT parquet)")
    return folder / "register.parquet"


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--scale", choices=SCALES, default="small")
    options.add_argument("--rows", type=int)
    options.add_argument("--rounds", type=int)
    told = options.parse_args()
    rows, people, sample, rounds = SCALES[told.scale]
    rows, rounds = told.rows or rows, told.rounds or rounds
    if not Area.objects.filter(code=COUNTY).exists():
        make_register(people, User.objects.built_in("shell"))
    people = Resident.objects.filter(area__code__startswith=COUNTY).count()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, register = folder / "settlements.csv", snapshot(folder)
        make_file(path, rows, people)
        times = []
        print("round    ours s (own cpu)   script s (own cpu)   ratio    load")
        for number in range(1, rounds + 1):
            marks = [time.process_time()]
            theirs = script(path, register, folder)
            marks.append(time.process_time())
            mine = ours(path)
            marks.append(time.process_time())
            times.append((mine, theirs))
            their_cpu, my_cpu = marks[1] - marks[0], marks[2] - marks[1]
            print(
                f"{number:>5} {mine:9.1f} ({my_cpu:7.1f}) {theirs:10.1f} ({their_cpu:7.1f}) "
                f"{mine / theirs:7.2f} {os.getloadavg()[0]:7.1f}",
                flush=True,
            )
        slow = row_by_row(path, sample) * rows / sample
    best, baseline = (min(each) for each in zip(*times, strict=True))
    answer = {
        "bench": "feeds",
        "scale": told.scale,
        "rows": rows,
        "residents": people,
        "ours_s": round(best, 2),
        "baseline_s": round(baseline, 2),
        "ratio": round(best / baseline, 2),
        "limit": LIMIT,
        "row_by_row_s": round(slow),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
