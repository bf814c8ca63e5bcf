"""The third return of a report goes to the leader of the township, who settles it in one press."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from alerts.models import Alert
from alerts.verification import leading
from alerts.verification.acts import acts_of, acts_of_review
from alerts.verification.pieces import ReturnItem
from alerts.verification.reported import report_visit
from alerts.verification.reviewing import confirm_end, give_back
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from foundation.workflow.models import Passage
from tests.alerts.verification.made import DECLINED, reported, visited

People = dict[str, User]

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def thrice(people: People) -> Alert:
    """Return an alert whose report was sent back three times."""
    alert = reported(people)
    for turn in range(3):
        if turn:
            report_visit(alert, visited(alert, people["cun"]), DECLINED, by=people["cun"])
        give_back(alert, [ReturnItem("photos")], f"第{turn + 1}次：缺照片", people["zhen"])
    return alert


def test_the_report_stands_and_the_township_decides_on_it(people: People, thrice: Alert) -> None:
    leading.let_stand(thrice, "房子已拆，拍不了照片", people["zhenling"])
    assert (thrice.state, thrice.stands, thrice.opinion) == ("reported", True, "decline")
    with pytest.raises(Refused, match="let this report stand"):
        give_back(thrice, [ReturnItem("photos")], "还是缺", people["zhen"])
    blocked = {act.label: act.blocked for act in acts_of_review(thrice, people["zhen"])}
    assert blocked["Return for completion"]
    confirm_end(thrice, "not_eligible", "按分管领导意见", people["zhen"])
    assert thrice.state == "closed"
    entry = Entry.objects.get(verb="alert.let_stand")
    assert entry.actor == f"staff:{people['zhenling'].pk}"
    told = set(Notice.objects.filter(kind="alerts_settled").values_list("recipient__username", flat=True))
    assert told == {"zhen", "cun"}


def test_somebody_else_goes_and_the_next_report_may_be_sent_back(people: People, thrice: Alert) -> None:
    with pytest.raises(Refused, match="sent already"):
        leading.send_another(thrice, people["cun"], "换人", people["zhenling"])
    with pytest.raises(Refused, match="visits households in this village"):
        leading.send_another(thrice, people["lin_cun"], "换人", people["zhenling"])
    leading.send_another(thrice, people["shuji"], "请第一书记去一趟", people["zhenling"])
    assert (thrice.state, thrice.visitor) == ("assigned", people["shuji"])
    report_visit(thrice, visited(thrice, people["shuji"]), DECLINED, by=people["shuji"])
    give_back(thrice, [ReturnItem("photos")], "缺照片", people["zhen"])
    assert thrice.state == "returned"


def test_only_the_leader_settles_and_only_the_third_return(people: People, thrice: Alert) -> None:
    for name in ("zhen", "cun", "xian"):
        with pytest.raises(Refused):
            leading.let_stand(thrice, "就这样", people[name])
    with pytest.raises(Refused):
        leading.let_stand(thrice, " ", people["zhenling"])
    Alert.objects.filter(pk=thrice.pk).update(returned=2)
    thrice.refresh_from_db()
    with pytest.raises(Refused, match="3 times"):
        leading.let_stand(thrice, "就这样", people["zhenling"])
    assert not leading.may_settle(thrice, people["zhenling"])


def test_where_the_post_is_empty_the_county_settles(people: People, thrice: Alert) -> None:
    leading.let_stand(thrice, "就这样", people["shending"])
    assert thrice.state == "reported"


def test_the_page_shows_both_sides_and_takes_one_decision(
    people: People, thrice: Alert, signed_in: Callable[[str], Client]
) -> None:
    leader = people["zhenling"]
    assert [(act.label, act.primary) for act in acts_of(thrice, leader)] == [
        ("Settle the third return", True)
    ]
    client = signed_in("zhenling")
    url = reverse("alerts:settle", args=[thrice.pk])
    page = client.get(url).content.decode()
    assert "第3次：缺照片" in page
    assert "收入稳定" in page
    given = {"version": thrice.version, "decision": "another", "reason": "换人"}
    assert "Choose who visits the household now." in client.post(url, given).content.decode()
    answer = client.post(url, given | {"visitor": people["duiyuan"].pk}, follow=True)
    assert answer.status_code == 200
    thrice.refresh_from_db()
    assert (thrice.state, thrice.visitor) == ("assigned", people["duiyuan"])
    assert Passage.objects.get(verb="send_another").reason == "换人"
    assert "nothing for you to settle" in client.get(url).content.decode()
