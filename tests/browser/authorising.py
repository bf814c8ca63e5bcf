"""Families of the served database who are asked for authorisations, in a village, and who takes them there."""

import datetime

from foundation.accounts import clock
from foundation.accounts.models import Posting, User
from foundation.accounts.roles import Role
from households.authorisations.ending import night_work
from tests.households.authorisations.made import asked, signed
from tests.households.families import SON, make_household
from tests.people import PASSWORD

VILLAGE = "999901001002"
#: Who asks and takes signatures there.
TAKER = "qianming"
#: A family of four with a child; one that refuses; one that signs on paper; one whose authorisation expired.
SIGNS, REFUSES, ON_PAPER, EXPIRED = "QM000001", "QM000002", "QM000003", "QM000004"
_LAST_YEAR = datetime.date(2025, 11, 1)


def plant_authorisations() -> None:
    """Make them; the night after its last day let one authorisation expire."""
    xian = User.objects.get(username="xian")
    taker = User.objects.create_user(TAKER, PASSWORD, name="纪谷雨")
    Posting.objects.create(user=taker, role=Role.FIRST_SECRETARY, area_id=VILLAGE, from_day="2025-01-01")
    four = make_household(SIGNS, "姜大雪", "柳霜降", "姜小满", "陶立秋", by=xian, area=VILLAGE)
    four.residents.filter(relation=SON).update(born_on=datetime.date(2018, 5, 1))
    asked(make_household(REFUSES, "杜惊蛰", "万小暑", by=xian, area=VILLAGE), by=taker)
    asked(make_household(ON_PAPER, "骆寒露", by=xian, area=VILLAGE), by=taker)
    old = make_household(EXPIRED, "祁大暑", "何处暑", by=xian, area=VILLAGE)
    with clock.at(_LAST_YEAR):
        row = signed(old, by=taker, valid_from=_LAST_YEAR, valid_until=datetime.date(2026, 10, 31))
    with clock.at(row.valid_until + datetime.timedelta(days=1)) as day:
        night_work(by=User.objects.built_in("system"), on=day)
