"""The list of households narrowed by the head's name: found through the indexes of search, not by reading everybody."""

import re

import pytest
from django.db import connection
from django.http import QueryDict

from foundation.accounts.models import User
from foundation.accounts.statistics import look_again
from households.models import Revision
from households.tables import rows_for, table
from households.words import Words
from tests.people import NEIGHBOUR_VILLAGE, VILLAGE, make_areas, make_people

NEXT_DOOR, AT_HOME = 20_000, 2_000
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许", "春夏秋冬山水云雨风雪金石竹木青白松古清龙"


@pytest.fixture(scope="module")
def register(database_of_the_module: str) -> dict[str, User]:
    """Many households next door and some at home, each with a head; one name in four hundred is the one asked for."""
    people = make_people(make_areas())
    revision = Revision.objects.create(
        kind="register_file", by=people["xian"], as_of="2026-11-01", entered_on="2026-11-01"
    )
    with connection.cursor() as cursor:
        for village, count in ((NEIGHBOUR_VILLAGE, NEXT_DOOR), (VILLAGE, AT_HOME)):
            told = {"village": village, "count": count, "revision": revision.pk}
            cursor.execute(
                """INSERT INTO households_household (code, area_id, group_name, address, house_grade, source,
                    source_day, field_sources, revision_id)
                SELECT %(village)s || lpad(n::text, 6, '0'), %(village)s, '', '', '', 'register_file',
                    '2026-11-01', '{}', %(revision)s
                FROM generate_series(1, %(count)s) AS n""",
                told,
            )
            cursor.execute(
                """INSERT INTO households_resident (household_id, area_id, name, initials, sex, relation, ethnicity,
                    education, school_stage, health, labour, work_place, dibao, tekun, departure, source,
                    source_day, field_sources, revision_id)
                SELECT id, area_id, substr(%(surnames)s, 1 + (id %% 20)::int, 1)
                        || substr(%(given)s, 1 + (id / 20 %% 20)::int, 1) || '春',
                    substr('zqslzwzwfccwjshyzqyx', 1 + (id %% 20)::int, 1)
                        || substr('cxqdsyyyfxjszmqbsgql', 1 + (id / 20 %% 20)::int, 1),
                    '1', '01', '', '', '', '{}', '', '', '', '', '', 'register_file', '2026-11-01', '{}', %(revision)s
                FROM households_household WHERE area_id = %(village)s""",
                told | {"surnames": SURNAMES, "given": GIVEN},
            )
    look_again("households_household", "households_resident", "accounts_area")
    return people


@pytest.mark.parametrize(
    ("typed", "index"),
    [
        ("沈雨春", "resident_search_name"),
        ("沈雨", "resident_search_name"),
        ("雨春", "resident_search_inside"),
        ("sy", "resident_search_initials"),
    ],
)
@pytest.mark.parametrize("who", ["cun", "xian", "shi"])
def test_no_name_makes_the_list_read_everybody(
    register: dict[str, User], db: None, who: str, typed: str, index: str
) -> None:
    user = register[who]
    rows = table(Words(), user).filtered(rows_for(user), QueryDict(f"head={typed}"), user)
    plan = rows.order_by("area_id", "code", "pk")[:51].explain()
    assert not re.search(r"Seq Scan on households_resident", plan), plan
    assert index in plan, plan
