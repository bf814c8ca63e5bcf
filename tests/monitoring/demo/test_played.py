"""What became of the departments' files: each taken as it was made to be, compared, and told of in stories."""

import datetime
import re
from decimal import Decimal

import pytest

from alerts.models import Alert
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.scope import within
from foundation.desk.demo_news import funnel, stories
from foundation.jobs.models import Job
from foundation.ledger.models import Entry
from monitoring.candidates.deciding import confirm
from monitoring.comparison.asking import ask_run, run_now
from monitoring.comparison.evaluating import judge_household
from monitoring.demo import table
from monitoring.demo.days import delivered, run_what_follows
from monitoring.demo.loading import load_demo_feeds
from monitoring.models import Delivery, Finding, RegisterProposal, RowCandidate, Run
from tests.monitoring.demo.conftest import LOADED

#: The first test waits for the loading, perhaps on a busy machine.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400)]
TODAY = datetime.date(2026, 11, 4)
MEDICAL = {"medical_self_paid_half_year", "medical_self_paid_year", "medical_single_stay"}


def test_every_file_is_taken_as_it_was_made_to_be(demo_day, made):
    for paper in made:
        found = delivered(paper)
        told = {name: getattr(found, name) for name in ("rows_read", "rejects", "unmatched", "name_differs")}
        wanted = paper.tally
        assert told == {
            "rows_read": wanted.rows_read,
            "rejects": dict(wanted.rejects),
            "unmatched": wanted.unmatched,
            "name_differs": wanted.name_differs,
        }, paper.name
        assert found.matched == wanted.rows_accepted - wanted.unmatched
        assert found.state == ("superseded" if paper.replaced_later else paper.state)
        assert found.received_on == paper.day
    assert Delivery.objects.count() == len(made)


def test_each_department_hands_in_its_own(demo_day):
    for row in Delivery.objects.select_related("dataset", "by"):
        duties = row.by.postings.filter(role="department_officer")
        assert {duty.department_id for duty in duties} == {row.dataset.department_id}


def test_nothing_of_the_past_waits_for_a_worker(demo_day):
    waiting = Job.objects.open().filter(within("area", ["999901"])).exclude(kind="check_register")
    assert not waiting.exists()


def test_a_second_call_does_nothing(demo_day, played):
    entries = Entry.objects.count()
    again = load_demo_feeds(by=User.objects.built_in("shell"))
    assert again == {"acts": played["acts"], "played": 0}
    assert Entry.objects.count() == entries


def test_who_was_forgotten_in_september_is_back(demo_day):
    left = RegisterProposal.objects.filter(field="resident.dibao")
    assert left.filter(state="withdrawn").exists()
    assert not left.filter(state="proposed", household__code="YS000008").exists()


def test_the_mistaken_row_means_the_man_of_the_story(demo_day):
    row = RowCandidate.objects.waiting().get(resident__household__code="YS000016")
    assert (row.resident.name, row.kind) == ("陶夏至", RowCandidate.Kind.UNMATCHED)


def test_the_table_counts_what_stands(demo_day, made):
    counted = table.counted()
    assert counted["totals"]["files"] == len(made) == len(counted["files"])
    assert counted["totals"]["rows"] == sum(paper.tally.rows_read for paper in made)
    assert counted["totals"]["rejected"] == sum(paper.tally.rows_rejected for paper in made)


def test_only_the_platform_loads_them(demo_day):
    with pytest.raises(Refused):
        load_demo_feeds(by=User.objects.get(username="xian"))


def living(code: str) -> dict[str, Finding]:
    """The findings of a household that stand, by standard."""
    return {row.standard_id: row for row in Finding.objects.living().filter(household__code=code)}


def alert_of(code: str) -> Alert:
    return Alert.objects.open().get(household__code=code)


def test_s1_three_standards_in_one_night_are_one_warning(demo_day):
    found = living("YS000001")
    assert found.keys() == MEDICAL
    assert found["medical_self_paid_half_year"].measured == Decimal("31615.50")
    assert found["medical_single_stay"].measured == Decimal("12215.00")
    alert = alert_of("YS000001")
    assert (alert.opened_on, alert.state, set(alert.standards)) == (TODAY, "raised", MEDICAL)


def test_s2_s3_no_warning_where_no_line_is_crossed(demo_day):
    assert not Alert.objects.filter(household__code__in=["YS000002", "YS000003"]).exists()
    assert not living("YS000002")


def test_s4_a_reminder_and_a_warning_about_who_remains(demo_day):
    found = living("YS000004")
    assert found.keys() == {"cremated_in_benefit", "benefit_fell", "medical_single_stay"}
    assert set(alert_of("YS000004").standards) == {"benefit_fell", "medical_single_stay"}


def test_s6_the_warning_bears_the_mark_of_the_other_name(demo_day):
    alert = alert_of("YS000006")
    assert alert.signals.get().finding.name_differs
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
    assert retracted.count() == back.count()
    assert not Alert.objects.open().filter(household__code="YS000008").exists()


def test_s13_s14_school_and_house(demo_day):
    assert alert_of("YS000013").standards == ["school_dropout"]
    house = alert_of("YS000014")
    assert (house.standards, house.opened_on) == (["house_unsafe"], datetime.date(2026, 10, 28))


def test_s16_short_of_the_line_until_somebody_says_whose_the_row_is(demo_day):
    row = RowCandidate.objects.waiting().get(resident__household__code="YS000016")
    home = row.resident.household
    before = {each.standard: each for each in judge_household(home, TODAY)}
    half_year = before["medical_self_paid_half_year"]
    assert (half_year.measured, half_year.line) == (Decimal(29400), Decimal(30000))
    assert not any(each.fires for each in before.values())


def test_the_warnings_are_a_plausible_share_of_households(demo_day):
    assert 0.005 < Alert.objects.open().count() / LOADED < 0.2  # the stories weigh much among so few


def test_every_standard_that_counts_here_found_somebody(demo_day):
    found = set(table.findings())
    assert found >= {
        "disability_severe", "disaster_loss", "house_unsafe", "large_loss_claim", "loan_overdue", "school_dropout",
        "traffic_harm", "uninsured", "water_unsafe", "work_lost", "farm_income_fall", "labour_lost", *MEDICAL,
    }  # fmt: skip
    assert not Run.objects.filter(results__error__gt="").exists()
    assert not Finding.objects.filter(result=Finding.Result.HELD).exists()


def test_the_first_page_says_what_the_table_says(demo_day, client):
    whole = table.counted()["totals"]
    told = [whole[name] for name in ("files", "rows", "rejected", "findings", "alerts")]
    assert [step.number for step in funnel()] == told
    page = client.get("/").content.decode()
    steps = re.findall(r'class="demo-step"><b>([\d,]+)</b>', page)
    assert [int(number.replace(",", "")) for number in steps] == told


def test_each_number_of_the_funnel_links_to_its_page(demo_day, client):
    for place, step in enumerate(funnel()):
        answer = client.post("/demo/sign-in/", {"username": step.username, "next": step.page}, follow=True)
        assert (answer.status_code, answer.request["PATH_INFO"]) == (200, step.page.partition("?")[0])
        if place not in (1, 2):  # rows, and those refused, stand in the lines of their files
            assert answer.context["table"].count == str(step.number)


def test_every_story_is_told_and_leads_to_its_page(demo_day, client):
    told = [line for line in stories() if "/households/" not in line.page]
    assert len(told) == 8
    for line in told:
        answer = client.post("/demo/sign-in/", {"username": line.username, "next": line.page}, follow=True)
        assert answer.status_code == 200
        assert answer.request["PATH_INFO"] == line.page.partition("?")[0]


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
