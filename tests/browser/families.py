"""Two families to which everything happens, in the village of the cases."""

import datetime

from foundation.accounts.models import User
from monitoring.intake import archive
from monitoring.proposals.proposing import refresh
from monitoring.proposals.reading import feed_rows
from tests.browser.enrolling import VILLAGE
from tests.house.planted_signatures import authorisation_of
from tests.households.families import HEAD, MOTHER, make_household, stand
from tests.monitoring.feeds import delivered, number_of
from tests.people import COUNTY

#: The household in which somebody is born and that splits, and the one out of which somebody marries.
SPLITS, MARRIES = "LW900011", "LW900012"


def plant_families() -> None:
    """Make them: what the one counts as and has authorised, and what the police register says of the other's head."""
    xian = User.objects.get(username="xian")
    home = make_household(
        SPLITS, "元立夏", "巫霜降", "元小满", "符冬至", by=xian, area=VILLAGE, group_name="三组"
    )
    stand(home, "lifted_out", from_day=datetime.date(2020, 1, 1))
    stand(home, "dibao", resident=home.residents.get(relation=MOTHER), from_day=datetime.date(2026, 1, 1))
    authorisation_of(home, state="in_force")
    other = make_household(MARRIES, "晏谷雨", "苗清明", by=xian, area=VILLAGE, group_name="三组")
    head = other.residents.select_related("identity").get(relation=HEAD)
    row = {"身份证号": number_of(head), "姓名": head.name, "变动类型": "迁出", "变动日期": "2026-10-30"}
    made = delivered("household_registration", [row], by=xian)
    with archive.opened() as tables:
        refresh(made.dataset, COUNTY, feed_rows(tables, made.dataset, COUNTY), by=xian)
