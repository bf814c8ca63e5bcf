"""Help and removal of a story that people went on with: undone by the acts that undo them; what stays is named."""

import datetime

import pytest

from assistance.aid import recording, settling
from assistance.demo import helping, leaving, shop_fire
from assistance.demo.helping import Paid
from assistance.evaluations import calling, voting
from assistance.evaluations.voting import Attendance, Votes
from assistance.helping import assigning
from assistance.measures import ticking
from assistance.measures.ticking import Tick
from assistance.models import AidExplanation, AidGap, AidRecord, Case, HelperPlace, Measure, Plan
from assistance.plans import making
from assistance.removal import proposing
from foundation.accounts.models import User
from households.models import Visit
from households.visits.writing import annul_visit
from tests.alerts.demo.standing import put_back

#: The first test waits for the loading, perhaps on a busy machine.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400), pytest.mark.xdist_group("demonstration")]
TODAY = datetime.date(2026, 11, 4)


def case_of(code: str) -> Case:
    case = helping.case_of(code)
    assert case is not None
    return case


def standing(case: Case) -> list[tuple[str, str, int | None]]:
    rows = Measure.objects.standing().filter(case=case).order_by("code", "resident")
    return list(rows.values_list("code", "state", "resident"))


def unpaid(case: Case) -> set[tuple[str, int | None]]:
    return set(AidGap.objects.filter(case=case, side="unpaid").values_list("feed", "resident"))


def test_s3_answered_paid_and_explained_is_promised_and_not_paid_again(demo_day):
    case = case_of(shop_fire.HOUSEHOLD)
    before, lacking = standing(case), unpaid(case)
    first, second = Measure.objects.filter(case=case, code="dibao").select_related(
        "case__household", "ticked_by"
    )
    landed = helping.answered(first, Paid(480, "month"))
    helping.brought(landed, Paid(480, "month"), shop_fire.assistant())
    gap = AidGap.objects.select_related("case__household").get(case=case, resident=second.resident)
    settling.explain(gap, "十一月起发放", by=shop_fire.assistant())
    ticking.tick(case, [Tick("donation", None, shop_fire.ACCIDENT)], by=shop_fire.assistant())
    assert unpaid(case) != lacking
    put_back("S3")
    assert (standing(case), unpaid(case)) == (before, lacking)
    assert not AidExplanation.objects.in_force().filter(case=case).exists()
    assert not AidRecord.objects.living().filter(case=case, recorded_on=TODAY).exists()


def test_s3_what_was_taken_back_is_promised_and_recorded_again(demo_day):
    case, by = case_of(shop_fire.HOUSEHOLD), shop_fire.assistant()
    before, lacking = standing(case), unpaid(case)
    for row in Measure.objects.filter(case=case, code="dibao").select_related("case__household"):
        ticking.withdraw(row, "不要了", by=by)
    record = AidRecord.objects.select_related("case__household").get(case=case)
    recording.strike(record, "记错了", by=record.recorded_by)
    assert not unpaid(case)
    put_back("S3")
    record.refresh_from_db()
    assert (standing(case), unpaid(case), record.state) == (before, lacking, "recorded")
    assert {row.ticked_on for row in Measure.objects.standing().filter(case=case, code="dibao")} == {
        shop_fire.DIBAO_ON
    }


def test_s3_a_plan_of_since_is_taken_back_and_one_that_was_approved_is_named(demo_day):
    case, by = case_of(shop_fire.HOUSEHOLD), shop_fire.assistant()
    made = making.submit(case, making.Wanted("再核一次"), by=by)
    put_back("S3")
    made.refresh_from_db()
    assert made.state == "withdrawn"
    again = making.submit(case, making.Wanted("再核一次"), by=by)
    making.approve(again, by=shop_fire.verifier())
    assert [case.household.code in said for said in put_back("S3")["left"]] == [True]
    assert Plan.objects.in_force().get(case=case) == again


def test_s9b_a_helper_whose_help_ended_helps_again_since_the_same_day(demo_day):
    case = case_of(leaving.TOO_EARLY)
    before = helping.place_of(case)
    assert before is not None
    zhen = helping.post_of("township_verifier", case.township).user
    assigning.end(before, "调走", no_sheet="gone", by=zhen)
    put_back("S9")
    now = HelperPlace.objects.held().get(case=case)
    assert (now.person, now.accepted_on, now.told_on) == (before.person, before.accepted_on, before.told_on)


def test_s9a_taken_back_and_annulled_stands_on_a_list_of_tonight_again(demo_day):
    removal, cun = leaving.removal(), User.objects.get(username="cun")
    proposing.withdraw(removal, "再等等", by=cun)
    check = Visit.objects.get(household__code=leaving.LEAVING, questionnaire__code="removal_check")
    annul_visit(check, reason="填错了", by=check.entered_by)
    put_back("S9")
    again, meeting = leaving.removal(), leaving.meeting()
    assert again.pk > removal.pk
    assert (again.state, again.waits_for, again.proposed_on) == (
        "proposed",
        ["evaluate"],
        leaving.PROPOSED_ON,
    )
    assert (meeting.meets_on, meeting.open) == (TODAY, True)


def test_s9a_a_meeting_that_was_called_off_is_called_again(demo_day):
    first, cun = leaving.meeting(), User.objects.get(username="cun")
    calling.call_off(first, "停电", by=cun)
    put_back("S9")
    assert leaving.meeting().pk > first.pk


def test_s9a_voted_on_says_that_the_votes_stay(demo_day):
    meeting, cun = leaving.meeting(), User.objects.get(username="cun")
    voting.attend(meeting, Attendance(30, "孙芒种", "赵小满", 32), by=cun)
    voting.vote(meeting.items.get(), Votes(29, 0, 1), by=cun)
    assert [leaving.LEAVING in said for said in put_back("S9")["left"]] == [True]
