"""The village where a household lives is asked for a visit, goes there, and sees the household no longer than that."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assistance.area_followers import areas as follow
from assistance.models import Case, StayVisit
from assistance.stay_visits import asking
from assistance.stay_visits.places import of_stay_visits
from assistance.stay_visits.purpose import PURPOSE
from foundation.accounts import clock
from foundation.accounts.areas import renumber
from foundation.accounts.models import Area, Kin, Posting, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Role
from foundation.accounts.sign_in import BACKEND
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from households.models import Household
from households.visits.purposes import Purpose, due_at
from households.visits.writing import amend_visit, annul_visit, record_visit
from tests.assistance.removal.made import TODAY, enrolled
from tests.households.visits.made import told

pytestmark = pytest.mark.usefixtures("english")
NEXT = "999901001002"
People = dict[str, User]


@pytest.fixture
def there(people: People, areas: dict[str, Area]) -> User:
    """Who visits in the village where the household lives."""
    somebody = User.objects.create(username="lincun", name="邻村协查员")
    Posting.objects.create(
        user=somebody, role=Role.VILLAGE_ASSISTANT, area=areas[NEXT], from_day=TODAY.replace(day=1)
    )
    return somebody


@pytest.fixture
def case(people: People, there: User) -> Case:
    """A monitored household that lives in the next village."""
    made = enrolled(people)
    Household.objects.filter(pk=made.household_id).update(stay_area=NEXT)
    return Case.objects.get(pk=made.pk)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def asked(case: Case, people: People) -> StayVisit:
    return asking.ask(case, "看看老人身体", by=people["cun"])


def now(row: StayVisit) -> StayVisit:
    return StayVisit.objects.select_related("case__household").get(pk=row.pk)


def sees(user: User, case: Case) -> bool:
    return Household.objects.visible_to(fresh(user)).filter(pk=case.household_id).exists()


def serves(row: StayVisit) -> list[Purpose]:
    return [Purpose(PURPOSE.model, str(row.pk))]


def test_it_is_asked_where_the_register_says_that_they_live(case: Case, people: People, there: User) -> None:
    row = asked(case, people)
    assert (row.state, row.to_area_id, row.head, row.persons) == ("asked", NEXT, "沈**", 2)
    assert row.due_on == datetime.date(2026, 11, 18), "ten working days"
    assert {each.recipient for each in Notice.objects.filter(kind="stay_visits_asked")} >= {there}
    assert not sees(there, case), "the request alone"
    with pytest.raises(Refused, match="asked for already"):
        asked(case, people)
    Household.objects.filter(pk=case.household_id).update(stay_area=None)
    asking.withdraw(now(row), "已回家", by=people["cun"])
    with pytest.raises(Refused, match="does not say"):
        asked(case, people)
    Household.objects.filter(pk=case.household_id).update(stay_area="999902")
    assert asking.stay_village(Case.objects.get(pk=case.pk)) is None, "of another county"


def test_the_request_follows_the_one_village_that_takes_the_place(
    case: Case, people: People, areas: dict[str, Area]
) -> None:
    row = asked(case, people)
    with pytest.raises(Refused, match="1 visits are asked of"):
        follow(areas[NEXT], [], by=people["xitong"], on=TODAY)
    with pytest.raises(Refused, match="1 visits are asked of"):
        follow(areas[NEXT], [areas["999901001001"], areas["999902"]], by=people["xitong"], on=TODAY)
    new = renumber(areas[NEXT], "999901001009", by=people["xitong"], reason="编码录入有误")
    assert (now(row).to_area, now(row).state) == (new, "asked")
    asking.withdraw(now(row), "已回家", by=people["cun"])
    follow(new, [], by=people["xitong"], on=TODAY)
    assert now(row).to_area == new, "what was asked of it stays in its past"


def test_who_accepts_sees_the_household_visits_it_and_sees_it_no_longer(
    case: Case, people: People, there: User
) -> None:
    row = asked(case, people)
    with pytest.raises(Refused):
        asking.accept(now(row), by=people["cun"])
    asking.accept(now(row), by=there)
    assert sees(there, case)
    assert [item.url for item in of_stay_visits(fresh(there))] == [
        "/cases/stay-visits/?to=yes&state=accepted"
    ]
    home = case.household
    assert Purpose(PURPOSE.model, str(row.pk)) in {due.purpose for due in due_at(home, fresh(there))}
    assert not PURPOSE.due_at(home, people["cun"]), "who promised it goes"
    nobody = told(home, outcome="nobody", met=[], answers={})
    visit = record_visit(home, nobody, by=fresh(there), serves=serves(row))
    assert now(row).state == "accepted"
    visit = amend_visit(visit, told(home), by=fresh(there))
    assert (now(row).state, now(row).visit) == ("visited", visit)
    assert people["cun"] in {each.recipient for each in Notice.objects.filter(kind="stay_visits_answered")}
    assert Entry.objects.filter(verb="stay_visit.report").count() == 1
    assert sees(there, case), "until the evening: it may be corrected today"
    annul_visit(visit, reason="写错了", by=people["zhen"])
    assert (now(row).state, now(row).visit) == ("accepted", None)
    with clock.at(TODAY + datetime.timedelta(1)):
        assert sees(there, case), "it is to be made again"
    record_visit(home, told(home), by=fresh(there), serves=serves(row))
    with clock.at(TODAY + datetime.timedelta(1)):
        assert not sees(there, case)


def test_it_is_refused_given_back_or_taken_back(case: Case, people: People, there: User) -> None:
    row = asking.accept(asked(case, people), by=there)
    with pytest.raises(Refused):
        asking.refuse(now(row), "", by=there)
    asking.refuse(now(row), "已搬走", by=there)
    assert (now(row).state, sees(there, case)) == ("refused", False)
    row = asking.accept(asked(case, people), by=there)
    asking.withdraw(now(row), "本村已去", by=people["cun"])
    assert (now(row).state, sees(there, case)) == ("withdrawn", False)
    assert there in {each.recipient for each in Notice.objects.filter(kind="stay_visits_answered")}
    row = asked(case, people)
    Kin.objects.create(user=there, household=case.household.code, relation="kin", declared_on=TODAY)
    with pytest.raises(Refused):
        asking.accept(now(row), by=fresh(there))


def test_both_sides_work_on_the_pages(
    case: Case, people: People, there: User, signed_in: Callable[[str], Client]
) -> None:
    own = signed_in("cun")
    page = own.get(reverse("cases:case", args=[case.pk])).content.decode()
    ask = reverse("cases:ask_stay_visit", args=[case.pk])
    assert ask in page
    answer = own.post(ask, {"why": "看看老人身体"})
    row = StayVisit.objects.get()
    assert answer["Location"] == reverse("cases:stay_visit", args=[row.pk])
    other = Client(headers={"Accept-Language": "en"})
    other.force_login(there, backend=BACKEND)
    request = other.get(answer["Location"]).content.decode()
    assert "看看老人身体" in request
    assert "沈立夏" not in request
    assert "沈**" in other.get(reverse("cases:stay_visits")).content.decode()
    other.post(reverse("cases:stay_visit_act", args=[row.pk, "accept"]), {"version": row.version})
    accepted = other.get(answer["Location"]).content.decode()
    assert reverse("households:visit_write", args=[case.household_id]) in accepted
    assert signed_in("lin_cun").get(answer["Location"]).status_code == 404
