"""What became of the departments' files: each taken as it was made to be, compared, and told of in stories."""

import datetime
import re

import pytest

from alerts.models import Alert
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.scope import within
from foundation.desk.demo_news import funnel
from foundation.jobs.models import Job
from foundation.ledger.models import Entry
from monitoring.demo import table
from monitoring.demo.days import delivered
from monitoring.demo.loading import load_demo_feeds
from monitoring.models import Delivery, Finding, RegisterProposal, RowCandidate, Run
from tests.demonstration import LOADED

#: The first test waits for the loading, perhaps on a busy machine.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400), pytest.mark.xdist_group("demonstration")]
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
    assert [step.number for step in funnel()][: len(told)] == told
    page = client.get("/").content.decode()
    steps = re.findall(r'class="demo-step"><b>([\d,]+)</b>', page)
    assert [int(number.replace(",", "")) for number in steps][: len(told)] == told


def test_each_number_of_the_funnel_links_to_its_page(demo_day, client):
    for place, step in enumerate(funnel()):
        answer = client.post("/demo/sign-in/", {"username": step.username, "next": step.page}, follow=True)
        assert (answer.status_code, answer.request["PATH_INFO"]) == (200, step.page.partition("?")[0])
        if place not in (1, 2):  # rows, and those refused, stand in the lines of their files
            assert answer.context["table"].count == str(step.number)
