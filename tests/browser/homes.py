"""Households of the served database, in the neighbour county's village, where no other browser test looks.

Enough for a second page of the list, one with everything that its page shows; and somebody whose village has none.
"""

import datetime
from decimal import Decimal

from django.db import transaction
from playwright.sync_api import Page, expect

from foundation.accounts.models import Posting, User
from foundation.accounts.roles import Role
from households.corrections import correct
from households.income.periods import Period
from households.income.stating import Stated, state
from households.models import Resident
from tests.browser.authorising import plant_authorisations
from tests.browser.comparisons import plant_comparisons
from tests.browser.enrolling import plant_cases
from tests.browser.factors import plant_factors
from tests.browser.families import plant_families
from tests.browser.feeds import plant_feeds
from tests.browser.findings import compare_village, plant_findings
from tests.browser.gridded import plant_grid
from tests.browser.handing import plant_helped_households
from tests.browser.leavers import plant_leavers
from tests.browser.sent import plant_work
from tests.browser.warned import plant_warnings
from tests.households.departing import depart
from tests.households.families import MOTHER, SPOUSE, make_household, stand
from tests.people import NEIGHBOUR_VILLAGE, PASSWORD

#: The household that is opened, corrected and printed, and one to which each test may do what it likes.
SHOWN, CHANGED = "LX000001", "LX000002"
#: A household whose people are erased, one for each size of screen.
ERASED = "LX000003"
#: A village assistant in whose village nobody lives.
NOBODYS = "wuhu"
#: A county approver of that county.
APPROVER = "lin_shending"
#: A security administrator who has not set up a second factor yet, and somebody whose password others guess.
SET_UP_LATER, AT_THE_DOOR = "lin_anquan_new", "lin_guessed"
#: A dispatcher who is signed in in two places.
IN_TWO_PLACES = "lin_two_places"
_DAY = datetime.date(2026, 11, 3)


def plant() -> None:
    """Make them, compare the village of the deliveries (long work commits by itself), and bring cases on their way."""
    _plant()
    plant_leavers(User.objects.get(username="xian"))
    plant_helped_households(User.objects.get(username="xian"))
    plant_work()
    compare_village()
    plant_cases()
    plant_families()
    plant_grid()


@transaction.atomic
def _plant() -> None:
    plant_feeds()
    plant_findings()
    _plant_staff()
    xian, cun = User.objects.get(username="lin_xian"), User.objects.get(username="lin_cun")
    names = ("沈立夏", "柳霜降", "沈小满", "何冬至")
    where = {"group_name": "一组", "address": "东山村一组 1 号", "net_income_per_head": "9876.50"}
    shown = make_household(
        SHOWN,
        *names,
        by=xian,
        area=NEIGHBOUR_VILLAGE,
        phone="13800001234",
        house_grade="C",
        water_safe=False,
        **where,
    )
    stand(shown, "lifted_out")
    stand(
        shown,
        "unstable",
        from_day="2021-06-01",
        until_day="2022-12-31",
        risk_types=["01", "housing"],
        removal_way="assisted",
    )
    stand(shown, "sudden", from_day="2026-03-01", risk_types=["02"], helper="郑谷雨")
    correct(shown, {"house_grade": "B"}, by=cun, checked_on=_DAY, seen=shown.revision_id, reason="入户所见")
    spouse = shown.residents.get(relation=SPOUSE)
    wanted = {"health": ["4"], "labour": "3", "work_place": "广东省东莞市", "work_months": 5}
    correct(spouse, wanted, by=xian, checked_on=_DAY, seen=spouse.revision_id)
    mother = shown.residents.get(relation=MOTHER)
    depart(mother, Resident.Departure.DIED, _DAY, by=cun, seen=mother.revision_id)
    earned = {"A1": Decimal(16000), "B1": Decimal(5200), "D4": Decimal(1240), "G": Decimal(3000)}
    state(shown, Stated(earned, 3, _DAY), by=cun)
    for year, wages in ((2024, 9_000), (2025, 14_000)):
        period = Period(datetime.date(year - 1, 11, 1), datetime.date(year, 10, 31))
        state(shown, Stated(earned | {"A1": Decimal(wages)}, 3, _DAY, period), by=cun)
    make_household(
        CHANGED, "杜谷雨", "万清明", by=xian, area=NEIGHBOUR_VILLAGE, phone="13800005678", house_grade="A"
    )
    make_household(ERASED, "盛处暑", "祁立冬", "盛小雪", by=xian, area=NEIGHBOUR_VILLAGE, phone="13800004321")
    for number in range(4, 56):
        made = make_household(f"LX{number:06d}", "盛处暑", by=xian, area=NEIGHBOUR_VILLAGE, group_name="二组")
        if number % 5 == 0:
            stand(made, "marginal", from_day="2026-01-01")
    plant_warnings(xian)
    plant_comparisons()
    plant_authorisations()


def _plant_staff() -> None:
    county = NEIGHBOUR_VILLAGE[:6]
    _post(NOBODYS, Role.VILLAGE_ASSISTANT, "999901002001")
    _post(APPROVER, Role.COUNTY_APPROVER, county)
    _post(AT_THE_DOOR, Role.TOWNSHIP_VERIFIER, NEIGHBOUR_VILLAGE[:9])
    _post(IN_TWO_PLACES, Role.COUNTY_DISPATCHER, county)
    plant_factors()
    _post(SET_UP_LATER, Role.SECURITY_ADMIN, county)


def _post(username: str, role: Role, area: str) -> None:
    person = User.objects.create_user(username, PASSWORD, name=username)
    Posting.objects.create(user=person, role=role, area_id=area, from_day="2026-01-01")


def find(page: Page, code: str) -> None:
    """Go to a household by its line in the list."""
    page.goto("/households/")
    row = page.locator("tr", has_text=code)
    row.locator("a").first.click()
    expect(page.locator(".household")).to_be_visible()
