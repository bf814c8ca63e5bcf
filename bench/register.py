"""Importing a register file set by set, against the same rows taken one by one through the ORM.

    SHOUWANG_… DATABASE_URL=… REDIS_URL=… python bench/register.py [--scale small|full]

Needs a database that prepare_database has prepared. The people are invented, their area codes begin with 98, and
nothing of them stays: our import is rolled back after its last check, the baseline's rows are deleted.
At full scale the baseline is sampled in the first round alone: 20,000 rows take it many minutes.
"""

import argparse
import datetime
import io
import json
import os
import random
import resource
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

# In the place of this folder, whose queue.py would hide the module of the library.
sys.path[0] = str(Path(__file__).resolve().parent.parent)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

from django.db import connection, transaction  # noqa: E402

from foundation.accounts import clock  # noqa: E402
from foundation.accounts.models import Area, User  # noqa: E402
from foundation.accounts.names import initials, person_initials  # noqa: E402
from foundation.accounts.statistics import look_again  # noqa: E402
from foundation.vault import sealing  # noqa: E402
from households.identity.keeping import context, keys_held  # noqa: E402
from households.identity.numbers import check_character, read_id_number  # noqa: E402
from households.models import Household, Identity, Resident, Revision  # noqa: E402
from households.register.contract import HEADERS  # noqa: E402
from households.register.importing import import_register  # noqa: E402

#: Rows of our import, and of the baseline's sample, from which its time for all is worked out.
SCALES = {"small": (20_000, 500), "full": (1_000_000, 20_000)}
ROUNDS, BASELINE_ROUNDS = 3, {"small": 3, "full": 1}
LIMIT = 0.02
COUNTY, VILLAGES = "980101", 300
_SURNAMES, _SYLLABLES = "沈单曾王李张刘陈周吴", "立夏白露小满处暑芒种清明谷雨大寒秋分"
_FIRST_DAY = datetime.date(1935, 1, 1).toordinal()
_RELATIONS = ("户主", "配偶", "之子", "之女", "之母")


def villages() -> list[str]:
    return [f"{COUNTY}{number // 20 + 1:03d}{number % 20 + 1:03d}" for number in range(VILLAGES)]


def make_areas() -> None:
    codes = ["98", "9801", COUNTY, *sorted({code[:9] for code in villages()}), *villages()]
    for code in codes:
        above = next((code[:length] for length in (9, 6, 4, 2) if length < len(code)), None)
        Area.objects.get_or_create(
            code=code,
            defaults={
                "name": f"试验{code}",
                "initials": initials("试验"),
                "level": len(code),
                "parent_id": above,
            },
        )
    look_again("accounts_area")  # as import_areas does


def rows(count: int) -> Iterator[list[str]]:
    """Yield invented people in households of one to five, each with a number that fits its check digit."""
    chance, codes, household, members = random.Random(4), villages(), 0, 0
    for serial in range(count):
        if not members:
            household += 1
            members = size = chance.randint(1, 5)
            stated = (f"{chance.randint(4_000, 30_000)}.{chance.randint(0, 99):02d}", chance.random() < 0.1)
        born = datetime.date.fromordinal(_FIRST_DAY + serial * 7 % 30_000)
        body = f"980101{born:%Y%m%d}{serial // 30_000:03d}"
        place, works = size - members, chance.random() < 0.3
        members -= 1
        yield [
            f"B{household:08d}", codes[household % VILLAGES], f"{household % 9 + 1}组",
            "脱贫户" if stated[1] else "一般户", f"石桥村{household % 400}号", f"139{household % 10**8:08d}",
            chance.choice(_SURNAMES) + chance.choice(_SYLLABLES) + chance.choice(_SYLLABLES),
            body + check_character(body), _RELATIONS[place], "汉族", "初中", "",
            "健康" if serial % 7 else "长期慢性病", "普通劳动力", "上海市" if works else "", "10" if works else "",
            "是", "未享受" if serial % 20 else "农村低保", "未享受", stated[0], "A", "是",
        ]  # fmt: skip


def file_of(count: int) -> io.BytesIO:
    lines = (",".join(row) for row in ([*HEADERS.values()], *rows(count)))
    return io.BytesIO("\n".join(lines).encode())


def ours(count: int) -> float:
    """Import a file, every deferred check of the commit included."""
    file = file_of(count)
    with transaction.atomic():
        began = time.perf_counter()
        done = import_register(file, by=User.objects.built_in("shell"))
        connection.check_constraints()
        taken = time.perf_counter() - began
        transaction.set_rollback(True)
    assert done.rows_accepted == done.written.residents_created == count, done.counts()
    return taken


def row_by_row(count: int) -> float:
    """What one would write first: each row looked for, then created or changed, in a transaction of its own."""
    lines = list(rows(count))
    revision = Revision.objects.create(
        kind="register_file", by=User.objects.built_in("shell"), as_of=clock.today(), entered_on=clock.today()
    )
    with transaction.atomic():
        key = keys_held().looked_up
    stated = {"source": "register_file", "source_day": clock.today(), "revision": revision}

    def identity(kind: str, number: str) -> Identity:
        subject = uuid.uuid4()
        sealed = sealing.seal(number.encode(), context(subject))
        new = {"subject": subject, "kind": kind, "tail_a": key.tail(kind, number), "sealed": sealed}
        return Identity.objects.get_or_create(token_a=uuid.UUID(key.token(kind, number)), defaults=new)[0]

    began = time.perf_counter()
    for row in lines:
        with transaction.atomic():
            phone = identity("phone", row[5])
            lives = {"area_id": row[1], "group_name": row[2], "address": row[4], "phone": phone}
            household, _made = Household.objects.update_or_create(
                code=row[0], defaults=lives | {"net_income_per_head": row[19]} | stated
            )
            read = read_id_number(row[7])
            person = {
                "name": row[6],
                "initials": person_initials(row[6]),
                "area_id": row[1],
                "relation": "01",
            }
            person |= {"sex": read.sex, "born_on": read.born_on, "work_months": row[15] or None}
            if row[8] != _RELATIONS[0]:
                person["relation"] = "28"
            Resident.objects.update_or_create(
                household=household, identity=identity("id", read.number), defaults=person | stated
            )
    taken = time.perf_counter() - began
    _forget(revision)
    return taken


def _forget(revision: Revision) -> None:
    """Delete what the baseline wrote."""
    people = Resident.objects.filter(revision=revision)
    subjects = set(people.values_list("identity_id", flat=True))
    homes = Household.objects.filter(revision=revision)
    subjects |= set(homes.values_list("phone_id", flat=True))
    people._raw_delete("default")
    homes._raw_delete("default")
    with connection.cursor() as cursor:
        # Each identity is looked for among residents, without an index: not among the rows rolled back before.
        cursor.execute("VACUUM households_resident, households_household")
    Identity.objects.filter(pk__in=subjects)._raw_delete("default")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--scale", choices=SCALES, default="small")
    scale = options.parse_args().scale
    count, sample = SCALES[scale]
    make_areas()
    ours(1_000)  # warm
    mine, theirs = [], []
    print("round   file s   row by row s (worked out)   ratio   load")
    for number in range(ROUNDS):
        mine.append(ours(count))
        if number < BASELINE_ROUNDS[scale]:
            theirs.append(row_by_row(sample) * count / sample)
        ratio, load = mine[-1] / theirs[-1], os.getloadavg()[0]
        print(f"{number + 1:>5} {mine[-1]:8.1f} {theirs[-1]:14.1f} {ratio:19.4f} {load:11.1f}", flush=True)
    best, baseline = min(mine), min(theirs)
    answer = {
        "bench": "register",
        "scale": scale,
        "ours_s": round(best, 3),
        "baseline_s": round(baseline, 3),
        "ratio": round(best / baseline, 4),
        "limit": LIMIT,
        "baseline_rounds": BASELINE_ROUNDS[scale],
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
