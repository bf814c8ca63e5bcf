"""The queue beside the bare SQL that it needs, beside itself at ten thousand alerts, and under fifty users.

    SHOUWANG_… DATABASE_URL=… REDIS_URL=… python bench/queue.py [--scale small|full]

Needs a database of its own that prepare_database has prepared. Small: 10,000 alerts; full: 10,000, then 1,000,000.
Times are those of the database, summed over the statements of a request, each in the best of its rounds; the alerts
stay. The bare SQL stands in bench/queue_bare.py, each statement with the promise that asks for it.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

# In the place of this folder, where this file would hide the module `queue` of the library.
sys.path[0] = str(Path(__file__).resolve().parent.parent)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import urllib.request  # noqa: E402
from concurrent.futures import ThreadPoolExecutor  # noqa: E402
from functools import partial  # noqa: E402

import django  # noqa: E402

django.setup()

from django.db import transaction  # noqa: E402

from alerts.models import Alert  # noqa: E402
from alerts.selectors import all_of  # noqa: E402
from alerts.verification.assigning import dispatch_many  # noqa: E402
from bench import queue_bare as bare  # noqa: E402
from bench.queue_asked import PAGE_500, Asking, bare_view, best, database_seconds  # noqa: E402
from bench.queue_made import fill, keeper  # noqa: E402

SCALES = {"small": (10_000,), "full": (10_000, 1_000_000)}
ROUNDS, USERS, SECONDS, BULK = 40, 50, 20, 20_000
LIMIT, GROWTH = 3.0, 1.3


def measured(asking: Asking) -> dict[str, dict[str, float]]:
    """Return by what was asked the seconds of the database: ours, and those of the bare statement."""
    found: dict[str, dict[str, float]] = {}
    said = bare.values(Alert.objects.get(pk=asking.one), asking.user, asking.at_page_500)
    for name, ours in asking.questions().items():
        times: dict[str, list[list[float]]] = {"ours": [], "bare": []}
        for _round in range(ROUNDS):
            times["ours"].append(database_seconds(ours))
            times["bare"].append(database_seconds(partial(bare.ask, name, said)))
        found[name] = {which: best(some) for which, some in times.items()}
    return found


def bulk_rate(most: int) -> float:
    """Dispatch many in a transaction that is undone; returns alerts a second."""
    rows = all_of(keeper()).filter(state="raised").order_by("pk")[: min(BULK, most)]
    alerts = list(rows)
    with transaction.atomic():
        began = time.perf_counter()
        results = dispatch_many(alerts, keeper())
        seconds = time.perf_counter() - began
        assert all(result.moved for result in results)
        transaction.set_rollback(True)
    return len(alerts) / seconds


def under_users(path: str, cookie: str, port: int) -> dict[str, float]:
    """Let fifty users ask for a page one request after the other for some seconds."""

    def one_user(_number: int) -> list[float]:
        taken, ends = [], time.perf_counter() + SECONDS
        while time.perf_counter() < ends:
            asked = urllib.request.Request(
                f"http://127.0.0.1:{port}{path}", headers={"Cookie": f"sessionid={cookie}"}
            )
            began = time.perf_counter()
            with urllib.request.urlopen(asked, timeout=120) as answer:
                answer.read()
            taken.append(time.perf_counter() - began)
        return taken

    with ThreadPoolExecutor(USERS) as pool:
        times = sorted(each for some in pool.map(one_user, range(USERS)) for each in some)
    return {
        "p95_s": round(times[int(len(times) * 0.95)], 3),
        "requests_per_s": round(len(times) / SECONDS, 1),
    }


def served(cookie: str) -> dict[str, dict[str, float]]:
    """Measure the queue and a bare view that does one indexed select, in a web process with two workers."""
    port = 8399
    command = [sys.executable, "-m", "gunicorn", "bench.queue_asked:application", "-w", "2", "--threads", "8",
               "-b", f"127.0.0.1:{port}", "--log-level", "error"]  # fmt: skip
    process = subprocess.Popen(command, cwd=Path(__file__).resolve().parent.parent)
    try:
        time.sleep(8)
        return {name: under_users(path, cookie, port) for name, path in
                {"queue": "/alerts/", "bare view": bare_view()}.items()}  # fmt: skip
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def main() -> None:
    """Fill, ask, and print a table and one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", choices=SCALES, default="full")
    parser.add_argument("--without-users", action="store_true")
    chosen = parser.parse_args()
    by_size: dict[int, dict[str, dict[str, float]]] = {}
    for size in SCALES[chosen.scale]:
        fill(size)
        by_size[size] = measured(Asking())
        for name, times in by_size[size].items():
            print(f"{size:>9,} {name:<15} {times['ours'] * 1000:9.2f} ms, bare {times['bare'] * 1000:9.2f} ms, "
                  f"ratio {times['ours'] / times['bare']:6.2f}")  # fmt: skip
    largest, smallest = by_size[max(by_size)], by_size[min(by_size)]
    result: dict[str, Any] = {
        "bench": "queue",
        "scale": chosen.scale,
        "page_reached": PAGE_500,
        "ratio": {name: round(each["ours"] / each["bare"], 2) for name, each in largest.items()},
        "growth": {name: round(largest[name]["ours"] / smallest[name]["ours"], 2) for name in largest},
        "limit": LIMIT,
        "growth_limit": GROWTH,
        "bulk_per_s": round(bulk_rate(Alert.objects.filter(state="raised").count())),
        "users": {} if chosen.without_users else served(Asking().cookie()),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(result))
    missed = [each for each in result["ratio"].values() if each > LIMIT]
    missed += [each for each in result["growth"].values() if each > GROWTH]
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
