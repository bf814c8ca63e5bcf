"""How the deliveries of a dataset stand to each other (datasets.md section 3)."""

import datetime
from decimal import Decimal

import pytest
from django.utils import translation

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from monitoring.intake import deciding
from monitoring.intake.answers import answer
from monitoring.intake.receiving import Delivered
from monitoring.intake.taking import take
from monitoring.models import Delivery
from tests.monitoring.intake.files import counting, csv_of, handed_in, number, row, taken

WHY = {"reason": "反馈有误"}


def paid() -> list[tuple[str, Decimal]]:
    return counting("medical_settlement", "结算流水号", "个人自付")


def listed() -> list[tuple[str, str]]:
    return counting("dibao_roll", "period", "保障类别")


def fresh(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(pk=delivery.pk)


def roll(by: User, *people: int, **named: object) -> Delivery:
    rows = [row("dibao_roll", person, 保障类别="ABC"[person % 3]) for person in people]
    return taken(by, *rows, dataset="dibao_roll", **named)


# events


def test_events_of_one_period_add_up(yibao: User) -> None:
    taken(yibao, row(结算流水号="1", 个人自付="10"))
    taken(yibao, row(结算流水号="2", 个人自付="20"))
    assert paid() == [("1", Decimal(10)), ("2", Decimal(20))]


def test_a_later_file_that_says_the_same_changes_nothing_and_is_accepted(yibao: User) -> None:
    taken(yibao, row(结算流水号="1"))
    again = taken(yibao, row(结算流水号="1"), row(结算流水号="2"))
    assert (again.rows_accepted, again.repeated, again.corrections) == (2, 1, 0)
    assert [key for key, _sum in paid()] == ["1", "2"]


def test_an_event_that_is_only_repeated_is_the_one_that_was_told_first(yibao: User) -> None:
    first = taken(yibao, row(结算流水号="1", 个人自付="10"))
    second = taken(yibao, row(结算流水号="2"), row(结算流水号="1", 个人自付="10.0"))
    assert counting("medical_settlement", "delivery", "结算流水号") == [(first.pk, "1"), (second.pk, "2")]
    corrected = taken(yibao, row(结算流水号="1", 个人自付="30"))
    taken(yibao, row(结算流水号="1", 个人自付="30"), row(结算流水号="3"))
    assert (corrected.pk, "1", Decimal(30)) in counting(
        "medical_settlement", "delivery", "结算流水号", "个人自付"
    )
    # What was said at first is said once more: the latest word counts, and it is told there for the first time.
    last = taken(yibao, row(结算流水号="1", 个人自付="10"), row(结算流水号="4"))
    deciding.withdraw(first, reason="报错", by=yibao)
    assert (last.pk, "1", Decimal(10)) in counting("medical_settlement", "delivery", "结算流水号", "个人自付")


def test_a_later_file_corrects_what_an_earlier_one_said(yibao: User) -> None:
    taken(yibao, row(结算流水号="1", 个人自付="10", 结算日期="2026-09-05"), period="2026-09")
    later = taken(yibao, row(结算流水号="1", 个人自付="30"))
    assert (later.corrections, later.repeated) == (1, 0)
    assert paid() == [("1", Decimal(30))]


def test_in_one_file_the_later_line_wins_and_is_a_correction(yibao: User) -> None:
    done = taken(yibao, row(结算流水号="1", 个人自付="10"), row(结算流水号="1", 个人自付="30"))
    assert (done.rows_accepted, done.rows_rejected, done.corrections) == (2, 0, 1)
    assert paid() == [("1", Decimal(30))]


def test_the_same_row_twice_in_one_file_is_accepted_once(yibao: User) -> None:
    done = taken(yibao, *[row(结算流水号="1")] * 2, *[row(结算流水号=str(n)) for n in range(2, 8)])
    assert (done.rows_read, done.rows_accepted, done.rejects) == (8, 7, {"duplicate_row": 1})


def test_amounts_written_in_two_ways_are_one_content(yibao: User) -> None:
    taken(yibao, row(结算流水号="1", 个人自付="1234.5", 结算日期="2026-10-05"))
    again = taken(yibao, row(结算流水号="1", 个人自付="￥1,234.50", 结算日期="2026年10月5日"))
    assert (again.repeated, again.corrections) == (1, 0)


def test_offices_of_one_county_correct_each_other(xian: User) -> None:
    taken(xian, row(结算流水号="1", 个人自付="10"), area="999901001")
    later = taken(xian, row(结算流水号="1", 个人自付="30"))
    assert (later.corrections, later.repeated) == (1, 0)
    assert paid() == [("1", Decimal(30))]
    again = taken(xian, row(结算流水号="1", 个人自付="30"), area="999901001")
    assert (again.corrections, again.repeated) == (0, 1)
    assert paid() == [("1", Decimal(30))]


def test_one_county_never_corrects_what_another_delivered(xian: User, people: dict[str, User]) -> None:
    taken(xian, row(结算流水号="1", 个人自付="10"))
    taken(people["lin_xian"], row(结算流水号="1", 个人自付="99"), area="999902")
    assert paid() == [("1", Decimal(10))]


# rolls


def test_a_later_roll_of_the_period_takes_the_place_of_the_earlier(xian: User) -> None:
    first, second = roll(xian, 1, 2), roll(xian, 1)
    assert (fresh(first).state, fresh(first).superseded_by) == ("superseded", second)
    assert (fresh(second).state, fresh(second).outcome) == ("accepted", "superseding")
    assert listed() == [("2026-10", "B")]


def test_rolls_of_different_periods_stand_side_by_side(xian: User) -> None:
    roll(xian, 1, 2, period="2026-09")
    assert roll(xian, 1).outcome == "accepted"
    assert listed() == [("2026-09", "B"), ("2026-09", "C"), ("2026-10", "B")]


def test_a_superseded_roll_comes_back_when_the_later_is_withdrawn(xian: User) -> None:
    first, second = roll(xian, 1, 2), roll(xian, 1)
    deciding.withdraw(fresh(second), by=xian, **WHY)
    assert (fresh(first).state, fresh(first).superseded_by, fresh(second).state) == (
        "accepted",
        None,
        "withdrawn",
    )
    assert listed() == [("2026-10", "B"), ("2026-10", "C")]


def test_corrected_rows_add_to_the_roll_from_which_they_were_rejected(xian: User) -> None:
    first = roll(xian, 1)
    added = taken(xian, row("dibao_roll", 2, 保障类别="C"), dataset="dibao_roll", supplements=fresh(first))
    assert (fresh(first).state, added.outcome) == ("accepted", "accepted")
    assert listed() == [("2026-10", "B"), ("2026-10", "C")]


def test_what_was_added_to_a_roll_goes_and_comes_with_it(xian: User) -> None:
    first = roll(xian, 1)
    added = taken(xian, row("dibao_roll", 2, 保障类别="C"), dataset="dibao_roll", supplements=fresh(first))
    later = roll(xian, 1, 4)
    assert {fresh(first).state, fresh(added).state} == {"superseded"}
    deciding.withdraw(fresh(later), by=xian, **WHY)
    assert {fresh(first).state, fresh(added).state} == {"accepted"}
    deciding.withdraw(fresh(first), by=xian, **WHY)
    assert {fresh(first).state, fresh(added).state} == {"withdrawn"}


# states


def test_of_a_state_the_newest_day_counts_whatever_came_last(xian: User) -> None:
    taken(xian, row("house_grade", 房屋等级="C", 鉴定日期="2026-09-01"), dataset="house_grade")
    older = taken(
        xian, row("house_grade", 房屋等级="A", 鉴定日期="2026-03-01"), dataset="house_grade", period="2026-11"
    )
    assert older.corrections == 0
    assert counting("house_grade", "房屋等级", "鉴定日期") == [("C", datetime.date(2026, 9, 1))]


def test_of_a_state_that_two_offices_of_a_county_tell_there_is_one_row(xian: User) -> None:
    told = {"dataset": "house_grade"}
    taken(xian, row("house_grade", 房屋等级="C", 鉴定日期="2026-09-01"), area="999901001", **told)
    newer = taken(xian, row("house_grade", 房屋等级="A", 鉴定日期="2026-09-20"), **told)
    assert newer.corrections == 0
    assert counting("house_grade", "房屋等级") == [("A",)]


def test_of_two_states_of_one_day_the_later_receipt_counts(xian: User) -> None:
    taken(xian, row("house_grade", 房屋等级="C"), dataset="house_grade")
    assert taken(xian, row("house_grade", 房屋等级="D"), dataset="house_grade").corrections == 1
    assert counting("house_grade", "房屋等级") == [("D",)]


def test_a_state_without_a_day_goes_by_the_newer_period_then_by_receipt(yibao: User) -> None:
    def insured(word: str, period: str) -> None:
        rows = [row("medical_insurance_status", 是否参保=word)]
        taken(yibao, *rows, dataset="medical_insurance_status", period=period)

    insured("是", "2026-10")
    insured("否", "2026-09")
    assert counting("medical_insurance_status", "是否参保") == [(True,)]
    insured("否", "2026-10")
    assert counting("medical_insurance_status", "是否参保") == [(False,)]


# the same file again, replacing, withdrawing, reading again


def test_the_same_file_again_repeats_the_first_answer_and_changes_nothing(yibao: User) -> None:
    first = taken(yibao, row(结算流水号="1"))
    again = handed_in(yibao, row(结算流水号="1"), name="another.csv")
    assert again.duplicate
    said = answer(Delivered(fresh(again.delivery), again.duplicate))
    assert said == answer(Delivered(first, False)) | {"state": "duplicate"}
    assert Delivery.objects.count() == 1


def test_the_same_file_for_another_period_is_another_delivery(yibao: User) -> None:
    taken(yibao, row(结算流水号="1"))
    assert not handed_in(yibao, row(结算流水号="1"), period="2026-11").duplicate


def test_a_withdrawn_file_may_come_again(yibao: User) -> None:
    first = taken(yibao, row(结算流水号="1"))
    deciding.withdraw(fresh(first), by=yibao, **WHY)
    assert paid() == []
    taken(yibao, row(结算流水号="1"))
    assert len(paid()) == 1


def test_a_delivery_takes_the_place_of_the_one_it_names(yibao: User) -> None:
    first = taken(yibao, row(结算流水号="1"), row(结算流水号="2"))
    second = taken(yibao, row(结算流水号="3"), replaces=fresh(first))
    assert (fresh(first).state, second.outcome) == ("superseded", "superseding")
    assert [key for key, _sum in paid()] == ["3"]
    deciding.withdraw(fresh(second), by=yibao, **WHY)
    assert [key for key, _sum in paid()] == ["1", "2"]


def test_a_file_read_once_more_keeps_its_place_among_the_others(yibao: User) -> None:
    first = taken(yibao, row(结算流水号="1", 个人自付="10"))
    taken(yibao, row(结算流水号="1", 个人自付="30"))
    again = deciding.replay(fresh(first), by=yibao, ring=False)
    assert again.received_on == first.received_on
    take(again, by=yibao)
    assert fresh(first).state == "superseded"
    assert paid() == [("1", Decimal(30))]


def test_a_roll_read_once_more_leaves_alone_what_was_added_to_it(xian: User) -> None:
    first = roll(xian, 1)
    added = taken(xian, row("dibao_roll", 2, 保障类别="C"), dataset="dibao_roll", supplements=fresh(first))
    take(deciding.replay(fresh(first), by=xian, ring=False), by=xian)
    assert (fresh(first).state, fresh(added).state) == ("superseded", "accepted")
    assert listed() == [("2026-10", "B"), ("2026-10", "C")]


# too many rejects


def test_a_file_with_too_many_rejects_waits_and_does_not_count(yibao: User) -> None:
    done = taken(yibao, row(结算流水号="1"), row(结算流水号="2", 个人自付="x"))
    assert (done.state, done.outcome, done.rows_accepted) == ("waiting", "waiting", 1)
    assert paid() == []
    deciding.release(fresh(done), by=yibao, **WHY)
    assert [key for key, _sum in paid()] == ["1"]


def test_a_share_of_rejects_that_is_just_allowed_does_not_wait(yibao: User) -> None:
    rows = [row(结算流水号=str(n)) for n in range(4)]
    assert taken(yibao, *rows, row(结算流水号="5", 个人自付="x")).state == "accepted"


def test_a_roll_that_waits_takes_no_place_until_it_is_released(xian: User) -> None:
    first = roll(xian, 1)
    bad = [row("dibao_roll", 2), row("dibao_roll", 3, 月保障金额="x")]
    waiting = taken(xian, *bad, dataset="dibao_roll")
    assert (fresh(first).state, waiting.state) == ("accepted", "waiting")
    deciding.release(fresh(waiting), by=xian, **WHY)
    assert fresh(first).state == "superseded"


def test_a_waiting_roll_is_not_released_over_a_later_one(xian: User) -> None:
    waiting = taken(xian, row("dibao_roll", 3, 月保障金额="x"), dataset="dibao_roll")
    later = roll(xian, 1)
    with translation.override("en"), pytest.raises(Refused, match="later list"):
        deciding.release(fresh(waiting), by=xian, **WHY)
    assert fresh(later).state == "accepted"


def test_a_refused_file_never_counts_and_may_come_again(yibao: User) -> None:
    bad = csv_of([row(身份证号="*"), row(结算流水号="2", 身份证号=number(2))])
    waiting = taken(yibao, file=bad)
    deciding.refuse(fresh(waiting), by=yibao, **WHY)
    assert paid() == []
    assert not handed_in(yibao, file=bad).duplicate


def test_what_replaces_a_waiting_file_refuses_it(yibao: User) -> None:
    waiting = taken(yibao, row(个人自付="x"))
    taken(yibao, row(), replaces=fresh(waiting))
    assert fresh(waiting).state == "refused"
    assert len(paid()) == 1
