"""Monitored households whose risk is to be removed, for tests: identified, checked, and with a measure stated."""

import datetime
from itertools import count
from typing import Any

from django.test import override_settings

from assistance.models import Case, CaseMember, MeasureStatement, Removal
from assistance.removal import proposing
from assistance.removal.guards import Guard, guards_of
from assistance.removal.proposing import Proposal
from foundation.accounts.models import User
from households import standing
from households.models import Household, Questionnaire, Signature, Visit
from households.standing import Held
from tests.households.families import make_household

#: The tests' day, and the day of the story S9a on which the household was identified.
TODAY, IDENTIFIED = datetime.date(2026, 11, 4), datetime.date(2026, 3, 20)
#: Net income 11,700.00 a head: above the line of the stories.
CHECKED: dict[str, Any] = {
    "living_together": 2, "able_to_work": 1, "wages": "23400", "income_trend": "up", "expense_settled": "settled",
    "house_safe": "yes", "all_at_school": "yes", "all_insured": "yes", "water_safe": "yes", "risks_gone": "yes",
    "new_risk": "no", "way": "assisted", "found": "在县城稳定务工，医药费已结清",
}  # fmt: skip
ASSISTED = Proposal("assisted", "务工稳定半年，医药费已结清", "贺立冬", "13800000000")
_number = count(200)


def on(day: datetime.date) -> override_settings:
    """Let it be another day."""
    return override_settings(SHOUWANG_TODAY=day.isoformat())


def visited(
    home: Household, by: User, day: datetime.date, answers: dict[str, Any], form: str = "removal_check"
) -> Visit:
    """Return a visit as a row, by the form of its day; one from before the platform by the first version."""
    versions = Questionnaire.objects.filter(code=form)
    asked = versions.filter(from_day__lte=day).order_by("-version").first() or versions.earliest("version")
    made: Visit = Visit.objects.create(
        household=home, area_id=home.area_id, happened_on=day, entered_on=day, entered_by=by, way="home",
        outcome="met", latitude=34.1, longitude=113.9, questionnaire=asked, answers=answers,
        state="recorded", digest="0" * 64,
    )  # fmt: skip
    return made


def signed(visit: Visit) -> Visit:
    """Let the householder have signed a visit, as a row."""
    Signature.objects.create(
        owner_model="households.visit", owner_id=str(visit.pk), household=visit.household, party="member",
        state="signed", document="0" * 64, name="沈立夏", way="drawn", binding="0" * 64, signed_on=visit.happened_on,
        signed_at=datetime.datetime(2026, 11, 4, 12, tzinfo=datetime.UTC),
    )  # fmt: skip
    return visit


def enrolled(
    people: dict[str, User], since: datetime.date = IDENTIFIED, home: Household | None = None, **fields: Any
) -> Case:
    """Return an enrolled case of a household with its standing, as an announcement or the old register left it."""
    home = home or make_household(f"YF{next(_number):06d}", "沈立夏", "柳霜降", by=people["xian"])
    held = standing.hold(
        home, Held("marginal", since), members=home.residents.all(), by=people["zhen"], reason="公告"
    )
    usual = {
        "state": "enrolled", "origin": "alert", "opened_on": since, "first_clue_on": since, "area": home.area,
        "category": "marginal", "decided_on": since, "standing": held,
    }  # fmt: skip
    case = Case.objects.create(household=home, **usual | fields)
    CaseMember.objects.bulk_create(CaseMember(case=case, resident=each) for each in home.residents.present())
    return case


def ready(
    people: dict[str, User], since: datetime.date = IDENTIFIED, home: Household | None = None, **answers: Any
) -> Case:
    """Return an enrolled case of which every guard of a removal by assistance holds on the tests' day."""
    case = enrolled(people, since, home)
    visited(case.household, people["cun"], since, {"living_together": 2, "wages": "20600"}, "doorstep")
    signed(visited(case.household, people["cun"], TODAY, CHECKED | answers))
    stated(case, people)
    return case


def stated(case: Case, people: dict[str, User], day: datetime.date = TODAY) -> MeasureStatement:
    """Let the township state a measure."""
    return proposing.state_measure(case, "公益性岗位", day, "发放表在乡镇", by=people["zhen"])


def proposed(people: dict[str, User], case: Case | None = None) -> Removal:
    """Return a removal that the village has just proposed."""
    return proposing.propose(case or ready(people), ASSISTED, by=people["cun"])


def now(row: Removal) -> Removal:
    """Return a removal as it stands now."""
    return Removal.objects.select_related("case__household", "case__standing", "case__area").get(pk=row.pk)


def guard(case: Case, code: str, way: str = "assisted", day: datetime.date = TODAY) -> Guard:
    """Return one guard of a case on a day."""
    (found,) = (each for each in guards_of(case, way, day) if each.code == code)
    return found
