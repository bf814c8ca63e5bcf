"""Registers of any size, made set-wise for benchmarks beside what a database holds, and taken out again."""

import random

from django.db import connection

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.names import person_initials
from households.identity import keeping
from households.identity.numbers import check_character
from households.models import Resident, Revision

TOWNSHIPS, VILLAGES = 15, 14
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉萍红建国立春夏秋冬雨晴山河石青白云松古金水长荣凤梅文志海燕"


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
        cursor.execute("VACUUM ANALYZE accounts_area")


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


def clear(*provinces: str) -> None:
    """Take registers out again."""
    with connection.cursor() as cursor:
        # The keys from residents to identities are checked one by one, which nobody else does a million times.
        cursor.execute("CREATE INDEX bench_subject ON households_resident (subject)")
        for province in provinces:
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
