"""Aid matched with lists, and data checks, of a county's monitored households: set-wise beside one household at a time.

    SHOUWANG_… DATABASE_URL=… REDIS_URL=… python bench/helping.py [--scale small|full]

Needs a database of its own that prepare_database has prepared; a register, twelve months of data and cases are made
beside what it holds, and stay (codes that begin with 97). Ours is the work of a night: every difference of promise and
payment found and written, every rule of data quality asked of the whole county. The other way asks household by
household, as the act on one case does, for a sample, worked out for all. That both find the same is asserted.
"""

import argparse
import datetime
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

# In the place of this folder, whose queue.py would hide the module of the library.
sys.path[0] = str(Path(__file__).resolve().parent.parent)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

from assistance.aid.keeping import refresh, refresh_area  # noqa: E402
from assistance.models import AidGap, AidRecord, Case  # noqa: E402
from bench.comparison_made import make_archive  # noqa: E402
from bench.feeds_made import COUNTY, make_register  # noqa: E402
from foundation.accounts import clock  # noqa: E402
from foundation.accounts.models import Area, User  # noqa: E402
from households.models import Household, QualityFinding  # noqa: E402
from households.quality.checking import check_area, check_households  # noqa: E402

#: Households, three people in each; three of four are monitored. And how many are asked one by one.
SCALES = {"small": (2_000, 20), "full": (40_000, 20)}
AT_HOME = 3
ROUNDS = 3
LIMIT = 0.1
ON = datetime.date(2026, 11, 4)
_AT_ONCE = 5_000


def prepare(households: int) -> list[int]:
    """Make register, lists and cases, unless they are there; returns the keys of the cases."""
    by = User.objects.built_in("system")
    if not Area.objects.filter(pk=COUNTY).exists():
        make_register(households * AT_HOME, by, AT_HOME)
    make_archive(by)
    here = Case.objects.filter(area__code__startswith=COUNTY)
    if not here.exists():
        homes = Household.objects.filter(area__code__startswith=COUNTY).order_by("pk")[: households * 3 // 4]
        cases = Case.objects.bulk_create(
            (
                Case(
                    household=home, area_id=home.area_id, state="enrolled", origin="alert", category="marginal",
                    level="low", risk_types=["01"], opened_on=ON, first_clue_on=ON,
                    decided_on=datetime.date(2026, 3, 1),
                )
                for home in homes
            ),
            batch_size=_AT_ONCE,
        )  # fmt: skip
        # Every second household has dibao on record for its head, whether the roll knows the head or not.
        AidRecord.objects.bulk_create(
            (_record(case, head, by) for case, head in _with_heads(cases) if case.pk % 2), batch_size=_AT_ONCE
        )
    return list(here.order_by("pk").values_list("pk", flat=True))


def _with_heads(cases: list[Case]) -> list[tuple[Case, int]]:
    heads = dict(
        Household.objects.filter(area__code__startswith=COUNTY, residents__relation="01").values_list(
            "pk", "residents"
        )
    )
    return [(case, heads[case.household_id]) for case in cases]


def _record(case: Case, head: int, by: User) -> AidRecord:
    return AidRecord(
        case=case, resident_id=head, code="dibao", kind="100A48", name="低保", per="month", state="recorded",
        landed_on=datetime.date(2026, 4, 1), amount=Decimal(400), recorded_on=ON, recorded_by=by, touched_on=ON,
    )  # fmt: skip


def timed(act: Callable[[], object]) -> float:
    """Return how many seconds an act takes."""
    began = time.monotonic()
    act()
    return time.monotonic() - began


def one_by_one(keys: list[int], sample: int, act: Callable[[int], object]) -> float:
    """Return how long an act takes for every key, worked out from a sample spread over them."""
    chosen = keys[:: max(len(keys) // sample, 1)][:sample]
    return timed(lambda: [act(key) for key in chosen]) / len(chosen) * len(keys)


def found() -> set[tuple[object, ...]]:
    """Return every difference as it stands."""
    return set(AidGap.objects.values_list("case", "feed", "side", "resident", "first_month", "last_month"))


def measure(keys: list[int], sample: int, by: User) -> dict[str, float]:
    """Do everything once on both sides; seconds by what was done. Both sides must have found the same."""
    AidGap.objects.all().delete()
    match = timed(lambda: refresh_area(COUNTY))
    whole = found()
    match_slow = one_by_one(keys, sample, lambda key: refresh([key]))
    assert found() == whole, "one by one finds other differences"
    homes = dict(Case.objects.filter(pk__in=keys).values_list("pk", "household"))
    check = timed(lambda: check_area(COUNTY, by=by))
    doubts = QualityFinding.objects.filter(gone_on__isnull=True).count()
    check_slow = one_by_one(keys, sample, lambda key: check_households([homes[key]]))
    assert QualityFinding.objects.filter(gone_on__isnull=True).count() == doubts, (
        "one by one doubts other things"
    )
    return {"match": match, "match_one_by_one": match_slow, "check": check, "check_one_by_one": check_slow}


def main() -> int:
    """Prepare, measure in rounds, and print one line of JSON; 1 where a limit is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", choices=SCALES, default="small")
    households, sample = SCALES[parser.parse_args().scale]
    with clock.at(ON):
        keys = prepare(households)
        by = User.objects.built_in("shell")
        rounds = [measure(keys, sample, by) for _round in range(ROUNDS)]
    best = {name: min(each[name] for each in rounds) for name in rounds[0]}
    ratios = {name: best[name] / best[f"{name}_one_by_one"] for name in ("match", "check")}
    told = {
        "bench": "helping", "cases": len(keys), "differences": AidGap.objects.count(),
        "seconds": {name: round(value, 2) for name, value in best.items()},
        "ratio": {name: round(value, 4) for name, value in ratios.items()}, "limit": LIMIT,
        "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip
    print(json.dumps(told))
    return int(max(ratios.values()) > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
