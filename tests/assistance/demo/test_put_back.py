"""A story whose case people went on with: what was opened since is ended, and what stays is named."""

import datetime

import pytest

from alerts.demo.acts import Assigns, Dispatches, person
from alerts.demo.reviewing import Proposes
from alerts.demo.visiting import Checks
from assistance.deciding.batches import Paper, announce_many, approve_many, review_many
from assistance.demo import acts, days, last_day
from assistance.evaluations import concluding, voting
from assistance.evaluations.voting import Attendance, Votes
from assistance.models import Case, Objection
from assistance.notices import ending
from assistance.objections.settling import Settlement, settle
from foundation.accounts import clock
from foundation.accounts.models import User
from households.models import Household, Standing
from tests.alerts.demo.standing import alert_of, put_back
from tests.assistance.deciding.made import S1

#: The first test waits for the loading, perhaps on a busy machine.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400), pytest.mark.xdist_group("demonstration")]
TODAY, OVER = datetime.date(2026, 11, 4), datetime.date(2026, 11, 10)
FOUND = {name: said for name, said in S1.items() if name != "found"}


def proposed() -> Case:
    """Bring S1 to its proposal, by who does it on the guided walk; returns its case."""
    home = Household.objects.get(code="YS000001")
    for act in (
        Dispatches(TODAY),
        Assigns(TODAY, "cun"),
        Checks(TODAY, datetime.time(8, 30), "孩子三次住院，存款用完。", ("沈立夏",), FOUND),
        Proposes(TODAY, "情况属实，提请民主评议。"),
    ):
        act.play(home)
    return Case.objects.select_related("household", "area").filter(household=home).latest("pk")


def fresh(case: Case) -> Case:
    return Case.objects.select_related("household", "area", "standing").get(pk=case.pk)


def test_s1_on_its_way_is_withdrawn_and_to_be_dispatched_again(demo_day):
    case, cun = proposed(), person("cun")
    acts.apply(case, "01", "孩子三次住院。", cun)
    acts.compare(fresh(case), cun)
    done = put_back("S1")
    assert any(case.number in said for said in done["done"])
    assert (fresh(case).state, alert_of("YS000001").state) == ("withdrawn", "raised")
    assert proposed().pk > case.pk, "and it can be walked again"


def test_s1_enrolled_is_corrected_and_to_be_dispatched_again(demo_day):
    case, cun = proposed(), person("cun")
    acts.apply(case, "01", "孩子三次住院。", cun)
    acts.compare(fresh(case), cun)
    concluding.conclude(acts.meet([fresh(case)], "孙芒种", "赵小满", cun), "逐户表决通过。", by=cun)
    acts.post([fresh(case)], cun)
    with clock.at(OVER):
        ending.night_work(by=User.objects.built_in("system"), on=OVER)
        review_many([fresh(case)], Paper(OVER, as_computed=True), by=person("zhen"))
        approve_many([fresh(case)], Paper(OVER, number="示防返〔2026〕18号"), by=person("shending"))
        announce_many([fresh(case)], Paper(OVER, place="村委会公告栏"), by=person("zhen"))
        assert fresh(case).state == "enrolled"
        done = put_back("S1")
        held = fresh(case).standing
        assert held is not None
        assert (fresh(case).state, held.removal_way, held.until_day) == ("corrected", "corrected", OVER)
        assert alert_of("YS000001").state == "raised"
    assert any(said.startswith("YS000001") for said in done["left"]), (
        "the corrected standing is named: it can be read"
    )
    assert not Standing.objects.in_force(OVER + datetime.timedelta(1)).filter(pk=held.pk).exists()


def test_s5_voted_on_says_that_its_case_went_on(demo_day):
    meeting, zhen = days.meeting(), person("zhen")
    assert meeting is not None
    voting.attend(meeting, Attendance(31, "严立夏", "许白露", 35), by=zhen)
    for item in meeting.items.all():
        voting.vote(item, Votes(31, 0, 0), by=zhen)
    case = Case.objects.get(household__code="YS000005")
    assert [case.number in said for said in put_back("S5")["left"]] == [True]
    concluding.conclude(meeting, "逐户表决通过。", by=zhen)
    (said,) = put_back("S5")["left"]
    assert case.number in said
    assert str(case.lifecycle.find("evaluate").label) in said
    assert fresh(case).waits_for == ["post"]


def test_s10_settled_says_that_its_case_went_on(demo_day):
    made = last_day.objection()
    assert made is not None
    settle(made, Settlement(Objection.Outcome.RECHECK, "再核一次车辆。"), by=person("zhen"))
    case = Case.objects.get(household__code="YS000010")
    (said,) = put_back("S10")["left"]
    assert case.number in said
    assert (fresh(case).waits_for, alert_of("YS000010").state) == (["compare"], "proposed")
