"""Households of the served database that leave their village, in a township of their own where no other test looks."""

from foundation.accounts.models import Area, Posting, User
from foundation.accounts.roles import Level, Role
from tests.households.families import make_household
from tests.people import COUNTY, PASSWORD

TOWNSHIP, VILLAGE = "999901077", "999901077001"
#: Who proposes there, and who accepts in the neighbour county's township.
GIVER, RECEIVER = "qian_zhen", "lin_zhen"
#: Household number → head; the first is accepted, the second refused.
LEAVERS = {"LY910001": "祝寒露", "LY910002": "祝小寒"}
#: Who of the second one marries into the first, and goes alone.
BRIDE = "温霜降"


def plant_leavers(by: User) -> None:
    """Make the township with who works there, and the households."""
    above = Area.objects.get(pk=COUNTY)
    for code, name, level in ((TOWNSHIP, "迁安镇", Level.TOWNSHIP), (VILLAGE, "迁出村", Level.VILLAGE)):
        above = Area.objects.create(code=code, name=name, level=level, parent=above)
    person = User.objects.create_user(GIVER, PASSWORD, name=GIVER)
    Posting.objects.create(user=person, role=Role.TOWNSHIP_VERIFIER, area_id=TOWNSHIP, from_day="2026-01-01")
    for code, head in LEAVERS.items():
        spouse = BRIDE if head == "祝小寒" else "鲁大雪"
        make_household(code, head, spouse, by=by, area=VILLAGE, phone="13800000000", address="迁出村 7 号")
