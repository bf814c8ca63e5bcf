"""Promised and not paid, paid and not recorded: found from accepted deliveries, and settled by a press."""

import datetime
from decimal import Decimal
from unittest.mock import patch

import pytest

from assistance.aid import recording, settling
from assistance.aid.following import night_work
from assistance.aid.keeping import refresh, refresh_area
from assistance.catalogue.paying import Expected
from assistance.catalogue.terms import Per
from assistance.measures.answering import Landed, land
from assistance.models import AidExplanation, AidGap, AidRecord, Case, Measure
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.jobs.models import Job
from households.models import Standing
from monitoring.intake.deciding import withdraw
from tests.assistance.aid.made import aid, aid_row, once, recorded, roll_row
from tests.assistance.help.helped import member, ticked
from tests.monitoring.feeds import delivered
from tests.people import COUNTY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def monitored_long(case: Case) -> Case:
    """Return the case, decided in July."""
    Case.objects.filter(pk=case.pk).update(decided_on=datetime.date(2026, 7, 10))
    case.refresh_from_db()
    return case


def found(case: Case) -> list[tuple[str, str, int | None, str, str]]:
    """Return side, feed, member and months of the differences of a case."""
    rows = AidGap.objects.filter(case=case).order_by("side", "feed", "first_month")
    return [
        (row.side, row.feed, row.resident_id, f"{row.first_month:%m}", f"{row.last_month:%m}") for row in rows
    ]


def rolls(case: Case, people: dict[str, User], **months: list[int]) -> None:
    """Deliver rolls: m09=[0] is September with the head in it; one stranger is in every roll."""
    for name, members in months.items():
        rows = [roll_row(member(case, number)) for number in members] or [
            {
                "身份证号": "999901199004150019",
                "姓名": "路人",
                "保障类别": "B",
                "月保障金额": "1",
                "起始日期": "2026-01-01",
            }
        ]
        delivered("dibao_roll", rows, by=people["xian"], period=f"2026-{name[1:]}")
    refresh([case.pk])


def test_promised_and_not_paid_is_found_from_an_accepted_roll(
    monitored_long: Case, people: dict[str, User]
) -> None:
    case, head = monitored_long, member(monitored_long, 0)
    recorded(case, people["cun"], aid(case, landed_on=datetime.date(2026, 8, 1)))
    assert found(case) == []
    rolls(case, people, m08=[0], m09=[], m10=[])
    assert found(case) == [("unpaid", "dibao", head.pk, "09", "10")]
    assert AidGap.objects.get().amount == Decimal(420)
    october = delivered("dibao_roll", [roll_row(head)], by=people["xian"], period="2026-10")
    refresh([case.pk])
    assert found(case) == [("unpaid", "dibao", head.pk, "09", "09")]
    withdraw(october, by=people["xian"], reason="报错了")
    refresh([case.pk])
    assert found(case) == [("unpaid", "dibao", head.pk, "09", "10")]


def test_what_an_office_says_that_landed_is_looked_for_from_the_next_month(
    monitored_long: Case, people: dict[str, User]
) -> None:
    case, head = monitored_long, member(monitored_long, 0)
    (made,) = ticked(case, people["cun"], ("dibao", 0, "01"))
    Measure.objects.filter(pk=made.pk).update(ticked_on=datetime.date(2026, 8, 1))
    measure = Measure.objects.select_related("case__household").get(pk=made.pk)
    rolls(case, people, m08=[], m09=[], m10=[])
    assert found(case) == []
    land(measure, Landed(datetime.date(2026, 8, 20), Decimal(420), "month"), by=people["jingban"])
    assert found(case) == [("unpaid", "dibao", head.pk, "09", "10")]


@pytest.mark.parametrize(
    ("due", "lacking"),
    [
        ("2026-10-21", [("unpaid", "dibao", "10", "10")]),
        ("2026-11-02", []),
        ("2026-08-31", [("unpaid", "dibao", "08", "10")]),
    ],
)
def test_an_office_that_never_answers_is_held_to_the_list_of_its_last_day(
    monitored_long: Case, people: dict[str, User], due: str, lacking: list[tuple[str, str, str, str]]
) -> None:
    case = monitored_long
    (made,) = ticked(case, people["cun"], ("dibao", 0, "01"))
    Measure.objects.filter(pk=made.pk).update(ticked_on="2026-08-10", due_on=due)
    with patch("assistance.aid.promising.expected", lambda *_asked: Expected(Decimal(815), Per.MONTH)):
        rolls(case, people, m08=[], m09=[], m10=[])
    assert set(AidGap.objects.values_list("amount", flat=True)) == ({Decimal(815)} if lacking else set())
    assert [(side, feed, first, last) for side, feed, _who, first, last in found(case)] == lacking


def test_a_delivery_asks_for_the_comparison_by_itself_and_so_does_the_night(
    monitored_long: Case, people: dict[str, User]
) -> None:
    recorded(monitored_long, people["cun"])
    delivered("dibao_roll", [roll_row(member(monitored_long, 1))], by=people["xian"], period="2026-10")
    assert Job.objects.filter(kind="match_aid", area=COUNTY).count() == 1
    assert refresh_area(COUNTY) == 2
    night_work(by=User.objects.built_in("system"), on=clock.today())
    assert set(Job.objects.filter(area=COUNTY).values_list("kind", flat=True)) >= {"match_aid", "hand_in_aid"}


def test_paid_and_not_recorded_is_taken_over_by_a_press(
    monitored_long: Case, people: dict[str, User]
) -> None:
    case, head = monitored_long, member(monitored_long, 0)
    delivered("dibao_roll", [roll_row(head, "400.00")], by=people["xian"], period="2026-08")
    rolls(case, people, m09=[0], m10=[0])
    assert found(case) == [("unrecorded", "dibao", head.pk, "08", "10")]
    gap = AidGap.objects.select_related("case__household").get()
    assert gap.delivery is not None
    with pytest.raises(Refused):
        settling.take_over(gap, by=people["lingdao"])
    settling.take_over(gap, by=people["cun"])
    rows = AidRecord.objects.filter(case=case).order_by("landed_on")
    assert [(f"{row.landed_on:%m}", row.until_month and row.until_month.month, row.amount) for row in rows] == [
        ("08", 8, Decimal(400)), ("09", None, Decimal(420)),
    ]  # fmt: skip
    assert {row.feed for row in rows} == {"dibao"}
    assert all(row.feed_delivery and row.feed_row and row.department_id == "civil_affairs" for row in rows)
    assert found(case) == []


def test_a_single_payment_keeps_its_day_when_it_is_taken_over(
    monitored_long: Case, people: dict[str, User]
) -> None:
    case, son = monitored_long, member(monitored_long, 2)
    delivered("temporary_aid", [aid_row(son, "2026-10-15")], by=people["xian"])
    refresh([case.pk])
    (gap,) = AidGap.objects.select_related("case__household")
    settling.take_over(gap, by=people["cun"])
    row = AidRecord.objects.get()
    assert (row.per, row.landed_on, row.amount, row.resident_id) == (
        "once",
        datetime.date(2026, 10, 15),
        Decimal(2000),
        None,
    )
    assert found(case) == []


def test_the_department_is_asked_by_a_press_and_only_once(
    monitored_long: Case, people: dict[str, User]
) -> None:
    case = monitored_long
    recorded(case, people["cun"])
    rolls(case, people, m09=[0], m10=[])
    gap = AidGap.objects.select_related("case__household", "case__standing").get()
    assert settling.asked_again(gap) is None
    (task,) = settling.ask_department(gap, by=people["cun"])
    assert (task.code, task.resident_id, task.state, task.department_id) == (
        "dibao", member(case, 0).pk, "asked", "civil_affairs",
    )  # fmt: skip
    assert "2026-10" in task.note
    assert settling.asked_again(gap) == task
    with pytest.raises(Refused, match="promised already"):
        settling.ask_department(gap, by=people["cun"])


def test_an_explanation_ends_the_question_and_can_be_withdrawn(
    monitored_long: Case, people: dict[str, User]
) -> None:
    case = monitored_long
    recorded(case, people["cun"])
    rolls(case, people, m09=[0], m10=[])
    gap = AidGap.objects.select_related("case__household").get()
    with pytest.raises(Refused, match="Say why"):
        settling.explain(gap, " ", by=people["cun"])
    told = settling.explain(gap, "十月起改为实物", by=people["cun"])
    assert (found(case), told.last_month) == ([], datetime.date(2026, 10, 1))
    settling.withdraw_explanation(told, "弄错了", by=people["zhen"])
    assert len(found(case)) == 1
    with pytest.raises(Refused, match="already"):
        settling.withdraw_explanation(told, "弄错了", by=people["zhen"])
    assert AidExplanation.objects.count() == 1


def test_a_standing_of_the_register_answers_where_no_roll_is_delivered(
    monitored_long: Case, people: dict[str, User]
) -> None:
    case, old = monitored_long, member(monitored_long, 3)
    Standing.objects.create(
        household=case.household, resident=old, kind="tekun", from_day=datetime.date(2026, 9, 1),
        basis="correction", revision=case.household.revision,
    )  # fmt: skip
    refresh([case.pk])
    assert found(case) == [("unrecorded", "tekun", old.pk, "09", "10")]
    gap = AidGap.objects.select_related("case__household").get()
    settling.take_over(gap, by=people["cun"])
    assert (AidRecord.objects.get().service, found(case)) == ("特困供养", [])


def test_struck_records_and_cases_that_left_ask_nothing(
    monitored_long: Case, people: dict[str, User]
) -> None:
    case = monitored_long
    row = recorded(case, people["cun"])
    rolls(case, people, m09=[], m10=[])
    assert len(found(case)) == 1
    recording.strike(row, "记错了户", by=people["cun"])
    assert found(case) == []
    recording.restore(row, "没错", by=people["cun"])
    assert len(found(case)) == 1
    Case.objects.filter(pk=case.pk).update(state="moved_away")
    refresh([case.pk])
    assert found(case) == []


def test_a_reimbursement_that_nobody_promised_is_not_asked_about(
    monitored_long: Case, people: dict[str, User]
) -> None:
    case, head = monitored_long, member(monitored_long, 0)
    bill = {
        "结算流水号": "JS1", "身份证号": roll_row(head)["身份证号"], "姓名": head.name, "结算日期": "2026-09-05",
        "医疗总费用": "100", "基本医保报销": "60", "医疗救助": "0", "个人自付": "40",
    }  # fmt: skip
    delivered("medical_settlement", [bill], by=people["yibao"], period="2026-09")
    refresh([case.pk])
    assert found(case) == []
    delivered(
        "medical_settlement",
        [bill | {"结算流水号": "JS2", "医疗救助": "20"}],
        by=people["yibao"],
        period="2026-09",
    )
    refresh([case.pk])
    assert found(case) == [("unrecorded", "medical_aid", head.pk, "09", "09")]
    recorded(case, people["cun"], once(case))
    assert found(case) == []
