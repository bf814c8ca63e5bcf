"""A night's comparison against the same questions written by hand, in DuckDB over the same files and in PostgreSQL.

    SHOUWANG_… DATABASE_URL=… REDIS_URL=… python bench/comparison.py [--scale small|full] [--people N]

Needs a database of its own that prepare_database has prepared; a register and twelve months of data are made beside
what it holds, and stay (codes that begin with 97). Ours is the whole run: the register written down, every standard
with exclusions, classes, lines, corrections and evidence, findings written, alerts raised, the entry of the record.
The questions by hand (bench/comparison_questions.sql) only count who lies over the line; that the counts are the same
is asserted. PostgreSQL has the rows in tables, loaded and counted before the clock runs. The modules that a worker
loads with its first job are loaded before it too; what they take is printed. Beside the clock stands processor time,
ours and that of our server process, because the clock says little where others work on the same machine.

Households have three members, and some twenty findings come of a thousand people, as many as live systems report for a
year; the first run raises them all in one night, the next ones find them again. Until November 2026 everybody lived
alone and the bench made 52 of a thousand; bench/README.md has the figures of both.
"""

import argparse
import datetime
import json
import os
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

# In the place of this folder, whose queue.py would hide the module of the library.
sys.path[0] = str(Path(__file__).resolve().parent.parent)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

import duckdb  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench.comparison_made import RATES, make_archive  # noqa: E402
from bench.feeds_made import COUNTY, make_register  # noqa: E402
from foundation.accounts.composition import parts  # noqa: E402
from foundation.accounts.models import Area, User  # noqa: E402
from foundation.jobs.kinds import known  # noqa: E402
from foundation.tables import duck  # noqa: E402
from foundation.tables.duck import quoted  # noqa: E402
from monitoring.comparison.asking import ask_run, run_now  # noqa: E402
from monitoring.intake.archive_store import store  # noqa: E402
from monitoring.models import Batch, Run  # noqa: E402

#: People and rounds.
SCALES = {"small": (30_001, 3), "full": (1_000_001, 3)}
AT_HOME = 3
LIMIT = 3.0
ON = datetime.date(2026, 10, 31)
_QUESTIONS = Path(__file__).with_suffix("").parent / "comparison_questions.sql"
#: Every seventh household was lifted out of poverty; people are born over seventy years.
_LIVES = """
    UPDATE households_resident SET born_on = DATE '1940-01-01' + CAST(id * 7919 %% 25550 AS int)
        WHERE area_id LIKE %(under)s AND born_on IS NULL;
    INSERT INTO households_standing (household_id, kind, risk_types, removal_way, helper, measures, basis, revision_id)
        SELECT id, 'lifted_out', '{}', '', '', '{}', 'register_file', revision_id FROM households_household
        WHERE area_id LIKE %(under)s AND id %% 7 = 0
        AND NOT EXISTS (SELECT 1 FROM households_standing AS held WHERE held.household_id = households_household.id);
    ANALYZE households_resident; ANALYZE households_standing;
"""
_PEOPLE = """
    SELECT resident.subject, resident.household_id AS household, resident.born_on,
        standing.id IS NOT NULL AS low
    FROM households_resident AS resident
    LEFT JOIN households_standing AS standing ON standing.household_id = resident.household_id
    WHERE resident.area_id LIKE '97%' AND resident.left_on IS NULL
"""
_ALIVE = """
    CREATE TABLE alive AS SELECT * FROM people WHERE subject NOT IN (
        SELECT subject FROM cremation WHERE "火化日期" <= DATE '2026-10-31'
        UNION ALL SELECT subject FROM household_registration
        WHERE "变动类型" = '死亡' AND "变动日期" <= DATE '2026-10-31')
"""


def questions() -> dict[str, str]:
    """Return the questions by the code of their standard."""
    pieces = re.split(r"^-- ([a-z_]+)$", _QUESTIONS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def load_modules() -> float:
    """Load what a worker loads once, with its first job; returns the seconds of processor time that takes."""
    began = time.process_time()
    known()
    for place in ("AFTER_COMPARISON", "SIGNALS_ON_CASES"):
        parts(place)
    reverse("reminders:list")
    return time.process_time() - began


def processor() -> float:
    """Return the processor time used so far by this process and, where it is on this machine, by our server process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        status = Path("/proc") / str(cursor.fetchone()[0]) / "stat"
    there = status.read_text().rsplit(")", 1)[1].split()[11:13] if status.exists() else ()
    return time.process_time() + sum(map(int, there)) / os.sysconf("SC_CLK_TCK")


def ours(by: User) -> tuple[float, dict[str, int]]:
    """Run the comparison; returns seconds and findings by standard."""
    began = time.perf_counter()
    run = run_now(ask_run(COUNTY, by=by, as_of=ON, ring=False))
    taken = time.perf_counter() - began
    assert not any(each.error for each in run.results.all())
    return taken, dict(run.results.values_list("standard", "findings"))


def by_hand(people: Path) -> tuple[float, dict[str, int]]:
    """Ask the questions of the same files."""
    began = time.perf_counter()
    tables = duckdb.connect(config={"threads": duck.THREADS, "memory_limit": "2GB"})
    tables.execute("SET enable_progress_bar = false")
    tables.execute(f"CREATE TABLE people AS FROM read_parquet('{people}')")
    for code in RATES:
        tables.execute(f"CREATE VIEW {code} AS {_rows_of(code)}")
    tables.execute(_ALIVE)
    found = {code: tables.execute(asked).fetchone()[0] for code, asked in questions().items()}  # type: ignore[index]
    tables.close()
    return time.perf_counter() - began, found


def in_postgres() -> tuple[float, dict[str, int]]:
    """Ask the questions of PostgreSQL's tables."""
    found = {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path = bench, public")
        began = time.perf_counter()
        for code, asked in questions().items():
            cursor.execute(asked)
            found[code] = cursor.fetchone()[0]
        taken = time.perf_counter() - began
    return taken, found


def _rows_of(code: str) -> str:
    """Return the query of the rows of a dataset, with receipt and period of their delivery."""
    batches = Batch.objects.filter(delivery__dataset=code, delivery__area=COUNTY).select_related("delivery")
    return " UNION ALL ".join(
        f"""SELECT *, DATE '{each.delivery.period_last}' AS period_last, {each.delivery_id} AS receipt
        FROM read_parquet({quoted(store().local(each.digest))})"""
        for each in batches
    )


def load_postgres(people: Path, folder: Path) -> None:
    """Put the same rows into tables of PostgreSQL, counted and indexed by subject."""
    tables = duckdb.connect()
    tables.execute("SET enable_progress_bar = false")
    kinds = {"UUID": "uuid", "BIGINT": "bigint", "DATE": "date", "BOOLEAN": "boolean", "INTEGER": "integer"}
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP SCHEMA IF EXISTS bench CASCADE; CREATE SCHEMA bench; SET search_path = bench, public"
        )
        for table in ("people", *RATES):
            rows = f"SELECT * FROM read_parquet('{people}')" if table == "people" else _rows_of(table)
            columns = tables.execute(f"DESCRIBE {rows}").fetchall()
            told = ", ".join(
                f'"{name}" {kinds.get(kind, "numeric" if "DEC" in kind else "text")}'
                for name, kind, *_more in columns
            )
            file = folder / f"{table}.csv"
            tables.execute(f"COPY ({rows}) TO '{file}' (FORMAT csv, HEADER false)")
            cursor.execute(f'CREATE UNLOGGED TABLE "{table}" ({told})')
            with file.open("rb") as lines:
                cursor.copy_expert(f'COPY "{table}" FROM STDIN (FORMAT csv)', lines)
            file.unlink()
            cursor.execute(f'CREATE INDEX ON "{table}" (subject); ANALYZE "{table}"')
        cursor.execute(f"{_ALIVE}; CREATE INDEX ON alive (subject); ANALYZE alive; SET search_path = public")


def _best(rounds: int, *ways: Callable[[], tuple[float, dict[str, int]]]) -> list[tuple[float, float]]:
    """Ask in turns, print each round, and return the medians of each way (clock, processor); all must find the same."""
    times: list[list[float]] = [[] for _way in ways]
    used: list[list[float]] = [[] for _way in ways]
    for number in range(1, rounds + 1):
        answers = []
        for place, way in enumerate(ways):
            before = processor()
            answers.append(way())
            used[place].append(processor() - before)
            times[place].append(answers[-1][0])
        print(
            f"{number:>5} ",
            *(f"{mine[-1]:9.2f} ({cpu[-1]:6.2f})" for mine, cpu in zip(times, used, strict=True)),
            f"   load {os.getloadavg()[0]:.1f}",
        )
        first = answers[0][1]
        for _taken, found in answers[1:]:
            odd = {
                code: (first.get(code), count) for code, count in found.items() if first.get(code) != count
            }
            assert not odd, f"standard: (ours, by hand) {odd}"
    return [
        (sorted(mine)[len(mine) // 2], sorted(cpu)[len(cpu) // 2])
        for mine, cpu in zip(times, used, strict=True)
    ]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--scale", choices=SCALES, default="small")
    options.add_argument("--people", type=int)
    options.add_argument("--rounds", type=int)
    told = options.parse_args()
    people, rounds = SCALES[told.scale]
    by = User.objects.built_in("shell")
    if not Area.objects.filter(code=COUNTY).exists():
        make_register(told.people or people, by, AT_HOME)
        with connection.cursor() as cursor:
            cursor.execute(_LIVES, {"under": f"{COUNTY}%"})
    rows = make_archive(by)
    with tempfile.TemporaryDirectory() as name:
        snapshot = Path(name) / "people.parquet"
        with duck.opened(folders=[Path(name)]) as tables, connection.cursor() as cursor:
            columns = {"subject": "UUID", "household": "BIGINT", "born_on": "DATE", "low": "BOOLEAN"}
            tables.load_copied(
                "people",
                columns,
                lambda sink: cursor.copy_expert(f"COPY ({_PEOPLE}) TO STDOUT (FORMAT csv)", sink),
            )
            tables.run(f"COPY people TO {quoted(snapshot)} (FORMAT parquet)")
        load_postgres(snapshot, Path(name))
        print(f"{load_modules():.1f} s of processor time to load modules")
        print(f"{rows} rows in the archive\nround  ours s (processor s), by hand in DuckDB, in PostgreSQL")
        (mine, mine_cpu), (duck_s, duck_cpu), (postgres_s, _cpu) = _best(
            told.rounds or rounds, lambda: ours(by), lambda: by_hand(snapshot), in_postgres
        )
    print(f"findings of the last run: {Run.objects.latest('pk').findings.count()}")
    print(
        json.dumps(
            {
                "bench": "comparison",
                "scale": told.scale,
                "rows": rows,
                "ours_s": round(mine, 2),
                "baseline_s": round(duck_s, 2),
                "ratio": round(mine / duck_s, 2),
                "limit": LIMIT,
                "processor_s": round(mine_cpu, 2),
                "baseline_processor_s": round(duck_cpu, 2),
                "processor_ratio": round(mine_cpu / duck_cpu, 2),
                "postgres_s": round(postgres_s, 2),
                "times_faster_than_postgres": round(postgres_s / mine, 1),
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        )
    )


if __name__ == "__main__":
    main()
