"""A county's batch assessment and the comparison with civil affairs' list, against the same questions as one statement.

    SHOUWANG_… DATABASE_URL=… REDIS_URL=… python bench/assessment.py [--households N …]

Needs a database of its own that prepare_database has prepared; registers of two sizes are made beside what it holds
(codes that begin with 93 and 94), and stay. Judging: ours asks thirteen criteria of every household, freezes each
answer with its evidence, and writes passage and ledger entry; by hand one statement of PostgreSQL asks the eight facts
that leaving rests on here and only counts. That both come to the same households is asserted. The list: ours reads the
file, matches people by number, and writes the differences; by hand a dictionary of the file is laid beside one query.
Statements are counted: their number for each household must fall with the size, never grow.
"""

import argparse
import csv
import datetime
import io
import json
import os
import resource
import sys
import time
from pathlib import Path

# In the place of this folder, whose queue.py would hide the module of the library.
sys.path[0] = str(Path(__file__).resolve().parent.parent)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from assistance.assessment.rule import rule_on  # noqa: E402
from assistance.assessment.scoring import score, waiting  # noqa: E402
from assistance.models import AssessedHousehold, Assessment  # noqa: E402
from assistance.roster.comparing import compare  # noqa: E402
from bench.register_made import make_register  # noqa: E402
from foundation.accounts.models import Area, User  # noqa: E402
from households.identity import keeping  # noqa: E402
from households.identity.numbers import check_character  # noqa: E402
from tests.foundation.regulations.made import says  # noqa: E402

#: Households of the two counties; the second has what a county has of people lifted out of poverty.
SIZES = (3_000, 30_000)
PROVINCES = ("93", "94")
ON = datetime.date(2026, 10, 31)
LINE, AT_ONCE, LISTED = 8_800, 250, 6
_LIVES = """
    UPDATE households_household SET house_grade = 'A', water_safe = id %% 11 <> 0 WHERE area_id LIKE %(under)s;
    UPDATE households_resident SET insured = id %% 13 <> 0, dibao = 'none', tekun = 'none', labour = '2',
        born_on = DATE '1980-01-01' WHERE area_id LIKE %(under)s;
    INSERT INTO households_standing (household_id, kind, risk_types, removal_way, helper, measures, basis, revision_id)
        SELECT id, 'lifted_out', '{}', '', '', '{}', 'register_file', revision_id FROM households_household
        WHERE area_id LIKE %(under)s;
    INSERT INTO households_standing (household_id, resident_id, kind, risk_types, removal_way, helper, measures, basis,
            revision_id)
        SELECT household_id, id, 'dibao', '{}', '', '', '{}', 'register_file', revision_id FROM households_resident
        WHERE area_id LIKE %(under)s AND household_id %% 17 = 0 AND relation = '1';
    INSERT INTO households_income (household_id, from_day, until_day, members, parts, net_income, net_per_head,
            reference_income, reference_per_head, source, as_of, rule, revision_id)
        SELECT home.id, days.until - 364, days.until, 3, jsonb_build_object('A1', (3 * net)::text), 3 * net, net,
            3 * net, net, 'hand', days.until, '[]', revision_id
        FROM (SELECT *, 8000 + (id * 7919 %% 9000) AS net FROM households_household
                WHERE area_id LIKE %(under)s) AS home,
            (VALUES (DATE '2025-12-31'), (DATE '2026-09-30')) AS days (until);
    ANALYZE households_household; ANALYZE households_resident; ANALYZE households_standing; ANALYZE households_income;
"""
_BY_HAND = """
    SELECT home.id FROM households_household AS home
    WHERE home.area_id LIKE %(under)s AND home.dissolved_on IS NULL AND home.water_safe AND home.house_grade = 'A'
        AND EXISTS (SELECT 1 FROM households_standing AS held WHERE held.household_id = home.id
            AND held.kind = 'lifted_out' AND held.until_day IS NULL)
        AND NOT EXISTS (SELECT 1 FROM households_standing AS held WHERE held.household_id = home.id
            AND held.kind IN ('dibao', 'tekun', 'dibao_margin', 'rigid_expense') AND held.until_day IS NULL)
        AND NOT EXISTS (SELECT 1 FROM households_income AS income WHERE income.household_id = home.id
            AND (income.net_per_head <= %(line)s OR income.reference_per_head <= %(line)s))
        AND NOT EXISTS (SELECT 1 FROM households_resident AS member WHERE member.household_id = home.id
            AND member.left_on IS NULL AND (member.insured IS NOT TRUE OR member.labour NOT IN ('1', '2', '3')))
        AND NOT EXISTS (SELECT 1 FROM alerts_alert AS alert WHERE alert.household_id = home.id
            AND alert.closed_on IS NULL)
"""


def judged(assessment: Assessment, by: User) -> tuple[float, int]:
    """Judge the whole set as the job does, some hundred in each transaction; returns seconds and statements."""
    began, asked = time.perf_counter(), 0
    homes = waiting(assessment)
    for first in range(0, len(homes), AT_ONCE):
        with CaptureQueriesContext(connection) as seen, transaction.atomic():
            score(assessment, homes[first : first + AT_ONCE], by=by)
        asked += len(seen)
    return time.perf_counter() - began, asked


def by_hand(county: str) -> tuple[float, set[int]]:
    """Ask PostgreSQL who may leave, in one statement."""
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(_BY_HAND, {"under": f"{county}%", "line": LINE})
        found = {key for (key,) in cursor.fetchall()}
    return time.perf_counter() - began, found


def numbered(county: str) -> list[tuple[str, int]]:
    """Give every head of a county a number that can be looked up; returns numbers with the key of the resident."""
    held = keeping.keys_held()
    made: list[tuple[str, int]] = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, subject FROM households_resident WHERE area_id LIKE %s AND relation = '1' ORDER BY id",
            [f"{county}%"],
        )
        rows = cursor.fetchall()
        sets = []
        for place, (key, subject) in enumerate(rows):
            start = (
                f"{county}{1950 + place // 90_000}{place % 12 + 1:02d}{place % 28 + 1:02d}{place % 1000:03d}"
            )
            number = start + check_character(start)
            made.append((number, key))
            sets.append((str(held.looked_up.token("id", number)), str(subject)))
        cursor.execute("CREATE TEMP TABLE given (token uuid, subject uuid)")
        lines = io.StringIO("".join(f"{token}\t{subject}\n" for token, subject in dict(sets).items()))
        cursor.copy_expert("COPY given FROM STDIN", lines)
        cursor.execute(
            f"UPDATE households_identity AS held SET token_{held.active} = given.token FROM given "
            "WHERE held.subject = given.subject"
        )
        cursor.execute("DROP TABLE given")
    return made


def file_of(numbers: list[tuple[str, int]]) -> bytes:
    """Return civil affairs' list: every sixth head, with the kind that the register has of one in seventeen."""
    sink = io.StringIO()
    lines = csv.writer(sink)
    lines.writerow(("身份证号", "姓名", "救助类别"))
    lines.writerows((number, "试验人", "低保") for number, _key in numbers[::LISTED])
    return sink.getvalue().encode()


def compared(content: bytes, county: str, by: User) -> tuple[float, int, int]:
    """Compare the list; returns seconds, statements, and differences."""
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as seen:
        made = compare(io.BytesIO(content), county, ON, by=by)
    return time.perf_counter() - began, len(seen), made.differences.count()


def laid_beside(content: bytes, numbers: list[tuple[str, int]], county: str) -> tuple[float, int]:
    """Count who is on one side alone, with the numbers in clear in a dictionary; returns seconds and the count."""
    began = time.perf_counter()
    known = dict(numbers)
    theirs = {known[row["身份证号"]] for row in csv.DictReader(io.StringIO(content.decode()))}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT resident_id FROM households_standing AS held JOIN households_resident AS member "
            "ON member.id = held.resident_id WHERE member.area_id LIKE %s AND held.kind = 'dibao'",
            [f"{county}%"],
        )
        ours = {key for (key,) in cursor.fetchall()}
    return time.perf_counter() - began, len(theirs ^ ours)


def county_of(province: str, households: int, by: User) -> str:
    """Return a county with a register of so many households, made where it is not there."""
    county = f"{province}0101"
    if not Area.objects.filter(code=county).exists():
        make_register(province, 1, households * 3, by)
        with connection.cursor() as cursor:
            cursor.execute(_LIVES, {"under": f"{county}%"})
        says("monitoring_line", county, "2025-01-01", str(LINE))
    return county


def one_size(province: str, households: int, by: User) -> dict[str, float]:
    """Judge a county and lay its list beside the register, each beside the same by hand; returns the figures."""
    county = county_of(province, households, by)
    rule = rule_on(ON)
    assessment = Assessment.objects.create(
        area_id=county,
        whom=["lifted_out"],
        on=ON,
        rule=rule.code,
        digest=rule.digest,
        declared_on=ON,
        declared_by=by,
    )
    score_s, asked = judged(assessment, by)
    hand_s, leaves = by_hand(county)
    rows = AssessedHousehold.objects.filter(assessment=assessment)
    assert set(rows.filter(proposed="leaves").values_list("household", flat=True)) == leaves
    rows.update(state="dropped")
    numbers = numbered(county)
    content = file_of(numbers)
    list_s, list_asked, differences = compared(content, county, by)
    beside_s, found = laid_beside(content, numbers, county)
    assert differences == found, (differences, found)
    print(
        f"{households:>10} {score_s:8.2f} {hand_s:8.3f} {asked:10} {list_s:8.2f} {beside_s:8.3f} {list_asked:9}"
        f"   load {os.getloadavg()[0]:.1f}"
    )
    return {
        "households": households, "score_s": round(score_s, 2), "hand_s": round(hand_s, 3),
        "statements_a_thousand": round(asked / households * 1000, 1), "list_s": round(list_s, 2),
        "beside_s": round(beside_s, 3), "list_statements": list_asked,
    }  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--households", type=int, nargs=2, default=SIZES)
    told = options.parse_args()
    by = User.objects.built_in("shell")
    print("households    ours s   hand s statements   list s   hand s statements")
    small, large = (one_size(*each, by) for each in zip(PROVINCES, told.households, strict=True))
    grew = large["households"] / small["households"]
    print(
        json.dumps(
            {
                "bench": "assessment", "sizes": [small, large],
                "judging_grows": round(large["score_s"] / small["score_s"] / grew, 2),
                "list_grows": round(large["list_s"] / small["list_s"] / grew, 2), "limit": 1.3,
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
