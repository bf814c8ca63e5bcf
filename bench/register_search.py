"""Search of the register: what it costs the database in a register of 3,000,000 residents.

    DATABASE_URL=… python bench/register_search.py [--scale small|full]

Two registers are made beside what the database holds (province 97 with one county of 30,000 residents, province 98
with counties of 300,000), every kind of search is asked by people of a village, a township, a county and a province,
and both are taken out again. Measured is the time of the server itself, planning and execution of every statement of
a search as EXPLAIN ANALYZE tells them, the median of many different questions of a kind. For each question the other
side is the bare statement: written by hand, it takes the same condition to the one index that serves it, in the same
townships, and returns the first twenty people with their household and village; it knows no loans, no order of merit
and no other way to read what was typed.

Limits (issue "the register"): ours within 3 times the bare statement, and at full size within 1.5 times of what the
same kind costs in a register of 30,000. The last line tells the worst of all kinds.
"""

import argparse
import json
import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.db import connection  # noqa: E402

from foundation.accounts import clock  # noqa: E402
from foundation.accounts.models import Area, User  # noqa: E402
from foundation.accounts.names import person_initials  # noqa: E402
from foundation.accounts.roles import Role  # noqa: E402
from foundation.accounts.scope import Duty  # noqa: E402
from households import search  # noqa: E402
from households.identity import keeping  # noqa: E402
from households.identity.numbers import check_character  # noqa: E402
from households.models import Resident, Revision  # noqa: E402

#: Counties of 300,000 residents in the large register.
COUNTIES = {"small": 1, "full": 10}
TOWNSHIPS, VILLAGES = 15, 14
PEOPLE = {"small": 60_000, "full": 300_000}
SMALL_REGISTER = {"small": 6_000, "full": 30_000}
SMALL, LARGE = "97", "98"
QUESTIONS, ROUNDS = {"small": 6, "full": 40}, 3
OF_BARE, OF_SMALL = 3.0, 1.5
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉萍红建国立春夏秋冬雨晴山河石青白云松古金水长荣凤梅文志海燕"


@dataclass(frozen=True)
class Question:
    """One question, and the bare statement that answers it."""

    text: str
    bare: str
    values: list[Any]


def make_register(province: str, counties: int, people: int, by: User) -> None:
    """Make a register set-wise: areas, identities with true tails, households of three, residents."""
    codes = [province, f"{province}01"]
    for number in range(1, counties + 1):
        county = f"{province}01{number:02d}"
        towns = [f"{county}{town:03d}" for town in range(1, TOWNSHIPS + 1)]
        codes += [
            county,
            *towns,
            *(f"{town}{village:03d}" for town in towns for village in range(1, VILLAGES + 1)),
        ]
    parents = {code: next((code[:n] for n in (9, 6, 4, 2) if n < len(code)), None) for code in codes}
    Area.objects.bulk_create(
        Area(code=code, name=f"试验{code}", level=len(code), parent_id=parents[code]) for code in codes
    )
    revision = Revision.objects.create(
        kind=Revision.Kind.REGISTER_FILE, by=by, as_of=clock.today(), entered_on=clock.today()
    )
    names = _names()
    for number in range(1, counties + 1):
        _county(f"{province}01{number:02d}", people, revision.pk, names)
    with connection.cursor() as cursor:
        for table in ("household", "resident", "identity", "tail"):
            cursor.execute(f"VACUUM ANALYZE households_{table}")


def _names() -> list[tuple[str, str]]:
    """Return names with their initials, as often as they come: common surnames more than rare ones, some long."""
    chosen = random.Random(4)
    weights = [1 / (place + 1) for place in range(len(SURNAMES))]
    made = []
    for surname in chosen.choices(SURNAMES, weights, k=20_000):
        length = chosen.choices((1, 2, 5), (20, 78, 2))[0]
        name = surname + "".join(chosen.choices(GIVEN, k=length))
        made.append((name, person_initials(name)))
    return made


def _county(county: str, people: int, revision: int, names: list[tuple[str, str]]) -> None:
    """Make one county in a few statements; only some of its numbers are real, the others have true tails."""
    held = keeping.keys_held()
    ends = [f"{number:03d}{last}" for number in range(1000) for last in "0123456789X"]
    tails = [held.looked_up.tail("id", end) for end in ends]
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE bench_name AS SELECT * FROM unnest(%s, %s) WITH ORDINALITY AS n (name, initials, n)",
            [[n for n, _i in names], [i for _n, i in names]],
        )
        cursor.execute(
            "CREATE TEMP TABLE bench_tail AS SELECT * FROM unnest(%s::bigint[]) WITH ORDINALITY AS t (tail, t)",
            [tails],
        )
        cursor.execute(
            """INSERT INTO households_household (code, area_id, group_name, address, house_grade, source, source_day,
                field_sources, revision_id)
            SELECT %s || lpad(n::text, 8, '0'), village, '', '', '', 'register_file', current_date, '{}', %s
            FROM (SELECT n, %s || lpad((n / (%s / %s) %% %s + 1)::text, 3, '0')
                || lpad((n %% %s + 1)::text, 3, '0') AS village FROM generate_series(0, %s - 1) AS n) AS made""",
            [county, revision, county, people // 3, TOWNSHIPS, TOWNSHIPS, VILLAGES, people // 3],
        )
        cursor.execute(
            f"""CREATE TEMP TABLE bench_person AS
            SELECT n, gen_random_uuid() AS subject, 1 + (random() * {len(ends) - 1})::int AS t,
                1 + (random() * {len(names) - 1})::int AS name FROM generate_series(0, %s - 1) AS n""",
            [people],
        )
        cursor.execute(
            f"""INSERT INTO households_identity (subject, kind, token_{held.active}, tail_{held.active}, sealed)
            SELECT subject, 'id', gen_random_uuid(), tail, '\\x00' FROM bench_person JOIN bench_tail USING (t)"""
        )
        cursor.execute(
            """INSERT INTO households_resident (household_id, area_id, subject, name, initials, sex, relation,
                ethnicity, education, school_stage, health, labour, work_place, dibao, tekun, departure, source,
                source_day, field_sources, revision_id)
            SELECT h.id, h.area_id, p.subject, b.name, b.initials, '1', (p.n %% 3 + 1)::text, '', '', '', '{}', '', '',
                '', '', '', 'register_file', current_date, '{}', %s
            FROM bench_person p JOIN households_household h ON h.code = %s || lpad((p.n / 3)::text, 8, '0')
            JOIN bench_name b ON b.n = p.name ORDER BY p.n""",
            [revision, county],
        )
        cursor.execute("DROP TABLE bench_name, bench_tail, bench_person")


def give_numbers(province: str) -> list[str]:
    """Give some residents numbers that can be searched in full; returns them."""
    rows = list(Resident.objects.filter(area__code__startswith=province)[:80])
    numbers = [
        f"{province}0101199001{n // 28 + 1:02d}{n % 28 + 1:02d}7"[:17].ljust(17, "0")
        for n in range(len(rows))
    ]
    numbers = [number + check_character(number) for number in numbers]
    kept = keeping.keep("id", numbers)
    for row, number in zip(rows, numbers, strict=True):
        Resident.objects.filter(pk=row.pk).update(identity=kept[number])
    return numbers


def reader(scope: str) -> User:
    """Return somebody whose one duty is there; no row of anybody is written."""
    role = {2: Role.PROVINCE_OVERSEER, 6: Role.COUNTY_DISPATCHER, 9: Role.TOWNSHIP_VERIFIER}
    user = User(pk=0, username="bench")
    user.__dict__["_duties"] = {
        clock.today(): (Duty(role.get(len(scope), Role.VILLAGE_ASSISTANT), scope, None, 0),)
    }
    return user


def questions(kind: str, scope: str, numbers: list[str], count: int) -> list[Question]:
    """Return many different questions of a kind, with the statement that answers each from its index."""
    chosen = random.Random(f"{kind} {len(scope)}")
    towns = sorted(
        Area.objects.filter(code__startswith=scope[:9], level=9).values_list("code", flat=True)
        if len(scope) < 9
        else [scope[:9]]
    )
    here = f"left(r.area_id, 9) = ANY(%s) AND r.area_id LIKE '{scope}%%'"
    columns = "r.*, h.code, h.group_name, a.name"
    joined = (
        "households_resident r JOIN households_household h ON h.id = r.household_id "
        "JOIN accounts_area a ON a.code = r.area_id"
    )
    resident = f"SELECT {columns} FROM {joined} WHERE {here} AND "
    held = keeping.keys_held()
    made: list[Question] = []
    for number in range(count):
        surname, two = chosen.choice(SURNAMES), "".join(chosen.choices(GIVEN, k=2))
        word, initials = surname + two, person_initials(surname + two)
        end = f"{chosen.randrange(1000):03d}{chosen.choice('0123456789X')}"
        full = numbers[number % len(numbers)]
        code = f"{scope[:6].ljust(6, '0')}{chosen.randrange(10**6):08d}"[: chosen.choice((9, 11, 14))]
        bare = {
            "name": (word, f"{resident} r.name = %s LIMIT 20", [towns, word]),
            "surname": (surname, f"{resident} r.name LIKE %s LIMIT 20", [towns, f"{surname}%"]),
            "beginning": (word[:2], f"{resident} r.name LIKE %s LIMIT 20", [towns, f"{word[:2]}%"]),
            "inside": (two, f"{resident} substring(r.name, 2) LIKE %s LIMIT 20", [towns, f"{two}%"]),
            "initials": (initials, f"{resident} r.initials LIKE %s LIMIT 20", [towns, f"{initials}%"]),
            "last four": (
                end,
                (
                    f"SELECT {columns} FROM {joined} JOIN households_tail ON r.id = resident_id "
                    f"WHERE township = ANY(%s) AND tail_{held.active} = %s AND r.area_id LIKE '{scope}%%' LIMIT 20"
                ),
                [towns, held.looked_up.tail("id", end)],
            ),
            "full number": (
                full,
                (
                    f"SELECT {columns} FROM {joined} JOIN households_identity USING (subject) "
                    f"WHERE token_{held.active} = %s AND left_on IS NULL AND r.area_id LIKE '{scope}%%'"
                ),
                [held.looked_up.token("id", full)],
            ),
            "household number": (
                code,
                (
                    "SELECT r.*, a.name FROM households_household r JOIN accounts_area a ON a.code = r.area_id "
                    f"WHERE {here} AND r.code LIKE %s LIMIT 20"
                ),
                [towns, f"{code}%"],
            ),
        }
        made.append(Question(*bare[kind]))
    return made


KINDS = ("name", "surname", "beginning", "inside", "initials", "last four", "full number", "household number")


Statement = tuple[str, Any]


@contextmanager
def statements() -> Iterator[list[Statement]]:
    """Collect the statements that are executed, and let them be executed."""
    seen: list[Statement] = []

    def note(execute: Any, statement: str, values: Any, many: bool, context: Any) -> Any:
        seen.append((statement, values))
        return execute(statement, values, many, context)

    with connection.execute_wrapper(note):
        yield seen


def server_time(asked: list[Statement]) -> float:
    """Return the milliseconds that planning and execution take on the server."""
    taken = 0.0
    with connection.cursor() as cursor:
        for statement, values in asked:
            cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, SUMMARY ON, FORMAT JSON) {statement}", values)
            ((((told,),),)) = cursor.fetchall()
            taken += told["Planning Time"] + told["Execution Time"]
    return taken


def asked(user: User, kind: str, question: Question) -> float:
    look = search.households if kind == "household number" else search.residents
    with statements() as seen:
        look(user, question.text)
    return server_time(seen)


def answered_bare(question: Question) -> float:
    return server_time([(question.bare, question.values)])


def measured(scope: str, numbers: list[str], count: int) -> dict[str, tuple[float, float]]:
    """Return by kind the median milliseconds of ours and of the bare statement, asked in turns."""
    user, found = reader(scope), {}
    for kind in KINDS:
        asked_for = questions(kind, scope, numbers, count)
        pairs = [
            (asked(user, kind, question), answered_bare(question))
            for _round in range(ROUNDS + 1)
            for question in asked_for
        ][count:]  # the first round warms
        found[kind] = tuple(statistics.median(side) for side in zip(*pairs, strict=True))
    return found  # type: ignore[return-value]


def clear() -> None:
    """Take both registers out again."""
    with connection.cursor() as cursor:
        # The keys from residents to identities are checked one by one, which nobody else does a million times.
        cursor.execute("CREATE INDEX bench_subject ON households_resident (subject)")
        for province in (SMALL, LARGE):
            under = f"{province}%"
            cursor.execute(
                "CREATE TEMP TABLE gone AS SELECT subject FROM households_resident WHERE area_id LIKE %s",
                [under],
            )
            cursor.execute("DELETE FROM households_resident WHERE area_id LIKE %s", [under])
            cursor.execute("DELETE FROM households_residentevent WHERE area_id LIKE %s", [under])
            cursor.execute("DELETE FROM households_household WHERE area_id LIKE %s", [under])
            cursor.execute("DELETE FROM households_householdevent WHERE area_id LIKE %s", [under])
            cursor.execute(
                "DELETE FROM households_identity USING gone WHERE gone.subject = households_identity.subject"
            )
            cursor.execute("DROP TABLE gone")
            cursor.execute("DELETE FROM accounts_area WHERE code LIKE %s", [under])
        cursor.execute("DROP INDEX bench_subject")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--scale", choices=COUNTIES, default="small")
    options.add_argument("--keep", action="store_true", help="leave the registers for a closer look")
    given = options.parse_args()
    scale, by = given.scale, User.objects.built_in("shell")
    if not Area.objects.filter(code=LARGE).exists():
        began = time.perf_counter()
        make_register(SMALL, 1, SMALL_REGISTER[scale], by)
        make_register(LARGE, COUNTIES[scale], PEOPLE[scale], by)
        print(f"{Resident.objects.count():,} residents made in {time.perf_counter() - began:.0f} s")
    try:
        with clock.one_reading():
            tell(scale)
    finally:
        if not given.keep:
            clear()


def tell(scale: str) -> None:
    numbers = {province: give_numbers(province) for province in (SMALL, LARGE)}
    worst_bare = worst_small = 0.0
    worst = (0.0, 1.0)
    for name, below in (("village", "01001001"), ("township", "01001"), ("county", "01"), ("province", "")):
        code = {province: f"{province}01{below}" if below else province for province in (SMALL, LARGE)}
        small, large = (measured(code[each], numbers[each], QUESTIONS[scale]) for each in (SMALL, LARGE))
        print(f"\n{name:<18} ours ms   bare ms   ratio   of the small register")
        for kind in KINDS:
            (ours, bare), (before, _bare) = large[kind], small[kind]
            print(f"{kind:<18} {ours:7.2f} {bare:9.2f} {ours / bare:7.2f} {ours / before:14.2f}")
            if ours / bare > worst_bare:
                worst_bare, worst = ours / bare, (ours, bare)
            worst_small = max(worst_small, ours / before)
    answer = {
        "bench": "register_search",
        "scale": scale,
        "ours_s": round(worst[0] / 1000, 6),
        "baseline_s": round(worst[1] / 1000, 6),
        "ratio": round(worst_bare, 3),
        "limit": OF_BARE,
        "ratio_of_small": round(worst_small, 3),
        "limit_of_small": OF_SMALL,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
