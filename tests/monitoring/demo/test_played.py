"""What became of the departments' files: every one taken as it was made to be, once, by the right officer."""

import pytest

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.scope import within
from foundation.jobs.models import Job
from foundation.ledger.models import Entry
from monitoring.demo import table
from monitoring.demo.days import delivered
from monitoring.demo.loading import load_demo_feeds
from monitoring.models import Delivery, RegisterProposal, RowCandidate

pytestmark = pytest.mark.django_db


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
