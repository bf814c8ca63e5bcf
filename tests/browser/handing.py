"""Forty monitored households of one helper, in a township of their own where no other browser test looks."""

from assistance.helping.assigning import Named, accept, name
from foundation.accounts.models import Area, Posting, User
from foundation.accounts.roles import Level, Role
from tests.house.planted_cases import a_case_of
from tests.households.families import make_household
from tests.people import COUNTY, PASSWORD

TOWNSHIP, VILLAGE = "999901078", "999901078001"
#: Who names helpers there, who helps all of them, and who takes them over.
OFFICE, GIVER, HEIR = "dukou_zhen", "dukou_bangfu", "dukou_jieban"
MANY = 40


def plant_helped_households(by: User) -> None:
    """Make the township with who works there, and the households with their helper."""
    above = Area.objects.get(pk=COUNTY)
    for code, called, level in ((TOWNSHIP, "渡口镇", Level.TOWNSHIP), (VILLAGE, "渡口村", Level.VILLAGE)):
        above = Area.objects.create(code=code, name=called, level=level, parent=above)
    office = _post(OFFICE, Role.TOWNSHIP_VERIFIER, TOWNSHIP).user
    _post(HEIR, Role.HELPER, VILLAGE)
    held = _post(GIVER, Role.HELPER, VILLAGE)
    for number in range(101, 101 + MANY):
        home = make_household(
            f"LD{number:06d}", "渡立夏", "渡秋分", by=by, area=VILLAGE, phone="13800000002", group_name="四组"
        )
        case = a_case_of(home, state="enrolled", category="marginal", risk_types=["01"], level="low")
        accept(name(case, Named("helper", held), by=office), by=held.user)


def _post(username: str, role: Role, area: str) -> Posting:
    person = User.objects.create_user(username, PASSWORD, name=username)
    made: Posting = Posting.objects.create(user=person, role=role, area_id=area, from_day="2026-01-01")
    return made
