"""A warning ends with its case, and comes back with it; what comes later goes to the case and waits for an answer."""

import datetime
from decimal import Decimal

import pytest

from alerts.deciding import Closing, close
from alerts.models import Alert, Letter
from alerts.verification import reviewing
from alerts.verification.assigning import recall
from alerts.verification.pieces import ReturnItem
from assistance.enrolment import basis, leaving, risks
from assistance.enrolment.leaving import Stated
from assistance.enrolment.members import after_register_change
from assistance.models import BasisChange, Case, CaseRisk
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from households.models import Resident
from tests.alerts.made import find, follow, run_of, take_back
from tests.assistance.made import CHAIN, opened, taken, walked_to

DAY = datetime.date(2026, 11, 4)
CALL = Stated("call", DAY, "沈立夏", "不再申请")


def enrolled(people: dict[str, User]) -> Case:
    return taken(opened(people), *CHAIN, people=people)


def test_the_warning_closes_as_enrolled_with_its_case(people: dict[str, User]) -> None:
    case = walked_to(opened(people), "announce", people)
    assert Alert.objects.get(pk=case.alert_id).state == "proposed"
    taken(case, "announce", people=people)
    alert = Alert.objects.get(pk=case.alert_id)
    assert (alert.state, alert.outcome, alert.quiet_until) == ("closed", "enrolled", None)


def test_withdrawn_and_taken_up_again_the_warning_goes_with_its_case(people: dict[str, User]) -> None:
    case = leaving.withdraw(walked_to(opened(people), "review", people), CALL, "不再申请", by=people["cun"])
    alert = Alert.objects.get(pk=case.alert_id)
    assert (case.state, alert.state, alert.outcome) == ("withdrawn", "closed", "withdrawn")
    assert alert.quiet_until is not None
    assert not Letter.objects.filter(alert=alert).exists()
    leaving.resume(case, "户主又来申请", by=people["cun"])
    alert.refresh_from_db()
    assert (case.state, case.ended_on, alert.state, alert.outcome) == ("open", None, "proposed", "")
    assert case.waits_for == ["apply"]


def test_a_warning_whose_case_has_begun_does_not_go_back_to_the_door(people: dict[str, User]) -> None:
    case = opened(people)
    alert = Alert.objects.select_related("household", "visit").get(pk=case.alert_id)
    taken(case, "apply", people=people)
    with pytest.raises(Refused):
        reviewing.give_back(alert, [ReturnItem("photos")], "缺照片", by=people["zhen"])


def test_a_case_that_never_began_ends_with_the_warning_that_went_back_to_the_door(
    people: dict[str, User],
) -> None:
    case = opened(people)
    alert = Alert.objects.select_related("household", "visit").get(pk=case.alert_id)
    reviewing.give_back(alert, [ReturnItem("photos")], "缺照片", by=people["zhen"])
    recall(alert, "派错了人", by=people["xian"])
    close(alert, Closing("wrong_information", "号码是别人的", 0), by=people["xian"])
    case.refresh_from_db()
    assert (alert.state, case.state, case.ended_on, case.waits_for) == ("closed", "declined", DAY, [])
    assert not case.letters.exists(), "the letter of the warning is enough"


def test_a_new_signal_on_a_running_case_is_a_risk_to_judge_there(people: dict[str, User]) -> None:
    case = enrolled(people)
    run = run_of(people["xian"])
    new = find(run, "medical_single_stay", case.household)
    find(run, "house_unsafe", case.household)  # what the case rests on is known there
    follow(run)
    risk = CaseRisk.objects.get(case=case)
    assert (risk.finding_id, risk.due_on) == (new.pk, datetime.date(2026, 11, 9))
    assert Alert.objects.filter(household=case.household).count() == 1
    assert Notice.objects.filter(kind="case_new_risks", recipient=people["zhen"]).exists()
    risks.judge(risk, "new_risk", "新增住院支出", by=people["zhen"])
    with pytest.raises(Refused):
        risks.judge(risk, "no_risk", "又看", by=people["zhen"])
    with pytest.raises(Refused):
        risks.judge(risk, "no_risk", "看", by=people["lin_zhen"])


@pytest.mark.parametrize("decided", [False, True])
def test_facts_taken_back_are_told_and_nothing_moves(people: dict[str, User], decided: bool) -> None:
    case = enrolled(people) if decided else walked_to(opened(people), "review", people)
    before = (case.state, case.waits_for)
    run = run_of(people["xian"])
    take_back(run, [case.alert.signals.get().finding] if case.alert else [])
    follow_all(run)
    follow_all(run)
    change = BasisChange.objects.get(case=case)
    assert (change.kind, change.new) == ("taken_back", {})
    case.refresh_from_db()
    assert (case.state, case.waits_for) == before
    told = {notice.recipient.username for notice in Notice.objects.filter(kind="case_basis_changed")}
    assert {"zhen", "shending"} <= told
    with pytest.raises(Refused):
        basis.answer(change, "keep", "仍困难", by=people["cun"])
    basis.answer(change, "keep", "仍困难", by=people["shending"])
    assert (change.answer, change.answered_by) == ("keep", people["shending"])


def test_another_sum_of_the_same_day_is_a_correction(people: dict[str, User]) -> None:
    case = enrolled(people)
    assert case.alert
    signal = case.alert.signals.get()
    run = run_of(people["xian"])
    finding = signal.finding
    type(finding).objects.filter(pk=finding.pk).update(run=run, measured=Decimal("0.5"))
    follow_all(run)
    change = BasisChange.objects.get(case=case)
    assert (change.kind, Decimal(change.new["measured"])) == ("corrected", Decimal("0.5"))
    basis.answer(change, "keep", "仍困难", by=people["zhen"])
    follow_all(run)
    assert BasisChange.objects.filter(case=case).count() == 1


def test_a_death_on_the_way_changes_who_counts_and_asks(people: dict[str, User]) -> None:
    case = walked_to(opened(people), "review", people)
    wife = Resident.objects.get(household=case.household, name="柳霜降")
    Resident.objects.filter(pk=wife.pk).update(left_on=DAY, departure="died")
    after_register_change([], [case.household_id], by=people["cun"], on=DAY)
    assert case.members.get(resident=wife).left_on == DAY
    change = BasisChange.objects.get(case=case)
    assert (change.kind, change.old, change.new) == ("members", {"persons": 2}, {"persons": 1})


def test_the_last_member_s_death_ends_the_case(people: dict[str, User]) -> None:
    case = walked_to(opened(people), "review", people)
    with pytest.raises(Refused):
        leaving.die_out(case, "户主去世", by=people["zhen"])
    Resident.objects.filter(household=case.household).update(left_on=DAY, departure="died")
    leaving.die_out(case, "户主去世", by=people["zhen"])
    assert case.state == "died_out"
    assert Alert.objects.get(pk=case.alert_id).outcome == "deceased"


def follow_all(run: object) -> None:
    """Let cases and warnings follow a run, as the end of a comparison does."""
    basis.after_comparison(run, by=run.by)  # type: ignore[arg-type, attr-defined]
    follow(run)  # type: ignore[arg-type]
