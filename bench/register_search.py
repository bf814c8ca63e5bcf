"""Search of the register: what it costs the database in a register of 3,000,000 residents.

    SHOUWANG_… DATABASE_URL=<the owner's> REDIS_URL=… python bench/register_search.py [--scale small|full]

Needs a database that prepare_database has prepared, as its owner (an index makes taking out quick).

A register of 30,000 residents is made beside what the database holds (province 97), and readers of a village, a
township, a county and a city of it ask every kind of search. Then the nation grows around them to 3,000,000 (province
98, counties of 300,000), they ask the same again, and so do readers there. Both are taken out at the end. Measured is
the time of the server itself, planning and execution of every statement of a search as EXPLAIN ANALYZE tells them: of
each question the quickest of three rounds, of a kind the median of many different questions. For each question the
other side is the bare statement: written by hand, it takes the same condition to the one index that serves it, in the
same townships, and returns the first twenty people with their household and village; it knows no loans, no order of
merit and no other way to read what was typed.

Limits: ours within 3 times the bare statement, and the same readers within 1.5 times of what
they waited when there were 30,000. The last line tells the worst of all kinds and readers.
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

# In the place of this folder, whose queue.py would hide the module of the library.
sys.path[0] = str(Path(__file__).resolve().parent.parent)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402

from bench.register_made import GIVEN, SURNAMES, clear, give_numbers, make_register  # noqa: E402
from foundation.accounts import clock  # noqa: E402
from foundation.accounts.models import Area, User  # noqa: E402
from foundation.accounts.names import person_initials  # noqa: E402
from foundation.accounts.roles import Role  # noqa: E402
from foundation.accounts.scope import Duty  # noqa: E402
from households import search  # noqa: E402
from households.identity import keeping  # noqa: E402
from households.models import Resident  # noqa: E402

#: Counties of 300,000 residents in the large register.
COUNTIES = {"small": 1, "full": 10}
PEOPLE = {"small": 60_000, "full": 300_000}
SMALL_REGISTER = {"small": 6_000, "full": 30_000}
SMALL, LARGE = "97", "98"
#: Readers, and where they are below their city.
SCOPES = {"village": "01001001", "township": "01001", "county": "01", "city": ""}
QUESTIONS, ROUNDS = {"small": 6, "full": 20}, 3
OF_BARE, OF_SMALL = 3.0, 1.5


@dataclass(frozen=True)
class Question:
    """One question, and the bare statement that answers it."""

    text: str
    bare: str
    values: list[Any]


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
    townships = Area.objects.filter(code__startswith=scope, level=9).values_list("code", flat=True)
    bare = BareStatements(scope, sorted(townships) if len(scope) < 9 else [scope[:9]])
    return [_question(kind, bare, chosen, numbers[number % len(numbers)]) for number in range(count)]


def _question(kind: str, bare: "BareStatements", chosen: random.Random, full: str) -> Question:
    surname, two = chosen.choice(SURNAMES), "".join(chosen.choices(GIVEN, k=2))
    match kind:
        case "name":
            return bare.resident(surname + two, "r.name = %s", surname + two)
        case "surname":
            return bare.resident(surname, "r.name LIKE %s", f"{surname}%")
        case "beginning":
            return bare.resident(surname + two[0], "r.name LIKE %s", f"{surname + two[0]}%")
        case "inside":
            return bare.resident(two, "substring(r.name, 2) LIKE %s", f"{two}%")
        case "initials":
            initials = person_initials(surname + two)
            return bare.resident(initials, "r.initials LIKE %s", f"{initials}%")
        case "last four":
            return bare.last_four(f"{chosen.randrange(1000):03d}{chosen.choice('0123456789X')}")
        case "full number":
            return bare.full_number(full)
    code = f"{bare.scope[:6].ljust(6, '0')}{chosen.randrange(10**6):08d}"[: chosen.choice((9, 11, 14))]
    return bare.household(code)


class BareStatements:
    """The bare statements of one scope."""

    def __init__(self, scope: str, townships: list[str]) -> None:
        self.scope, self.townships, self.held = scope, townships, keeping.keys_held()
        self.under = f"r.area_id LIKE '{scope}%%'"
        self.here = f"left(r.area_id, 9) = ANY(%s) AND {self.under}"
        self.people = (
            "SELECT r.*, h.code, h.group_name, a.name FROM households_resident r "
            "JOIN households_household h ON h.id = r.household_id JOIN accounts_area a ON a.code = r.area_id"
        )

    def resident(self, text: str, condition: str, value: str) -> Question:
        statement = f"{self.people} WHERE {self.here} AND {condition} LIMIT 20"
        return Question(text, statement, [self.townships, value])

    def last_four(self, end: str) -> Question:
        here = f"township = ANY(%s) AND tail_{self.held.active} = %s AND {self.under}"
        statement = f"{self.people} JOIN households_tail ON r.id = resident_id WHERE {here} LIMIT 20"
        return Question(end, statement, [self.townships, self.held.looked_up.tail("id", end)])

    def full_number(self, number: str) -> Question:
        here = f"token_{self.held.active} = %s AND left_on IS NULL AND {self.under}"
        statement = f"{self.people} JOIN households_identity USING (subject) WHERE {here}"
        return Question(number, statement, [self.held.looked_up.token("id", number)])

    def household(self, code: str) -> Question:
        households = (
            "SELECT r.*, a.name FROM households_household r JOIN accounts_area a ON a.code = r.area_id"
        )
        statement = f"{households} WHERE {self.here} AND r.code LIKE %s LIMIT 20"
        return Question(code, statement, [self.townships, f"{code}%"])


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
        rounds = [
            [(asked(user, kind, question), answered_bare(question)) for question in asked_for]
            for _round in range(ROUNDS + 1)
        ][1:]  # the first warms
        pairs = [tuple(min(side) for side in zip(*tries, strict=True)) for tries in zip(*rounds, strict=True)]
        found[kind] = tuple(statistics.median(side) for side in zip(*pairs, strict=True))
    return found  # type: ignore[return-value]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--scale", choices=COUNTIES, default="small")
    options.add_argument("--keep", action="store_true", help="leave the registers for a closer look")
    given = options.parse_args()
    scale, by = given.scale, User.objects.built_in("shell")
    check_owner()
    try:
        with clock.one_reading():
            run(scale, by)
    finally:
        if not given.keep:
            clear(SMALL, LARGE)


def check_owner() -> None:
    """Refuse to begin what could not be taken out again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'households_resident'::regclass"
        )
        if not cursor.fetchone()[0]:
            sys.exit("DATABASE_URL must be the owner's: taking the registers out again needs an index.")


def run(scale: str, by: User) -> None:
    """Ask the readers of the small register before and after the nation has grown around it, then the others."""
    count = QUESTIONS[scale]
    make_register(SMALL, 1, SMALL_REGISTER[scale], by)
    numbers = {SMALL: give_numbers(SMALL)}
    before = {scope: measured(f"{SMALL}01{below}", numbers[SMALL], count) for scope, below in SCOPES.items()}
    began = time.perf_counter()
    make_register(LARGE, COUNTIES[scale], PEOPLE[scale], by)
    print(f"{Resident.objects.count():,} residents, made in {time.perf_counter() - began:.0f} s")
    numbers[LARGE] = give_numbers(LARGE)
    worst, worst_growth = (0.0, 1.0), 0.0
    for scope, below in SCOPES.items():
        grown = measured(f"{SMALL}01{below}", numbers[SMALL], count)
        large = measured(f"{LARGE}01{below}", numbers[LARGE], count)
        print(f"\n{scope:<18} ours ms   bare ms   ratio   same reader before ms   after ms   ratio")
        for kind in KINDS:
            (ours, bare), was, now = large[kind], before[scope][kind][0], grown[kind][0]
            print(
                f"{kind:<18} {ours:7.2f} {bare:9.2f} {ours / bare:7.2f} {was:23.2f} {now:10.2f} {now / was:7.2f}"
            )
            worst = max(worst, (ours, bare), key=lambda pair: pair[0] / pair[1])
            worst_growth = max(worst_growth, now / was)
    answer = {
        "bench": "register_search",
        "scale": scale,
        "ours_s": round(worst[0] / 1000, 6),
        "baseline_s": round(worst[1] / 1000, 6),
        "ratio": round(worst[0] / worst[1], 3),
        "limit": OF_BARE,
        "ratio_of_small": round(worst_growth, 3),
        "limit_of_small": OF_SMALL,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
