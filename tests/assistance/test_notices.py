"""A notice runs from its proof, ends at midnight of its last whole day, and an objection holds one household back."""

import datetime

import pytest
from django.test import override_settings

from assistance.enrolment.deadlines import deadlines_of
from assistance.enrolment.moved import advance
from assistance.models import Case, Notice, NoticeItem, Objection
from assistance.notices import drawing, ending, posting
from assistance.notices.posting import Posted
from assistance.notices.selectors import hanging_in
from assistance.objections import settling
from assistance.objections.selectors import open_objections
from assistance.objections.settling import Settlement
from assistance.ribbon import links
from foundation.accounts import clock, kin
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.workflow.move import Request
from tests.assistance.noticed import drawn, line, met, now, objected, photographed, posted, waiting
from tests.people import VILLAGE

pytestmark = pytest.mark.usefixtures("english")
#: The tests' day is a Wednesday; five days hang until Monday the 9th.
DAY, LAST = datetime.date(2026, 11, 4), datetime.date(2026, 11, 9)
DISMISSED = Settlement(Objection.Outcome.DISMISSED, "查了车管登记，车是邻居的")


def night(on: datetime.date) -> None:
    with override_settings(SHOUWANG_TODAY=on.isoformat()):
        ending.night_work(by=User.objects.built_in("system"), on=on)


def at(day: datetime.date) -> override_settings:
    return override_settings(SHOUWANG_TODAY=day.isoformat())


def passed(people: dict[str, User], many: int) -> list[Case]:
    cases = waiting(people, many)
    met(people, cases)
    return [now(case) for case in cases]


def test_a_notice_runs_from_its_proof_and_the_day_of_posting_does_not_count(people: dict[str, User]) -> None:
    notice = drawn(people, waiting(people, 1, "post"))
    with pytest.raises(Refused, match="photo"):
        posting.post(notice, Posted(DAY, "公示栏"), by=people["cun"])
    photographed(notice, people["cun"])
    posting.post(notice, Posted(DAY, "公示栏"), by=people["cun"])
    notice.refresh_from_db()
    assert (notice.posted_on, notice.days, notice.until) == (DAY, 5, LAST)
    with pytest.raises(Refused, match="posted"):
        posting.post(notice, Posted(DAY, "公示栏"), by=people["cun"])


def test_it_ends_at_midnight_of_its_last_whole_day(people: dict[str, User]) -> None:
    (case,) = waiting(people, 1, "post")
    notice = posted(people, [case])
    night(LAST)
    assert now(case).waits_for == ["notice"]
    night(LAST + datetime.timedelta(days=1))
    assert now(case).waits_for == ["review"]
    assert line(notice, case).ended_on == LAST + datetime.timedelta(days=1)
    night(LAST + datetime.timedelta(days=2))
    assert line(notice, case).ended_on == LAST + datetime.timedelta(days=1)


def test_posting_and_end_each_have_their_own_last_day(people: dict[str, User]) -> None:
    (case,) = passed(people, 1)
    assert (case.waits_for, case.step_due_on) == (["post"], DAY + datetime.timedelta(days=1))
    notice = posted(people, [case])
    assert now(case).step_due_on == LAST
    assert {each.code: each.due for each in links(now(case), people["cun"])}["notice"] == LAST
    assert deadlines_of(now(case)).plan[0].day == LAST
    with at(LAST):
        made = objected(line(notice, case), people["cun"])
    assert now(case).step_due_on == made.answer_due_on > LAST  # type: ignore[operator]
    settling.settle(made, DISMISSED, by=people["zhenling"])
    assert now(case).step_due_on == LAST
    night(LAST + datetime.timedelta(days=1))
    assert now(case).step_due_on == LAST + datetime.timedelta(days=3)


def test_an_objection_on_the_last_day_entered_later_holds_one_household_and_the_batch_survives(
    people: dict[str, User],
) -> None:
    contested, other = passed(people, 2)
    notice = posted(people, [contested, other])
    night(LAST + datetime.timedelta(days=1))
    later = LAST + datetime.timedelta(days=3)
    with at(later):
        made = objected(line(notice, contested), people["cun"], on=LAST)
        assert made.in_time
        assert open_objections([now(contested), now(other)]) == {contested.pk}
        given = {"conclusion": "given"}
        with pytest.raises(Refused, match="objection"):
            advance(now(contested), Request("review", given=given), by=people["zhenling"])
        advance(now(other), Request("review", given=given), by=people["zhenling"])
        settling.settle(made, DISMISSED, by=people["zhenling"])
        advance(now(contested), Request("review", given=given), by=people["zhenling"])


def test_an_objection_before_the_end_stops_the_night_for_that_household_only(people: dict[str, User]) -> None:
    contested, other = passed(people, 2)
    notice = posted(people, [contested, other])
    with at(LAST):
        made = objected(line(notice, contested), people["duiyuan"], way="phone")
    night(LAST + datetime.timedelta(days=1))
    assert (now(contested).waits_for, now(other).waits_for) == (["notice"], ["review"])
    with at(LAST + datetime.timedelta(days=2)):
        settling.settle(made, DISMISSED, by=people["zhenling"])
        assert now(contested).waits_for == ["review"]


def test_what_arrives_after_the_last_day_is_kept_and_blocks_nothing(people: dict[str, User]) -> None:
    (case,) = passed(people, 1)
    notice = posted(people, [case])
    with at(LAST + datetime.timedelta(days=1)):
        made = objected(line(notice, case), people["cun"])
    assert not made.in_time
    assert open_objections([case]) == set()
    with at(DAY), pytest.raises(Refused, match="from the posting"):
        objected(line(notice, case), people["cun"], on=DAY - datetime.timedelta(days=1))


@pytest.mark.parametrize("who", ["cun", "shuji", "duiyuan", "shending", "lin_zhen"])
def test_who_was_there_or_entered_it_or_is_not_the_township_does_not_settle(
    people: dict[str, User], who: str
) -> None:
    (case,) = passed(people, 1)
    made = objected(line(posted(people, [case]), case), people["duiyuan"])
    with pytest.raises(Refused):
        settling.settle(made, DISMISSED, by=people[who])


def test_the_township_settles_neither_what_it_entered_nor_what_it_sat_in_nor_its_kin(
    people: dict[str, User],
) -> None:
    (case,) = passed(people, 1)
    notice = posted(people, [case])
    entered = objected(line(notice, case), people["zhen"])
    with pytest.raises(Refused, match="entered"):
        settling.settle(entered, DISMISSED, by=people["zhen"])
    meeting = case.evaluation_items.get().evaluation
    meeting.staff = [*meeting.staff, people["zhenling"].pk]
    meeting.save()
    with pytest.raises(Refused, match="took part"):
        settling.settle(entered, DISMISSED, by=people["zhenling"])
    by_phone = objected(line(notice, case), people["cun"])
    kin.declare(case.household.code, Kin.Relation.values[0], by=people["zhen"])  # type: ignore[arg-type]
    with pytest.raises(Refused, match="own"):
        settling.settle(by_phone, DISMISSED, by=people["zhen"])


def test_a_founded_objection_refuses_and_a_doubtful_one_is_checked_again(people: dict[str, User]) -> None:
    refused, again = passed(people, 2)
    notice = posted(people, [refused, again])
    settling.settle(
        objected(line(notice, refused), people["cun"]),
        Settlement("refuse", "隐瞒货车"),
        by=people["zhenling"],
    )
    settling.settle(
        objected(line(notice, again), people["cun"]),
        Settlement("recheck", "再比对一次"),
        by=people["zhenling"],
    )
    assert now(refused).state == "declined"
    assert line(notice, refused).left_on == DAY
    assert "compare" in now(again).waits_for
    night(LAST + datetime.timedelta(days=1))
    assert now(again).waits_for == ["compare"]


def test_a_founded_objection_waits_for_the_other_open_one(people: dict[str, User]) -> None:
    (case,) = passed(people, 1)
    notice = posted(people, [case])
    right, other = (
        objected(line(notice, case), people["cun"]),
        objected(line(notice, case), people["duiyuan"]),
    )
    settling.settle(right, Settlement("refuse", "隐瞒货车"), by=people["zhenling"])
    assert now(case).state == "open"
    settling.settle(other, DISMISSED, by=people["zhenling"])
    assert now(case).state == "declined"


def test_one_household_hangs_longer_and_nobody_else(people: dict[str, User]) -> None:
    longer, other = passed(people, 2)
    notice = posted(people, [longer, other])
    until = LAST + datetime.timedelta(days=3)
    how = Settlement(Objection.Outcome.DISMISSED, "人数更正后重新公示", extend_until=until)
    settling.settle(objected(line(notice, longer), people["cun"]), how, by=people["zhenling"])
    night(LAST + datetime.timedelta(days=1))
    assert (now(longer).waits_for, now(other).waits_for) == (["notice"], ["review"])
    assert now(longer).step_due_on == until
    with at(until):
        shown = [item.case_id for items in hanging_in(VILLAGE).values() for item in items]
        assert shown == [longer.pk]
    night(until + datetime.timedelta(days=1))
    assert now(longer).waits_for == ["review"]


def test_an_objection_is_settled_once(people: dict[str, User]) -> None:
    (case,) = passed(people, 1)
    made = objected(line(posted(people, [case]), case), people["cun"])
    settling.settle(made, DISMISSED, by=people["zhenling"])
    with pytest.raises(Refused, match="settled already"):
        settling.settle(made, DISMISSED, by=people["zhenling"])


def test_the_online_copy_disappears_after_the_period(people: dict[str, User]) -> None:
    notice = posted(people, waiting(people, 1, "post"))
    with at(LAST):
        assert list(hanging_in(VILLAGE)) == [notice]
    with at(LAST + datetime.timedelta(days=1)):
        assert hanging_in(VILLAGE) == {}
    assert hanging_in("999902001001") == {}


def test_several_notices_hang_at_once_and_a_case_on_one_of_them(people: dict[str, User]) -> None:
    first, second = waiting(people, 2, "post")
    posted(people, [first])
    posted(people, [second])
    assert len(hanging_in(VILLAGE)) == 2
    with pytest.raises(Refused, match="does not wait"):
        drawn(people, [now(first)])


def test_a_notice_given_up_frees_its_households(people: dict[str, User]) -> None:
    cases = waiting(people, 1, "post")
    drawing.give_up(drawn(people, cases), "错字", by=people["cun"])
    assert posted(people, cases).until == LAST


def test_it_is_taken_down_only_after_its_last_day(people: dict[str, User]) -> None:
    notice = posted(people, waiting(people, 1, "post"))
    after = LAST + datetime.timedelta(days=1)
    with at(after):
        with pytest.raises(Refused, match="must hang"):
            posting.take_down(notice, LAST, by=people["cun"])
        posting.take_down(notice, after, by=people["cun"])
        with pytest.raises(Refused, match="already"):
            posting.take_down(notice, after, by=people["shuji"])


def test_a_case_that_left_meanwhile_leaves_the_notice(people: dict[str, User]) -> None:
    (gone,) = passed(people, 1)
    notice = posted(people, [gone])
    advance(now(gone), Request("move_away", reason="举家迁出"), by=people["zhenling"])
    night(LAST + datetime.timedelta(days=1))
    assert line(notice, gone).left_on is not None


def test_strangers_see_and_post_nothing(people: dict[str, User]) -> None:
    notice = drawn(people, waiting(people, 1, "post"))
    for who in ("lin_cun", "lin_zhen", "wangge", "yibao"):
        assert not Notice.objects.visible_to(people[who]).exists()
        assert not NoticeItem.objects.visible_to(people[who]).exists()
    with pytest.raises(Refused, match="right"):
        posting.post(notice, Posted(clock.today(), "公示栏"), by=people["lin_cun"])
