"""Importing areas set by set, against the same file taken row by row through the ORM.

    SHOUWANG_… DATABASE_URL=… REDIS_URL=… python bench/import_areas.py [--scale small|full]

Needs a database that prepare_database has prepared; the areas are invented, under 98, and taken out again.
At full scale a file as large as the nation's villages is imported as well, once, without its baseline, which
would take the better part of an hour.
"""

import argparse
import io
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

# In the place of this folder, whose queue.py would hide the module of the library.
sys.path[0] = str(Path(__file__).resolve().parent.parent)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

from foundation.accounts.area_import import CODE, NAME, import_areas  # noqa: E402
from foundation.accounts.models import Area, User  # noqa: E402
from foundation.accounts.models.areas import ancestors  # noqa: E402
from foundation.accounts.names import initials  # noqa: E402
from foundation.accounts.tabular import TextTable  # noqa: E402

#: Counties of the compared file; one county brings 316 rows, as many as a county of the nation does.
SCALES = {"small": 2, "full": 60}
NATION = 2_100
PROVINCE = "98"
TOWNSHIPS, VILLAGES = 15, 20
ROUNDS = 3
LIMIT = 0.2
_FIRST, _SECOND = "青白石云松古梅清龙金水长", "石河桥台岭渡溪泉山坪沟湾林"


def rows(counties: int) -> Iterator[tuple[str, str]]:
    """Yield invented areas: one province, a city for every 90 counties, and what lies below."""
    yield PROVINCE, "试验省"
    for number in range(counties):
        city = f"{PROVINCE}{number // 90 + 1:02d}"
        if number % 90 == 0:
            yield city, f"试验{city}市"
        county = f"{city}{number % 90 + 1:02d}"
        yield county, f"试验{county}县"
        for town in range(1, TOWNSHIPS + 1):
            yield f"{county}{town:03d}", f"{_FIRST[town % 12]}{_SECOND[number % 13]}镇"
            for village in range(1, VILLAGES + 1):
                name = f"{_FIRST[village % 12]}{_SECOND[(village + town) % 13]}村村民委员会"
                yield f"{county}{town:03d}{village:03d}", name


def file_of(counties: int) -> io.BytesIO:
    return io.BytesIO("\n".join([f"{CODE},{NAME}", *(f"{c},{n}" for c, n in rows(counties))]).encode())


def set_based(file: io.BytesIO) -> None:
    """Our import."""
    import_areas(file, by=User.objects.built_in("shell"))


def row_by_row(file: io.BytesIO) -> None:
    """What one would write first: look for each row, then create or change it."""
    with TextTable(file, required=(CODE, NAME)) as table:
        for row in table:
            code, name = row.values
            parent = Area.objects.filter(pk__in=ancestors(code)[-1:]).first()
            fresh = {"name": name, "initials": initials(name), "level": len(code), "parent": parent}
            Area.objects.update_or_create(code=code, defaults=fresh)


def timed(work: Callable[[io.BytesIO], None], counties: int) -> float:
    """Time one import into a tree without these areas, until it is committed; take them out again."""
    file = file_of(counties)
    began = time.perf_counter()
    work(file)
    taken = time.perf_counter() - began
    Area.objects.filter(code__startswith=PROVINCE)._raw_delete("default")
    return taken


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--scale", choices=SCALES, default="small")
    scale = options.parse_args().scale
    counties = SCALES[scale]
    timed(set_based, 1)  # warm
    rounds = [(timed(set_based, counties), timed(row_by_row, counties)) for _round in range(ROUNDS)]
    print(f"{sum(1 for _row in rows(counties)):,} rows")
    print("round   sets s   row by row s   ratio")
    for number, (ours, baseline) in enumerate(rounds, 1):
        print(f"{number:>5} {ours:8.2f} {baseline:14.2f} {ours / baseline:7.3f}")
    if scale == "full":
        print(f"{sum(1 for _row in rows(NATION)):,} rows: {timed(set_based, NATION):.1f} s")
    ours, baseline = (min(times) for times in zip(*rounds, strict=True))
    answer = {
        "bench": "import_areas",
        "scale": scale,
        "ours_s": round(ours, 3),
        "baseline_s": round(baseline, 3),
        "ratio": round(ours / baseline, 3),
        "limit": LIMIT,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
