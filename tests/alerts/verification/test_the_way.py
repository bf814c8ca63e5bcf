"""From dispatch to the township's decision, by the stage functions; and who may not decide."""

import datetime

import pytest

from alerts.models import Alert
from alerts.verification import answering, assigning, reviewing
from alerts.verification.pieces import ReturnItem
from alerts.verification.reported import Reported, mark_unauthorised, report_visit, withdraw_report
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from tests.alerts.verification.made import (
    DECLINED,
    PROPOSED,
    another_signal,
    assigned,
    raised,
    reported,
    visited,
)

DAY = datetime.date(2026, 11, 4)
PHOTOS = [ReturnItem("photos")]


def test_a_visit_is_proposed_for_enrolment_by_the_township(people: dict[str, User]) -> None:
    alert = reported(people, PROPOSED)
    assert (alert.state, alert.opinion, alert.visitor) == ("reported", "propose", people["cun"])
    reviewing.propose(alert, "四项都看过", by=people["zhen"])
    assert alert.state == "proposed"


def test_everybody_on_the_way_is_told(people: dict[str, User]) -> None:
    alert = reported(people)
    told = {(row.kind, row.recipient.username) for row in Notice.objects.select_related("recipient")}
    assert {("alerts_assigned", "cun"), ("alerts_reported", "zhen")} <= told
    reviewing.give_back(alert, PHOTOS, "缺照片", by=people["zhen"])
    assert Notice.objects.get(kind="alerts_returned").recipient == people["cun"]


def test_confirming_that_nobody_is_enrolled_keeps_the_standards_quiet(people: dict[str, User]) -> None:
    alert = reviewing.confirm_end(reported(people), "not_eligible", "同意", by=people["zhen"])
    assert (alert.state, alert.outcome, alert.closed_on) == ("closed", "not_eligible", DAY)
    assert alert.quiet_until is not None


def test_only_who_visits_there_and_is_not_kin_is_sent(people: dict[str, User]) -> None:
    alert = assigned(people)
    Kin.objects.create(user=people["shuji"], household=alert.household.code, relation="kin", declared_on=DAY)
    names = set(assigning.assignable(alert).values_list("username", flat=True))
    assert names == {"cun", "duiyuan", "zhen"}
    for username in ("shuji", "lin_cun", "xian"):
        with pytest.raises(Refused):
            assigning.reassign(alert, people[username], by=people["zhen"])


def test_who_visited_does_not_review(people: dict[str, User]) -> None:
    alert = assigned(people, visitor="zhen")
    report_visit(alert, visited(alert, people["zhen"]), DECLINED, by=people["zhen"])
    with pytest.raises(Refused):
        reviewing.confirm_end(alert, "not_eligible", "同意", by=people["zhen"])


def test_who_came_along_does_not_review_either(people: dict[str, User]) -> None:
    alert = assigned(people)
    visit = visited(alert, people["cun"], visitors=[people["cun"], people["zhen"]])
    report_visit(alert, visit, DECLINED, by=people["cun"])
    with pytest.raises(Refused, match=r"yourself|本人"):
        reviewing.propose(alert, "", by=people["zhen"])


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Reported("", "not_eligible"), "opinion"),
        (Reported("decline"), "outcome"),
        (Reported("decline", "enrolled"), "outcome"),
        (Reported("propose", "not_eligible"), "outcome"),
        (Reported("decline", "unreachable"), "outcome"),
    ],
)
def test_a_report_says_one_thing(people: dict[str, User], said: Reported, field: str) -> None:
    alert = assigned(people)
    with pytest.raises(Refused) as refusal:
        report_visit(alert, visited(alert, people["cun"]), said, by=people["cun"])
    assert refusal.value.field == field


def test_three_attempts_lead_to_could_not_be_reached(people: dict[str, User]) -> None:
    alert = assigned(people)
    said = Reported("decline", "unreachable")
    attempt = visited(alert, people["cun"], met=False)
    with pytest.raises(Refused, match="1"):
        report_visit(alert, attempt, said, by=people["cun"])
    with pytest.raises(Refused):
        report_visit(alert, attempt, DECLINED, by=people["cun"])
    visited(alert, people["cun"], met=False)
    report_visit(alert, visited(alert, people["cun"], met=False), said, by=people["cun"])
    assert (alert.state, alert.reported_outcome) == ("reported", "unreachable")


def test_a_signal_after_the_visit_waits_for_an_answer(people: dict[str, User]) -> None:
    alert = another_signal(people, reported(people))
    assert alert.unanswered == 1
    with pytest.raises(Refused):
        reviewing.confirm_end(alert, "not_eligible", "同意", by=people["zhen"])
    answering.answer(alert.signals.get(after_visit=True), "入户时已看过，水已通", by=people["cun"])
    alert.refresh_from_db()
    assert alert.unanswered == 0
    reviewing.confirm_end(alert, "not_eligible", "同意", by=people["zhen"])


def test_a_returned_report_is_completed_piece_by_piece(people: dict[str, User]) -> None:
    alert = reported(people)
    reviewing.give_back(alert, [*PHOTOS, ReturnItem("other", "房屋背面")], "缺照片", by=people["zhen"])
    there = alert.pieces.get(piece="photos")
    report_visit(
        alert,
        visited(alert, people["cun"]),
        Reported("decline", "not_eligible", "已补", [there.pk]),
        by=people["cun"],
    )
    assert alert.state == "reported"
    assert list(alert.pieces.missing().values_list("piece", flat=True)) == ["other"]


def test_the_third_return_goes_to_the_leader_of_the_township(people: dict[str, User]) -> None:
    alert = reported(people)
    for time in range(3):
        assert not Notice.objects.filter(kind="alerts_returned_often").exists()
        reviewing.give_back(alert, PHOTOS, "缺照片", by=people["zhen"])
        if time < 2:
            report_visit(alert, visited(alert, people["cun"]), DECLINED, by=people["cun"])
    assert alert.returned == 3
    assert Notice.objects.get(kind="alerts_returned_often").recipient == people["zhenling"]


def test_not_authorised_goes_on_any_day(people: dict[str, User]) -> None:
    alert = mark_unauthorised(assigned(people), "户主不同意", by=people["cun"])
    assert alert.state == "unauthorised"
    reviewing.resume(alert, "补签了", by=people["zhen"])
    assert (alert.state, alert.visitor, alert.visit) == ("dispatched", None, None)


def test_a_report_is_taken_back_before_it_is_judged(people: dict[str, User]) -> None:
    alert = withdraw_report(reported(people), "写错了户", by=people["cun"])
    assert (alert.state, alert.visit, alert.opinion) == ("assigned", None, "")


def test_recalled_and_reported_up_nobody_is_sent_any_more(people: dict[str, User]) -> None:
    alert = assigning.recall(assigned(people), "重复", by=people["xian"])
    assert (alert.state, alert.visitor) == ("raised", None)
    again = assigning.report_up(assigned(people), "不归我镇", by=people["zhen"])
    assert (again.state, again.visitor) == ("raised", None)


def test_many_are_sent_at_once_each_with_a_result(people: dict[str, User]) -> None:
    alerts = [raised(people) for _each in range(3)]
    assert all(result.moved for result in assigning.dispatch_many(alerts, by=people["xian"]))
    alerts = list(Alert.objects.order_by("pk").select_related("household"))
    Kin.objects.create(
        user=people["cun"], household=alerts[1].household.code, relation="kin", declared_on=DAY
    )
    results = assigning.assign_many(alerts, lambda _alert: people["cun"], by=people["zhen"])
    assert [result.moved for result in results] == [True, False, True]
    assert Notice.objects.get(kind="alerts_assigned").count == 2
