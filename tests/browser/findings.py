"""A comparison of the served database: a household over three lines, one just below, and somebody cremated in benefit.

They stand in the village of the deliveries (tests.browser.feeds).
"""

from foundation.accounts.models import User
from monitoring.comparison.asking import ask_run, run_now
from tests.households.families import SPOUSE, make_household
from tests.monitoring.comparison.found import cremated, in_benefit, member, settled
from tests.monitoring.feeds import delivered

VILLAGE = "999901001002"
OVER, BELOW, CREMATED = "BH000911", "BH000916", "BH000904"


def plant_findings() -> None:
    """Make them."""
    xian = User.objects.get(username="xian")
    over, below, cremation = (
        make_household(code, name, wife, by=xian, area=VILLAGE)
        for code, name, wife in (
            (OVER, "沈立夏", "柳霜降"),
            (BELOW, "陶夏至", "苏小满"),
            (CREMATED, "邓雨水", "万清明"),
        )
    )
    rows = [settled(member(over), "2026-10-22", "31615.50")]
    rows += [
        settled(member(below), "2026-10-20", "9300.00"),
        settled(member(below, SPOUSE), "2026-10-21", "9100.00"),
    ]
    delivered("medical_settlement", rows, by=xian, area=VILLAGE)
    in_benefit(member(cremation), xian, area=VILLAGE)
    cremated(member(cremation), xian, area=VILLAGE)


def compare_village() -> None:
    """Compare their village, in this process."""
    run_now(ask_run(VILLAGE, by=User.objects.get(username="xian"), ring=False))
