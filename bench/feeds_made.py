"""A register and files of settlements of any size, made set-wise for bench/feeds.py, and taken out again.

Person n of the register has a number that anybody can work out from n; one settlement in fifty is of somebody whom
the register does not know. Codes begin with 97.
"""

import io
from pathlib import Path

from django.db import connection, transaction

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.tables import duck
from foundation.tables.duck import Tables, quoted
from households.identity import index, number_sql
from households.identity.keeping import keys_held
from households.models import Revision

PROVINCE, COUNTY, VILLAGE = "97", "970101", "970101001001"
PEOPLE = "INSERT INTO households_resident"
_AT_ONCE = 200_000
_NAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗",
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉萍红建国",
)


def define(tables: Tables) -> None:
    """Give a connection macros for number and name of person n; up to 30 million differ."""
    number_sql.define(tables)
    surnames, given = _NAMES
    tables.run(
        f"""CREATE MACRO bench_body(n) AS '{COUNTY}'
        || strftime(DATE '1935-01-01' + CAST(n * 7 % 30000 AS INTEGER), '%Y%m%d') || format('{{:03d}}', n // 30000)"""
    )
    tables.run("CREATE MACRO bench_number(n) AS bench_body(n) || id_number_check(bench_body(n))")
    tables.run(
        f"""CREATE MACRO bench_name(n) AS substr('{surnames}', CAST(n % {len(surnames)} + 1 AS BIGINT), 1)
        || substr('{given}', CAST(n // 7 % {len(given)} + 1 AS BIGINT), 1)
        || substr('{given}', CAST(n // 191 % {len(given)} + 1 AS BIGINT), 1)"""
    )


def make_register(people: int, by: User, at_home: int = 1) -> None:
    """Make one village with `people` residents, `at_home` of them in each household; the first is its head."""
    codes = ["97", "9701", COUNTY, "970101001", VILLAGE]
    parents = dict(zip(codes[1:], codes, strict=False))
    Area.objects.bulk_create(
        Area(code=code, name=f"试验{code}", level=len(code), parent_id=parents.get(code)) for code in codes
    )
    revision = Revision.objects.create(
        kind=Revision.Kind.REGISTER_FILE, by=by, as_of=clock.today(), entered_on=clock.today()
    )
    with duck.opened() as tables:
        define(tables)
        with transaction.atomic():
            held = keys_held()
        index.define(tables, held.looked_up)
        for first in range(0, people, _AT_ONCE):
            _some(tables, held.active, range(first, min(first + _AT_ONCE, people)), at_home, revision.pk)
    with connection.cursor() as cursor:
        for table in ("household", "resident", "identity", "tail"):
            cursor.execute(f"VACUUM ANALYZE households_{table}")


def _some(tables: Tables, column: str, these: range, at_home: int, revision: int) -> None:
    tables.run(
        f"""CREATE OR REPLACE TABLE line AS SELECT concat_ws(chr(9), n::VARCHAR,
            identity_token('id', bench_number(n))::VARCHAR, identity_tail('id', bench_number(n))::VARCHAR,
            bench_name(n)) AS line
        FROM range({these.start}, {these.stop}) AS made (n)"""
    )
    lines = tables.rows("SELECT line FROM line")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """CREATE TEMP TABLE bench_person (n bigint, token uuid, tail bigint, name text,
            subject uuid DEFAULT gen_random_uuid()) ON COMMIT DROP"""
        )
        text = io.StringIO("\n".join(line for (line,) in lines) + "\n")
        cursor.copy_expert("COPY bench_person (n, token, tail, name) FROM STDIN", text)
        cursor.execute(
            f"""INSERT INTO households_identity (subject, kind, token_{column}, tail_{column}, sealed)
            SELECT subject, 'id', token, tail, '\\x00' FROM bench_person"""
        )
        cursor.execute(
            """INSERT INTO households_household (code, area_id, group_name, address, house_grade, source, source_day,
                field_sources, revision_id)
            SELECT 'BF' || n / %s, %s, '', '', '', 'register_file', current_date, '{}', %s FROM bench_person
            WHERE n %% %s = 0""",
            [at_home, VILLAGE, revision, at_home],
        )
        cursor.execute(
            """INSERT INTO households_resident (household_id, area_id, subject, name, initials, sex, relation,
                ethnicity, education, school_stage, health, labour, work_place, dibao, tekun, departure, source,
                source_day, field_sources, revision_id)
            SELECT h.id, h.area_id, p.subject, p.name, '', '1', CASE n %% %s WHEN 0 THEN '01' ELSE '30' END,
                '', '', '', '{}', '', '', '', '', '', 'register_file', current_date, '{}', %s
            FROM bench_person p JOIN households_household h ON h.code = 'BF' || n / %s""",
            [at_home, revision, at_home],
        )


def make_file(path: Path, rows: int, people: int) -> None:
    """Write a CSV file of settlements, one in fifty of somebody unknown, one in a thousand with a fault."""
    with duck.opened(folders=[path.parent]) as tables:
        define(tables)
        tables.run(
            f"""COPY (SELECT 'JS' || format('{{:010d}}', row) AS 结算流水号,
                CASE WHEN row % 1000 = 7 THEN '*' || right(number, 17) ELSE number END AS 身份证号,
                bench_name(n) AS 姓名, (['住院', '门诊慢特病', '门诊'])[row % 3 + 1] AS 就诊类别,
                '试验县第' || (row % 40) || '人民医院' AS 医疗机构,
                strftime(DATE '2026-10-01' + CAST(row % 20 AS INTEGER), '%Y-%m-%d') AS 入院日期,
                strftime(DATE '2026-10-05' + CAST(row % 20 AS INTEGER), '%Y-%m-%d') AS 出院日期,
                strftime(DATE '2026-10-05' + CAST(row % 25 AS INTEGER), '%Y-%m-%d') AS 结算日期,
                CAST(900 + row % 40000 AS DECIMAL(10, 2)) AS 医疗总费用,
                CAST(800 + row % 30000 AS DECIMAL(10, 2)) AS 政策范围内费用,
                CAST(row % 20000 + 0.5 AS DECIMAL(10, 2)) AS 基本医保报销, '0' AS 大病保险报销, NULL AS 医疗救助,
                CAST(row % 9000 + 0.25 AS DECIMAL(10, 2)) AS 个人自付
            FROM (SELECT *, bench_number(n) AS number FROM (
                SELECT row, CAST(CASE WHEN row % 50 = 3 THEN {people} + row % 100000
                    ELSE (row * 2654435761) % {people} END AS BIGINT) AS n FROM range({rows}) AS made (row))))
            TO {quoted(path)} (FORMAT csv, HEADER true, DELIMITER ',')"""
        )
