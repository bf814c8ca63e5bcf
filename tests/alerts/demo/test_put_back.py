"""A story that people went on with is put back to the demonstration's day, and what cannot be is said."""

import datetime
import json
from decimal import Decimal

import pytest
from django.core.management import call_command

from alerts.deciding import Closing, close, detach, dispatch, join, reopen
from alerts.demo.acts import holder
from alerts.demo.visiting import Visits
from alerts.models import Alert, Channel
from alerts.reporting import Told, report
from alerts.verification.batches import recheck
from alerts.verification.reviewing import confirm_end
from foundation.accounts.models import Installation, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Role
from foundation.jobs.models import Job
from foundation.workflow.move import Request, move
from households.authorisations.ending import end
from households.corrections import correct
from households.demo import storytelling
from households.models import Authorisation, Household, Visit
from households.visits.writing import annul_visit
from monitoring.candidates.deciding import confirm
from monitoring.comparison.asking import ask_run, run_now
from monitoring.demo.days import run_what_follows
from monitoring.models import CorrectionTask, Reminder, RowCandidate
from monitoring.reminders.settling import settle
from monitoring.returning.returning import answer
from monitoring.screening.terms import EventKind
from tests.alerts.demo.standing import alert_of, living, put_back
from tests.households.departing import depart

#: The first test waits for the loading, perhaps on a busy machine.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400), pytest.mark.xdist_group("demonstration")]
TODAY = datetime.date(2026, 11, 4)
MEDICAL = {"medical_self_paid_half_year", "medical_self_paid_year", "medical_single_stay"}


@pytest.mark.parametrize("story", storytelling.names())
def test_a_story_as_it_stands_has_nothing_to_put_back(demo_day, story):
    assert storytelling.put_back(story, by=User.objects.built_in("shell")) == {"done": [], "left": []}


def test_s1_dispatched_reported_again_and_taken_apart_stands_as_before(demo_day):
    alert, xian = alert_of("YS000001"), User.objects.get(username="xian")
    before, parts = alert.state, alert.parts
    dispatch(alert, Request("dispatch"), by=xian)
    home = alert.household
    report(
        home, Told(Channel.VISIT, TODAY, EventKind.WORK, "户主也歇工了"), by=User.objects.get(username="cun")
    )
    detach(alert.signals.get(text__contains="孩子住院"), by=xian, reason="听错了")
    detach(alert.signals.get(standard="medical_single_stay"), by=xian, reason="不算")
    assert len(put_back("S1")["done"]) == 4
    alert.refresh_from_db()
    assert (alert.state, alert.parts, set(alert.standards)) == (before, parts, MEDICAL)


def test_s1_closed_and_warned_again_is_the_one_warning_of_its_day(demo_day):
    alert, xian = alert_of("YS000001"), User.objects.get(username="xian")
    close(alert, Closing("not_eligible", "试一试", 0), by=xian)
    report(alert.household, Told(Channel.VISIT, TODAY, EventKind.WORK, "户主歇工了"), by=xian)
    put_back("S1")
    assert (alert_of("YS000001"), alert_of("YS000001").state) == (alert, "raised")


def test_s2_reopened_is_closed_on_its_own_day_again(demo_day):
    alert = Alert.objects.get(household__code="YS000002")
    reopen(alert, Request("reopen", reason="再看看"), by=User.objects.get(username="xian"))
    put_back("S2")
    alert.refresh_from_db()
    assert (alert.state, alert.outcome, alert.closed_on) == (
        "closed",
        "not_eligible",
        datetime.date(2026, 10, 29),
    )


def test_s2_a_visit_of_a_later_day_goes_and_an_annulled_one_comes_back(demo_day):
    home = Household.objects.get(code="YS000002")
    check = home.visits.get(happened_on=datetime.date(2026, 10, 28))
    annul_visit(check, reason="试一试", by=check.entered_by)
    later = Visits(TODAY, datetime.time(8, 0), "又去了一次", ("何冬至",)).play(home)
    assert len(put_back("S2")["done"]) == 2
    later.refresh_from_db()
    assert later.state == "annulled"
    days = Visit.objects.filter(household=home, state="recorded").values_list(
        "happened_on", "answers__assets"
    )
    assert (check.happened_on, check.answers["assets"]) in days


def test_s14_confirmed_is_drawn_again_and_the_neighbour_sees_it_again(demo_day):
    alert = alert_of("YS000014")
    verifier, cun = holder(Role.TOWNSHIP_VERIFIER, alert.area_id), User.objects.get(username="cun")
    recheck(alert, True, "电话核过了", "phone", by=verifier)
    confirm_end(alert, "solved_by_policy", "属实", verifier)
    assert not Household.objects.visible_to(cun).filter(code="YS000014").exists()
    put_back("S14")
    alert.refresh_from_db()
    assert (alert.state, alert.recheck, alert.visitor) == ("reported", Alert.Recheck.DRAWN, cun)
    assert Household.objects.visible_to(cun).filter(code="YS000014").exists()


def test_s4_an_answered_reminder_is_open_again(demo_day):
    reminder = Reminder.objects.get(finding__household__code="YS000004")
    settle(reminder, Request("stop_aid"), by=User.objects.get(username="jingban"))
    put_back("S4")
    reminder.refresh_from_db()
    assert (reminder.state, reminder.outcome) == ("open", "")


def test_s6_a_row_that_the_bureau_contests_is_with_it_again(demo_day):
    yibao = User.objects.get(username="yibao")
    answer(CorrectionTask.objects.get(), Request("contest", reason="核过了"), by=yibao)
    put_back("S6")
    task = CorrectionTask.objects.get()
    assert task.state == "open"
    answer(task, Request("correct", reason="改了"), by=yibao)
    put_back("S6")
    assert list(CorrectionTask.objects.order_by("pk").values_list("state", flat=True)) == [
        "corrected",
        "open",
    ]


def test_s3_an_authorisation_that_was_withdrawn_is_given_again(demo_day):
    row = Authorisation.objects.get(household__code="YS000003")
    end(row, Request("cancel", reason="试一试"), by=holder(Role.TOWNSHIP_VERIFIER, row.household.area_id))
    assert len(put_back("S3")["done"]) == 1
    rows = Authorisation.objects.filter(household__code="YS000003").order_by("pk")
    assert [(each.state, each.asked_on) for each in rows] == [
        ("cancelled", row.asked_on), ("in_force", row.asked_on),
    ]  # fmt: skip


def test_s13_taken_up_again_is_not_authorised_again(demo_day):
    alert = alert_of("YS000013")
    move(alert, Request("resume", reason="愿意补签"), by=holder(Role.TOWNSHIP_VERIFIER, alert.area_id))
    put_back("S13")
    assert alert_of("YS000013").state == "unauthorised"


def test_s15_what_was_corrected_by_hand_says_what_it_said(demo_day):
    home = Household.objects.get(code="YS000015")
    mother = home.residents.get(name="高立冬")
    before, cun = (home.house_grade, mother.health), User.objects.get(username="cun")
    correct(home, {"house_grade": "D"}, by=cun, checked_on=TODAY, seen=home.revision_id)
    depart(mother, mother.Departure.MOVED_OUT, TODAY, by=cun, seen=mother.revision_id)
    put_back("S15")
    home.refresh_from_db()
    mother.refresh_from_db()
    assert ((home.house_grade, mother.health), mother.left_on) == (before, None)


def test_what_cannot_be_put_back_is_said(demo_day):
    first, other = alert_of("YS000001"), alert_of("YS000014")
    join(first, other, by=User.objects.get(username="xian"), reason="一家人")
    assert any("YS000001" in said for said in put_back("S1")["left"])


def test_only_the_platform_puts_back_and_only_in_a_demonstration(demo_day):
    with pytest.raises(Refused):
        storytelling.put_back("S1", by=User.objects.get(username="xian"))
    with pytest.raises(Refused):
        storytelling.tell("S77")
    Installation.objects.update(demo=False, pinned_day=None)
    with pytest.raises(Refused):
        storytelling.put_back("S1", by=User.objects.built_in("shell"))


def test_the_command_tells_a_story_in_lines(demo_day, capsys):
    call_command("story", "S4")
    said = capsys.readouterr().out
    assert all(word in said for word in ("万清明", "YS000004", "/alerts/", "/reminders/", "jingban"))
    call_command("story", "S4", "--reset", "--json")
    assert json.loads(capsys.readouterr().out)["done"] == []


def test_the_row_is_his_and_the_household_is_warned_about(played, django_db_blocker, settings):
    """Commits what it does, so it stands last."""
    settings.SHOUWANG_TODAY = None
    with django_db_blocker.unblock():
        row = RowCandidate.objects.waiting().get(resident__household__code="YS000016")
        yibao = User.objects.get(username="yibao")
        made, _results = confirm([row], by=yibao, ring=False)
        run_what_follows(Job.objects.filter(kind="compare").latest("pk"))
        run_now(ask_run("999901", by=User.objects.get(username="xian"), ring=False))
        assert made.delivery.supplements is not None
        assert living("YS000016")["medical_self_paid_half_year"].measured == Decimal("31300.00")
        assert alert_of("YS000016").standards == ["medical_self_paid_half_year"]
        put_back("S16")
        row.refresh_from_db()
        assert (row.state, row.corrected_by) == ("waiting", None)
        assert not living("YS000016")
        assert Alert.objects.get(household__code="YS000016").state == "retracted"
