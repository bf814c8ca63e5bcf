"""A plan answers every risk and develops who can work; versions are kept, and nobody approves their own."""

import datetime

import pytest

from assistance.measures.answering import Landed, land, refuse
from assistance.models import Case, CaseRisk, Measure, Plan
from assistance.plans import paper
from assistance.plans.checking import NoDevelopment
from assistance.plans.clocks import due_of, lacking_first_measure, lacking_plan
from assistance.plans.making import Wanted, approve, send_back, submit, take_back
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from households.models import Household
from tests.alerts.made import find, run_of
from tests.assistance.help.helped import ENOUGH, monitored, ticked
from tests.house.planted_help import a_measure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
LATER = NoDevelopment("照料病人，暂不能外出务工", datetime.date(2027, 6, 1))


def submitted(case: Case, people: dict[str, User]) -> Plan:
    ticked(case, people["cun"], *ENOUGH)
    return submit(case, Wanted("治好病，孩子不辍学"), by=people["cun"])


def test_a_risk_without_a_measure_is_named(case: Case, people: dict[str, User]) -> None:
    ticked(case, people["cun"], ENOUGH[0], ENOUGH[2])
    with pytest.raises(Refused, match="schooling"):
        submit(case, Wanted(), by=people["cun"])


def test_a_refused_measure_stands_against_nothing(case: Case, people: dict[str, User]) -> None:
    made = ticked(case, people["cun"], *ENOUGH)
    refuse(Measure.objects.get(pk=made[0].pk), "不符合条件", by=people["yibao"])
    with pytest.raises(Refused, match="illness"):
        submit(case, Wanted(), by=people["cun"])


def test_labour_without_development_needs_a_reason_and_a_day(case: Case, people: dict[str, User]) -> None:
    ticked(case, people["cun"], *ENOUGH[:2])
    with pytest.raises(Refused, match="no development measure"):
        submit(case, Wanted(), by=people["cun"])
    for day in (None, clock.today()):
        with pytest.raises(Refused) as refused:
            submit(case, Wanted("", NoDevelopment("照料病人", day)), by=people["cun"])
        assert refused.value.field == "revisit_on"
    made = submit(case, Wanted("", LATER), by=people["cun"])
    assert (made.no_development, made.revisit_on) == (LATER.reason, LATER.revisit_on)


def test_a_household_without_labour_owes_no_development(home: Household, people: dict[str, User]) -> None:
    case = monitored(home, no_labour=True)
    ticked(case, people["cun"], *ENOUGH[:2])
    assert submit(case, Wanted(), by=people["cun"]).no_development == ""


def test_a_new_risk_that_was_judged_goes_into_the_plan(case: Case, people: dict[str, User]) -> None:
    run = run_of(people["xian"])
    finding = find(run, "disaster_loss", case.household)
    CaseRisk.objects.create(case=case, finding=finding, told_on=clock.today(), answer="new_risk",
                            answered_on=clock.today(), answered_by=people["zhen"], note="山洪")  # fmt: skip
    ticked(case, people["cun"], *ENOUGH)
    with pytest.raises(Refused, match="disaster"):
        submit(case, Wanted(), by=people["cun"])


def test_the_township_approves_what_somebody_else_made(case: Case, people: dict[str, User]) -> None:
    plan = submitted(case, people)
    assert (plan.state, plan.number, plan.lines.count()) == ("submitted", 1, 3)
    assert Notice.objects.filter(recipient=people["zhen"], kind="plans_waiting").exists()
    with pytest.raises(Refused):
        approve(plan, by=people["cun"])
    approve(plan, by=people["zhen"])
    assert (plan.state, plan.decided_on) == ("approved", clock.today())
    assert Notice.objects.filter(recipient=people["cun"], kind="plan_approved").exists()


def test_nobody_approves_their_own(case: Case, people: dict[str, User]) -> None:
    ticked(case, people["zhen"], *ENOUGH)
    plan = submit(case, Wanted(), by=people["zhen"])
    with pytest.raises(Refused, match="second person"):
        approve(plan, by=people["zhen"])
    approve(plan, by=people["zhenling"])


def test_what_is_sent_back_is_made_anew_and_every_version_stays(case: Case, people: dict[str, User]) -> None:
    first = submitted(case, people)
    with pytest.raises(Refused, match="reason"):
        send_back(first, "", by=people["zhen"])
    send_back(first, "缺少公益岗位", by=people["zhen"])
    second = submit(case, Wanted(), by=people["cun"])
    approve(second, by=people["zhen"])
    ticked(case, people["cun"], ("temporary_aid", None, "01"))
    third = submit(case, Wanted(), by=people["cun"])
    approve(third, by=people["zhen"])
    states = dict(Plan.objects.filter(case=case).values_list("number", "state"))
    assert states == {1: "returned", 2: "superseded", 3: "approved"}
    assert (second.lines.count(), third.lines.count()) == (3, 4)


def test_one_version_waits_at_a_time_and_its_maker_may_take_it_back(
    case: Case, people: dict[str, User]
) -> None:
    plan = submitted(case, people)
    with pytest.raises(Refused, match="waits for the township"):
        submit(case, Wanted(), by=people["shuji"])
    take_back(plan, "还要补充", by=people["cun"])
    assert submit(case, Wanted(), by=people["shuji"]).number == 2


def test_a_plan_waits_for_the_decision(home: Household, people: dict[str, User]) -> None:
    case = monitored(home, state="open")
    ticked(case, people["cun"], *ENOUGH)
    with pytest.raises(Refused, match="once the county has decided"):
        submit(case, Wanted(), by=people["cun"])


def test_the_clocks_run_from_the_decision_until_plan_and_first_measure_are_there(
    case: Case, people: dict[str, User]
) -> None:
    due = due_of([case])[case.pk]
    assert due.plan is not None
    assert due.first is not None
    assert datetime.timedelta(10) <= due.plan - clock.today() <= datetime.timedelta(14)
    assert due.first > due.plan
    assert case in lacking_plan(people["cun"])
    submitted(case, people)
    assert case not in lacking_plan(people["cun"])
    assert case in lacking_first_measure(people["cun"])
    row = Measure.objects.get(case=case, code="medical_aid")
    land(row, Landed(clock.today()), by=people["yibao"])
    assert due_of([case])[case.pk].first is None
    assert case not in lacking_first_measure(people["cun"])


def test_of_a_case_from_before_nothing_is_demanded(home: Household, people: dict[str, User]) -> None:
    case = monitored(home, origin="import")
    assert (due_of([case])[case.pk].plan, case in lacking_plan(people["cun"])) == (None, False)


def test_plan_and_card_are_printed_and_on_record(case: Case, people: dict[str, User]) -> None:
    plan = submitted(case, people)
    a_measure("landed", case, people["cun"], code="donation")
    for make in (paper.plan_sheet, paper.card):
        assert b"".join(make(plan, by=people["cun"]).pieces).startswith(b"%PDF")
    assert Entry.objects.filter(verb="plan.printed", object_id=str(plan.pk)).count() == 2
