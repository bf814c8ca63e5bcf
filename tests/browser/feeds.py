"""Deliveries of the served database: a family of whom a department says otherwise, a mistyped row, a row found wrong.

They stand in a village of the first county in which no other browser test looks.
"""

from foundation.accounts.models import Area, User
from monitoring.candidates.finding import find
from monitoring.intake import archive
from monitoring.models import Delivery
from monitoring.proposals.proposing import refresh
from monitoring.proposals.reading import feed_rows
from monitoring.returning.returning import return_row
from tests.households.families import make_household
from tests.monitoring.feeds import delivered, number_of
from tests.people import COUNTY

VILLAGE = "999901001002"
HOME = "LX000900"


def plant_feeds() -> None:
    """Make them."""
    xian, yibao, zhen = (User.objects.get(username=name) for name in ("xian", "yibao", "zhen"))
    home = make_household(HOME, "芒立夏", "柳芒种", "芒小满", by=xian, area=VILLAGE)
    head, spouse, _son = home.residents.select_related("identity").order_by("relation")
    people = [{"身份证号": number_of(each), "姓名": each.name} for each in (head, spouse)]
    made = delivered(
        "medical_insurance_status", [each | {"参保年度": 2026, "是否参保": "是"} for each in people], by=yibao
    )
    with archive.opened() as tables:
        refresh(made.dataset, COUNTY, feed_rows(tables, made.dataset, COUNTY), by=xian)
    return_row(made, 3, area=Area.objects.get(pk=VILLAGE), reason="本人称没有参保", by=zhen)
    find(_mistyped(people, yibao), by=yibao)


def _mistyped(people: list[dict[str, str]], by: User) -> Delivery:
    """Deliver ten settlements, one of them with a mistyped number of the spouse."""
    head, spouse = people
    number = spouse["身份证号"]
    wrong = number[:16] + str((int(number[16]) + 1) % 10) + number[17]
    money = {"结算日期": "2026-10-05", "医疗总费用": "900.00", "个人自付": "90.00"}
    rows = [{"结算流水号": f"LX{each}", **head, **money} for each in range(9)]
    rows.append({"结算流水号": "LX9", **spouse, "身份证号": wrong, **money})
    return delivered("medical_settlement", rows, by=by)
