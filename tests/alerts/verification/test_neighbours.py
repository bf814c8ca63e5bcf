"""Where everybody of the village is kin, somebody of the next village goes, and sees that one household until then."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from alerts import deciding
from alerts.models import Alert
from alerts.verification import assigning
from alerts.verification.leaving import hand_on
from alerts.verification.own_list import own_list
from alerts.verification.pieces import ReturnItem
from alerts.verification.reported import report_visit
from alerts.verification.reviewing import confirm_end, give_back
from foundation.accounts.models import Area, Kin, Loan, Posting, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right, Role
from foundation.ledger.models import Entry
from foundation.workflow.move import Request
from households.models import Household
from tests.alerts.made import DAY
from tests.alerts.verification.made import DECLINED, raised, visited
from tests.households.families import make_household
from tests.people import VILLAGE

NEXT = "999901001002"
pytestmark = pytest.mark.usefixtures("english")
OF_THE_VILLAGE = ("cun", "shuji", "duiyuan")
People = dict[str, User]


@pytest.fixture
def neighbour(people: People, areas: dict[str, Area]) -> User:
    """Who visits in the next village of the township."""
    somebody = User.objects.create(username="lincun", name="邻村协查员")
    Posting.objects.create(
        user=somebody, role=Role.VILLAGE_ASSISTANT, area=areas[NEXT], from_day=DAY.replace(day=1)
    )
    return somebody


@pytest.fixture
def bereft(people: People, neighbour: User) -> Alert:
    """A dispatched alert on a household whose village's visitors all are its kin."""
    alert = deciding.dispatch(raised(people), Request("dispatch"), by=people["xian"])
    for name in OF_THE_VILLAGE:
        kin(people[name], alert)
    return alert


def kin(user: User, alert: Alert) -> None:
    Kin.objects.create(user=user, household=alert.household.code, relation="kin", declared_on=DAY)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def sees(user: User, alert: Alert) -> bool:
    """Say whether somebody finds the alert and its household; both or none."""
    found = Alert.objects.visible_to(fresh(user)).filter(pk=alert.pk).exists()
    home = Household.objects.visible_to(fresh(user)).filter(pk=alert.household_id).exists()
    assert found == home
    return found


def offered(alert: Alert) -> set[str]:
    return set(assigning.assignable(alert).values_list("username", flat=True))


def test_the_next_village_is_offered_only_where_nobody_of_the_own_may_go(
    people: People, neighbour: User
) -> None:
    alert = raised(people)
    for name in OF_THE_VILLAGE:
        assert "lincun" not in offered(alert)
        kin(people[name], alert)
    assert offered(alert) == {"lincun", "zhen"}
    kin(neighbour, alert)
    assert offered(alert) == {"zhen"}, "kin of the next village do not go either"


def test_where_the_posts_stand_empty_the_next_village_is_offered(people: People, neighbour: User) -> None:
    alert = raised(people)
    Posting.objects.filter(area=VILLAGE).update(until_day=DAY.replace(day=1))
    assert offered(alert) == {"lincun", "zhen"}


def test_who_is_sent_sees_the_one_household_and_reports_it(
    people: People, neighbour: User, bereft: Alert
) -> None:
    other = make_household("YS000777", "陈立夏", by=people["xian"])
    assert not sees(neighbour, bereft)
    assigning.assign(bereft, neighbour, by=people["zhen"])
    assert sees(neighbour, bereft)
    assert not Household.objects.visible_to(fresh(neighbour)).filter(pk=other.pk).exists()
    assert [each.alert for each in own_list(fresh(neighbour)).works] == [bereft]
    visit = visited(bereft, fresh(neighbour))
    report_visit(bereft, visit, DECLINED, by=fresh(neighbour))
    assert bereft.state == "reported"
    entry = Entry.objects.filter(verb="alert.report").latest("id")
    assert (entry.actor, entry.area) == (f"staff:{neighbour.pk}", VILLAGE)


def test_a_loan_lets_visit_and_nothing_more(people: People, neighbour: User, bereft: Alert) -> None:
    assigning.assign(bereft, neighbour, by=people["zhen"])
    home, borrower = bereft.household, fresh(neighbour)
    assert borrower.holds(Right.VISIT_HOUSEHOLDS, VILLAGE, of=home)
    assert not borrower.holds(Right.VISIT_HOUSEHOLDS, VILLAGE), "the village stays closed"
    assert not borrower.holds(Right.EDIT_HOUSEHOLDS, VILLAGE, of=home)
    other = make_household("YS000778", "陈立夏", by=people["xian"])
    assert not borrower.holds(Right.VISIT_HOUSEHOLDS, VILLAGE, of=other)
    with pytest.raises(Refused):
        visited(Alert(household=other), borrower)


@pytest.mark.parametrize("ending", ["recall", "reassign", "confirm"])
def test_it_ends_with_the_work(people: People, neighbour: User, bereft: Alert, ending: str) -> None:
    assigning.assign(bereft, neighbour, by=people["zhen"])
    if ending == "recall":
        assigning.recall(bereft, "分错了", people["xian"])
    elif ending == "reassign":
        assigning.reassign(bereft, people["zhen"], by=people["zhen"])
    else:
        report_visit(bereft, visited(bereft, fresh(neighbour)), DECLINED, by=fresh(neighbour))
        assert sees(neighbour, bereft), "a report may come back to be mended"
        confirm_end(bereft, "not_eligible", "收入稳定", people["zhen"])
    assert not sees(neighbour, bereft)
    assert set(Loan.objects.values_list("ended_on", flat=True)) == {DAY}
    verbs = list(Entry.objects.filter(verb__startswith="record.").values_list("verb", flat=True))
    assert (verbs.count("record.lent"), verbs.count("record.taken_back")) == (2, 2)


def test_a_returned_report_stays_with_its_visitor_and_lends_nothing_twice(
    people: People, neighbour: User, bereft: Alert
) -> None:
    assigning.assign(bereft, neighbour, by=people["zhen"])
    report_visit(bereft, visited(bereft, fresh(neighbour)), DECLINED, by=fresh(neighbour))
    give_back(bereft, [ReturnItem("photos")], "缺照片", people["zhen"])
    assert sees(neighbour, bereft)
    assert Loan.objects.count() == 2


def test_the_night_leaves_the_work_until_the_neighbour_declares_kin(
    people: People, neighbour: User, bereft: Alert
) -> None:
    assigning.assign(bereft, neighbour, by=people["zhen"])
    Kin.objects.filter(user=people["cun"]).update(withdrawn_on=DAY)
    assert hand_on(Alert.objects.all()) == 0, "who is sent goes, also when somebody at home could again"
    kin(neighbour, bereft)
    assert hand_on(Alert.objects.all()) == 1
    bereft.refresh_from_db()
    assert bereft.visitor == people["cun"]
    assert not sees(neighbour, bereft)


def test_the_pages_open_to_who_is_sent_and_say_why_a_neighbour_is_offered(
    people: People, neighbour: User, bereft: Alert, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("zhen")
    page = client.get(reverse("alerts:way", args=[bereft.pk, "assign"])).content.decode()
    assert "邻村协查员" in page
    assert "neighbouring village may go" in page
    assigning.assign(bereft, neighbour, by=people["zhen"])
    client.force_login(fresh(neighbour))
    home = bereft.household_id
    for url in (
        reverse("alerts:mine"), reverse("alerts:alert", args=[bereft.pk]),
        reverse("households:household", args=[home]), reverse("households:visit_write", args=[home]),
        reverse("authorisations:ask", args=[home]),
    ):  # fmt: skip
        assert client.get(url, follow=True).status_code == 200, url
    assert client.get(reverse("alerts:review", args=[bereft.pk])).status_code in (403, 404)
