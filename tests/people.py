"""Areas and people that the tests name. Two neighbour counties, one of everything in the first, and outsiders.

Everybody's posting runs from 2026-01-01. Codes begin with 9999, which no law has given to any place.
"""

import datetime

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from foundation.accounts.models import Area, Posting, SecondFactor, User
from foundation.accounts.models.areas import CODE_LENGTHS
from foundation.accounts.names import initials
from foundation.accounts.roles import ADMINISTRATORS, Role

#: Of everybody in a served database; in all others nobody has one.
PASSWORD = "spring-begins-4"
FIRST_DAY = datetime.date(2026, 1, 1)
AREAS = {
    "99": "示例省",
    "9999": "示例市",
    "999901": "示例县",
    "999901001": "青石镇",
    "999901001001": "石桥村",
    "999901001002": "芒种村",
    "999901002": "白河镇",
    "999901002001": "河口村",
    "999902": "邻县",
    "999902001": "东山镇",
    "999902001001": "东山村",
}
COUNTY, TOWNSHIP, VILLAGE = "999901", "999901001", "999901001001"
NEIGHBOUR_COUNTY, NEIGHBOUR_TOWNSHIP, NEIGHBOUR_VILLAGE = "999902", "999902001", "999902001001"

#: login name → (role, area, department)
POSTS: dict[str, tuple[Role, str, str | None]] = {
    "xitong": (Role.SYSTEM_ADMIN, COUNTY, None),
    "anquan": (Role.SECURITY_ADMIN, COUNTY, None),
    "shenjiyuan": (Role.AUDIT_ADMIN, COUNTY, None),
    "yibao": (Role.DEPARTMENT_OFFICER, COUNTY, "medical_insurance"),
    "jingban": (Role.CASE_OFFICER, COUNTY, "civil_affairs"),
    "xian": (Role.COUNTY_DISPATCHER, COUNTY, None),
    "shending": (Role.COUNTY_APPROVER, COUNTY, None),
    "zhen": (Role.TOWNSHIP_VERIFIER, TOWNSHIP, None),
    "zhenling": (Role.TOWNSHIP_APPROVER, TOWNSHIP, None),
    "cun": (Role.VILLAGE_ASSISTANT, VILLAGE, None),
    "wangge": (Role.GRID_MEMBER, VILLAGE, None),
    "bangfu": (Role.HELPER, VILLAGE, None),
    "shuji": (Role.FIRST_SECRETARY, VILLAGE, None),
    "duiyuan": (Role.STATIONED_MEMBER, VILLAGE, None),
    "rexian": (Role.HOTLINE_CLERK, COUNTY, None),
    "choucha": (Role.INSPECTOR, COUNTY, None),
    "lingdao": (Role.COUNTY_READER, COUNTY, None),
    "shi": (Role.CITY_OVERSEER, "9999", None),
    "sheng": (Role.PROVINCE_OVERSEER, "99", None),
    "wenshen": (Role.EXTERNAL_AUDITOR, COUNTY, None),
}
#: The same work in the next county: whoever sees anything of the first county through them has found a leak.
OUTSIDERS: dict[str, tuple[Role, str, str | None]] = {
    "lin_xian": (Role.COUNTY_DISPATCHER, NEIGHBOUR_COUNTY, None),
    "lin_zhen": (Role.TOWNSHIP_VERIFIER, NEIGHBOUR_TOWNSHIP, None),
    "lin_cun": (Role.VILLAGE_ASSISTANT, NEIGHBOUR_VILLAGE, None),
    "lin_anquan": (Role.SECURITY_ADMIN, NEIGHBOUR_COUNTY, None),
}
#: Roles that sign in with a second factor by the values that ship.
TWO_FACTORS = {*ADMINISTRATORS, Role.COUNTY_APPROVER}
TIME_LIMITED_UNTIL = datetime.date(2026, 12, 31)


def make_areas() -> dict[str, Area]:
    """Make the two counties; returns areas by code. One statement: most tests begin here."""
    made: dict[str, Area] = {}
    for code, name in AREAS.items():
        above = [length for length in CODE_LENGTHS if length < len(code)]
        made[code] = Area(
            code=code,
            name=name,
            initials=initials(name),
            level=len(code),
            parent=made[code[: above[-1]]] if above else None,
        )
    Area.objects.bulk_create(made.values())
    return made


def make_people(areas: dict[str, Area]) -> dict[str, User]:
    """Make everybody with their posting; returns people by login name. Nobody has a password. Three statements.

    Whose post asks for a second factor has one, so that pages open; its secret opens with no key.
    """
    posts = POSTS | OUTSIDERS
    people = {
        username: User(username=username, name=username, password=make_password(None)) for username in posts
    }
    User.objects.bulk_create(people.values())
    Posting.objects.bulk_create(
        Posting(
            user=people[username],
            role=role,
            area=areas[area],
            department_id=department,
            from_day=FIRST_DAY,
            until_day=TIME_LIMITED_UNTIL if role in (Role.INSPECTOR, Role.EXTERNAL_AUDITOR) else None,
        )
        for username, (role, area, department) in posts.items()
    )
    SecondFactor.objects.bulk_create(
        SecondFactor(user=people[username], secret=b"", confirmed_at=timezone.now())
        for username, (role, _area, _department) in posts.items()
        if role in TWO_FACTORS
    )
    return people
