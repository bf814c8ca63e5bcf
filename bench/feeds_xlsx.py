"""Delivering a workbook of settlements, against calamine alone reading it into Python.

    SHOUWANG_… DATABASE_URL=… REDIS_URL=… python bench/feeds_xlsx.py [--scale small|full]

Ours is the whole way: from the file to its sealed copy, typed rows, subjects, archive and counts. Needs a database that
prepare_database has prepared. The people are invented, their area codes begin with 98, and nothing of them stays: each
delivery is rolled back, its files lie in a folder that is removed.
"""

import argparse
import datetime
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

# In the place of this folder, whose queue.py would hide the module of the library.
sys.path[0] = str(Path(__file__).resolve().parent.parent)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

import xlsxwriter  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import override_settings  # noqa: E402
from python_calamine import CalamineWorkbook  # noqa: E402

from foundation.accounts import clock  # noqa: E402
from foundation.accounts.models import Area, User  # noqa: E402
from foundation.accounts.names import initials  # noqa: E402
from households.identity.numbers import check_character  # noqa: E402
from monitoring.contracts.book import contract  # noqa: E402
from monitoring.intake.receiving import deliver  # noqa: E402
from monitoring.intake.taking import take  # noqa: E402
from monitoring.models import Dataset  # noqa: E402

SCALES = {"small": 10_000, "full": 200_000}
ROUNDS = 3
LIMIT = 8.0
COUNTY = "980101"
DATASET = "medical_settlement"
_SURNAMES, _SYLLABLES = "沈单曾王李张刘陈周吴", "立夏白露小满处暑芒种清明谷雨大寒秋分"
_FIRST_DAY = datetime.date(1935, 1, 1).toordinal()


def make_areas() -> None:
    for length in (2, 4, 6):
        code = COUNTY[:length]
        new = {
            "name": f"试验{code}",
            "initials": initials("试验"),
            "level": length,
            "parent_id": code[:-2] or None,
        }
        Area.objects.get_or_create(code=code, defaults=new)


def rows(count: int, day: datetime.date) -> Iterator[list[str | float]]:
    """Yield settlements of invented people, sums as numbers and days as texts, as hospitals' systems export them."""
    chance = random.Random(5)
    for serial in range(count):
        born = datetime.date.fromordinal(_FIRST_DAY + serial % 30_000)
        body = f"{COUNTY}{born:%Y%m%d}{serial // 30_000:03d}"
        cost = round(chance.uniform(80, 60_000), 2)
        paid = [round(cost * share, 2) for share in (0.85, 0.5, 0.1, 0.05, 0.2)]
        yield [
            f"JS{serial:012d}", body + check_character(body),
            chance.choice(_SURNAMES) + chance.choice(_SYLLABLES) + chance.choice(_SYLLABLES),
            "住院", f"试验第{serial % 30}医院", day.isoformat(), day.isoformat(), day.isoformat(), cost, *paid,
        ]  # fmt: skip


def make_workbook(path: Path, count: int, day: datetime.date) -> None:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("结算")
        sheet.write_row(0, 0, [column.header for column in contract(DATASET).columns])
        for number, row in enumerate(rows(count, day), start=1):
            sheet.write_row(number, 0, row)


def ours(path: Path, count: int, period: str) -> float:
    with transaction.atomic(), path.open("rb") as file:
        began = time.perf_counter()
        delivered = deliver(
            file,
            name=path.name,
            dataset=Dataset.objects.get(pk=DATASET),
            area=Area.objects.get(pk=COUNTY),
            period=period,
            by=User.objects.built_in("shell"),
            ring=False,
        )
        done = take(delivered.delivery, by=User.objects.built_in("shell"))
        taken = time.perf_counter() - began
        assert done.rows_accepted == count, done.rejects
        transaction.set_rollback(True)
    return taken


def bare(path: Path, count: int) -> float:
    began = time.perf_counter()
    cells = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    taken = time.perf_counter() - began
    assert len(cells) == count + 1
    return taken


def measured(folder: Path, count: int) -> list[tuple[float, float]]:
    """Run both in turns, and print each round."""
    day = clock.today().replace(day=1) - datetime.timedelta(days=1)
    path, times = folder / "settlements.xlsx", []
    make_workbook(path, count, day)
    print("round   ours s   calamine s   ratio")
    for number in range(1, ROUNDS + 1):
        mine, theirs = ours(path, count, f"{day:%Y-%m}"), bare(path, count)
        times.append((mine, theirs))
        print(f"{number:>5} {mine:8.2f} {theirs:12.2f} {mine / theirs:7.2f}", flush=True)
    return times


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--scale", choices=SCALES, default="small")
    scale = options.parse_args().scale
    make_areas()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        places = {"FILES_INCOMING": "incoming", "FILES_FOLDER": "files"}
        places |= {"ARCHIVE_INCOMING": "drafts", "ARCHIVE_FOLDER": "archive", "ARCHIVE_CACHE": "cache"}
        with override_settings(**{setting: folder / place for setting, place in places.items()}):
            times = measured(folder, SCALES[scale])
    best, baseline = (min(each) for each in zip(*times, strict=True))
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    answer = {
        "bench": "feeds_xlsx",
        "scale": scale,
        "ours_s": round(best, 3),
        "baseline_s": round(baseline, 3),
        "ratio": round(best / baseline, 2),
        "limit": LIMIT,
        "peak_mb": max(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, children) // 1024,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
