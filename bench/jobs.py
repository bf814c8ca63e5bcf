"""What lease, fence and checkpoints cost: the same rows written as a chunked job, and in one plain transaction.

    SHOUWANG_… DATABASE_URL=… REDIS_URL=… python bench/jobs.py [--scale small|full]

Needs a database of its own that prepare_database has prepared; it leaves jobs and ledger entries there.
"""

import argparse
import datetime
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

# In the place of this folder, whose queue.py would hide the module of the library.
sys.path[0] = str(Path(__file__).resolve().parent.parent)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402

from foundation.accounts.composition import parts  # noqa: E402
from foundation.accounts.models import User  # noqa: E402
from foundation.accounts.roles import Right  # noqa: E402
from foundation.jobs import asking  # noqa: E402
from foundation.jobs.running import run_here  # noqa: E402
from foundation.ledger.record import Act, Actor, record_many  # noqa: E402

#: (chunks, rows in a chunk, rows in a checkpoint)
SCALES = {"small": (10, 400, 200), "full": (40, 2_500, 500)}
ROUNDS = 3
LIMIT = 1.3
CLERK = Actor("system", "platform", "")
DAY = datetime.date(2026, 11, 4)


def write(first: int, count: int) -> None:
    """Write `count` ledger entries: two statements, as stage functions do."""
    record_many((Act("bench.row", "row", str(first + row), DAY, DAY) for row in range(count)), by=CLERK)


class Rows:
    """Writes entries, some at each checkpoint."""

    code, label, unit, file_label, file_help = "bench_rows", "Rows", "rows", "", ""
    rights = (Right.MANAGE_AREAS,)
    idempotent = True

    def plan(self, job):
        return [
            ({"from": number * job.params["size"]}, job.params["size"])
            for number in range(job.params["chunks"])
        ]

    def work(self, job, chunk, context):
        while (at := context.saved.get("next", 0)) < chunk.rows:
            with context.checkpoint() as saved:
                write(chunk.params["from"] + at, job.params["batch"])
                saved["next"] = at + job.params["batch"]
                context.advance(job.params["batch"])
        return {}

    def finish(self, job, results):
        return {}

    def tell(self, result):
        return []


ROWS = Rows()
JOB_KINDS = ("__main__.ROWS",)


def as_job(chunks: int, size: int, batch: int) -> None:
    """The rows as a job in this process."""
    params = {"chunks": chunks, "size": size, "batch": batch}
    run_here(asking.enqueue("bench_rows", params, by=User.objects.built_in("shell"), area="", ring=False))


def plain(chunks: int, size: int, batch: int) -> None:
    """The same statements in one transaction, without anything around them."""
    with transaction.atomic():
        for first in range(0, chunks * size, batch):
            write(first, batch)


def timed(work: Callable[[int, int, int], None], scale: tuple[int, int, int]) -> float:
    began = time.perf_counter()
    work(*scale)
    return time.perf_counter() - began


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--scale", choices=SCALES, default="small")
    name = options.parse_args().scale
    settings.COMPOSITION = "__main__"
    parts.cache_clear()
    scale = SCALES[name]
    timed(plain, (1, 1000, 1000))  # warm
    rounds = [(timed(as_job, scale), timed(plain, scale)) for _round in range(ROUNDS)]
    rows = scale[0] * scale[1]
    print(f"{rows:,} rows, {scale[0]} chunks, {rows // scale[2]} checkpoints")
    print("round   job s   plain s   ratio")
    for number, (ours, baseline) in enumerate(rounds, start=1):
        print(f"{number:>5} {ours:>7.2f} {baseline:>9.2f} {ours / baseline:>7.2f}")
    ours, baseline = (sorted(column)[ROUNDS // 2] for column in zip(*rounds, strict=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {
                "bench": "jobs",
                "scale": name,
                "ours_s": round(ours, 2),
                "baseline_s": round(baseline, 2),
                "ratio": round(ours / baseline, 2),
                "limit": LIMIT,
                "peak_mb": round(peak),
            }
        )
    )


if __name__ == "__main__":
    main()
