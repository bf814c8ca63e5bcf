"""Each story of the demonstration, as it stands on its day: what was found, what people did, what is still open."""

import datetime
from decimal import Decimal

import pytest

from alerts.demo import in_vain, village
from alerts.demo.acts import holder
from alerts.models import Alert, Channel
from alerts.reporting import Told, report
from assistance.models import CaseRisk
from foundation.accounts.demo.places import VILLAGE
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Role
from foundation.desk.demo_news import stories
from foundation.workflow.offers import history
from households.authorisations.document import content_of
from households.models import Authorisation, Household, HouseholdCode, LeafletTick, Visit
from households.signing.proving import Verdict, verdicts
from households.signing.selectors import progress, signatures_of
from monitoring.comparison.evaluating import judge_household
from monitoring.models import CorrectionTask, Finding, Reminder, RowCandidate, Run
from monitoring.screening.terms import EventKind
from tests.alerts.demo.standing import alert_of, living

#: The first test waits for the loading, perhaps on a busy machine.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400), pytest.mark.xdist_group("demonstration")]
TODAY = datetime.date(2026, 11, 4)
MEDICAL = {"medical_self_paid_half_year", "medical_self_paid_year", "medical_single_stay"}


def test_s1_three_standards_in_one_night_are_one_warning(demo_day):
    found = living("YS000001")
    assert found.keys() == MEDICAL
    assert found["medical_self_paid_half_year"].measured == Decimal("31615.50")
    assert found["medical_single_stay"].measured == Decimal("12215.00")
    alert = alert_of("YS000001")
    assert (alert.opened_on, alert.state, set(alert.standards)) == (TODAY, "raised", MEDICAL)


def test_s1_the_household_says_so_itself_on_the_same_warning(demo_day):
    alert = alert_of("YS000001")
    assert set(alert.channels) == {Channel.FEED, Channel.SELF_REPORT}
    parts = {part["code"]: part["points"] for part in alert.parts}
    assert parts["further_channel"]
    assert "further_cause" not in parts


def test_s2_the_hotline_is_answered_with_an_honest_no(demo_day):
    alert = Alert.objects.get(household__code="YS000002")
    assert (alert.opened_on, alert.state, alert.outcome) == (
        datetime.date(2026, 10, 27), "closed", "not_eligible",
    )  # fmt: skip
    assert (alert.closed_on, alert.channels) == (datetime.date(2026, 10, 29), [Channel.SELF_REPORT])
    assert not living("YS000002")


def test_s3_only_somebody_who_was_there_told_of_the_fire(demo_day):
    alert = Alert.objects.get(household__code="YS000003")
    assert (alert.state, alert.outcome, alert.channels, alert.standards) == (
        "closed", "enrolled", [Channel.VISIT], [],
    )  # fmt: skip
    assert not Finding.objects.filter(household__code="YS000003").exists()


def test_s4_a_reminder_and_a_warning_about_who_remains(demo_day):
    found = living("YS000004")
    assert found.keys() == {"cremated_in_benefit", "benefit_fell", "medical_single_stay"}
    alert = alert_of("YS000004")
    assert (set(alert.standards), alert.state) == ({"benefit_fell", "medical_single_stay"}, "dispatched")
    reminder = Reminder.objects.open().get(finding__household__code="YS000004")
    assert reminder.department_id == "civil_affairs"


def test_s5_the_flooded_village_is_warned_about(demo_day):
    lost = Finding.objects.living().filter(standard="disaster_loss", household__area="999901001002")
    homes = set(lost.values_list("household__code", flat=True))
    assert "YS000005" in homes
    warned = set(
        Alert.objects.open().filter(household__code__in=homes).values_list("household__code", flat=True)
    )
    told = set(CaseRisk.objects.values_list("case__household__code", flat=True))
    assert homes <= warned | told


def test_s6_the_row_with_another_name_goes_back_and_the_warning_ends(demo_day):
    alert = Alert.objects.get(household__code="YS000006")
    assert (alert.state, alert.outcome) == ("closed", "wrong_information")
    finding = alert.signals.get().finding
    assert finding.name_differs
    task = CorrectionTask.objects.get()
    row = finding.evidence[0]
    assert (task.delivery_id, task.line, task.state) == (row["delivery"], row["line"], "open")
    assert task.delivery.dataset.department_id == "medical_insurance"
    assert not Alert.objects.filter(household__code="YS000062").exists()


def test_s7_quiet_until_half_as_much_again_was_paid(demo_day):
    first, second = Alert.objects.filter(household__code="YS000007").order_by("pk")
    assert (first.state, first.closed_on, first.quiet_until) == (
        "closed", datetime.date(2026, 9, 10), datetime.date(2026, 12, 9),
    )  # fmt: skip
    assert (second.woke, second.follows) == (Alert.Woke.STEP_UP, first)
    found = living("YS000007")
    assert found["medical_self_paid_year"].measured == Decimal("41900.00")
    assert found["medical_single_stay"].result == Finding.Result.COOLED_DOWN


def test_s8_who_left_with_a_forgotten_sheet_is_taken_back(demo_day):
    back = Finding.objects.filter(standard="dibao_left", retracted_at__isnull=False)
    assert "YS000008" in back.values_list("household__code", flat=True)
    whole = Run.objects.get(as_of=datetime.date(2026, 10, 13))
    assert {row.retracted_by_run for row in back} == {whole}
    assert whole.results.get(standard="dibao_left").retracted == back.count()
    retracted = Alert.objects.filter(state="retracted")
    assert retracted.count() == back.count() - in_vain.VISITED
    assert not Alert.objects.open().filter(household__code="YS000008").exists()


def test_s8_who_was_visited_in_vain_is_told(demo_day):
    visited = in_vain.visited()
    assert {(alert.state, alert.baseless_on) for alert in visited} == {
        ("reported", datetime.date(2026, 10, 13))
    }
    for alert in visited:
        assert alert.household.visits.get().happened_on == in_vain.VISITED_ON
    (line,) = [line for line in stories() if "state=retracted" in line.page]
    assert str(len(visited)) in line.sentence


@pytest.mark.parametrize(
    ("code", "visits"),
    [("YS000002", 2), ("YS000003", 3), ("YS000009", 3), ("YS000093", 2), ("YS000013", 1), ("YS000014", 1)],
)
def test_the_visits_of_the_stories_stand(demo_day, code, visits):
    assert Visit.objects.filter(household__code=code, state="recorded").count() == visits


def test_s13_the_village_heard_first_and_the_department_confirms(demo_day):
    alert = alert_of("YS000013")
    assert (alert.standards, alert.opened_on) == (["school_dropout"], datetime.date(2026, 10, 20))
    assert set(alert.channels) == {Channel.FEED, Channel.VISIT}


def test_s13_not_authorised_is_neither_refused_help_nor_ended(demo_day):
    row = Authorisation.objects.get(household__code="YS000013")
    assert (row.state, row.asked_on, progress(row).refused) == ("refused", datetime.date(2026, 11, 1), 2)
    assert all("教育" in each.told for each in signatures_of(row))
    assert alert_of("YS000013").state == "unauthorised"


def test_s3_all_three_have_signed(demo_day):
    row = Authorisation.objects.get(household__code="YS000003")
    assert (row.state, str(progress(row))) == ("in_force", "3/3")
    found = verdicts(signatures_of(row), content_of(row))
    assert list(found.values()) == [Verdict.INTACT] * 3


def test_the_village_of_the_stories_has_its_codes_and_some_leaflets(demo_day):
    without = (
        Household.objects.living().filter(area=VILLAGE).exclude(codes__in=HouseholdCode.objects.in_force())
    )
    assert not without.exists()
    given = LeafletTick.objects.values_list("household__code", flat=True)
    assert set(given) == set(village.AT_HOME)


def test_s14_kin_stands_back(demo_day):
    alert = alert_of("YS000014")
    assert (alert.standards, alert.opened_on, alert.state) == (
        ["house_unsafe"], datetime.date(2026, 10, 28), "reported",
    )  # fmt: skip
    told = Told(Channel.VISIT, TODAY, EventKind.HOUSING, "屋顶漏雨")
    with pytest.raises(Refused):
        report(alert.household, told, by=holder(Role.VILLAGE_ASSISTANT, alert.area_id))


def test_s14_the_next_village_went_and_its_report_is_drawn(demo_day):
    alert = alert_of("YS000014")
    neighbour = User.objects.get(username="cun")
    assert (alert.visitor, alert.visit.entered_by) == (neighbour, neighbour)
    assert (alert.reported_outcome, alert.recheck) == ("solved_by_policy", Alert.Recheck.DRAWN)
    assert Household.objects.visible_to(neighbour).filter(pk=alert.household_id).exists()
    others = Household.objects.visible_to(neighbour).filter(area=alert.area)
    assert others.count() == 1, "no other household of the village"


def test_s2_went_the_whole_way_from_the_call_to_the_end(demo_day):
    alert = Alert.objects.get(household__code="YS000002")
    verbs = list(history(alert).values_list("verb", flat=True))
    assert verbs == ["raise", "dispatch", "assign", "report", "draw", "recheck", "confirm_end"]
    assert (alert.opinion, alert.recheck) == (Alert.Opinion.DECLINE, Alert.Recheck.HELD)
    letter = alert.letters.get()
    assert (letter.outcome, letter.way, letter.delivered_on) == (
        "not_eligible", "handed", datetime.date(2026, 10, 30),
    )  # fmt: skip
    assert letter.delivered_on <= letter.due_on


def test_s16_short_of_the_line_until_somebody_says_whose_the_row_is(demo_day):
    row = RowCandidate.objects.waiting().get(resident__household__code="YS000016")
    home = row.resident.household
    before = {each.standard: each for each in judge_household(home, TODAY)}
    half_year = before["medical_self_paid_half_year"]
    assert (half_year.measured, half_year.line) == (Decimal(29400), Decimal(30000))
    assert not any(each.fires for each in before.values())


def test_every_story_is_told_and_leads_to_its_page(demo_day, client):
    told = [line for line in stories() if "/households/" not in line.page]
    assert len(told) == 16
    for line in told:
        answer = client.post("/demo/sign-in/", {"username": line.username, "next": line.page}, follow=True)
        assert answer.status_code == 200
        assert answer.request["PATH_INFO"] == line.page.partition("?")[0]
