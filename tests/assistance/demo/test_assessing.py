"""The batch assessment of the demonstration: a line in each state, one objection, differences that wait."""

import pytest

from assistance.demo import assessing
from assistance.models import AssessedHousehold, PolicyExit, RosterComparison
from assistance.notices.selectors import hanging_in

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400), pytest.mark.xdist_group("demonstration")]


def states() -> dict[str, list[AssessedHousehold]]:
    found: dict[str, list[AssessedHousehold]] = {}
    for row in AssessedHousehold.objects.filter(assessment=assessing.assessment()).order_by("pk"):
        found.setdefault(row.state, []).append(row)
    return found


def test_every_household_stands_where_the_story_has_it(demo_day):
    fates = assessing.fates()
    assert {key: AssessedHousehold.objects.get(pk=key).state for key in fates} == fates
    assert {"done", "posted", "decided", "reviewed", "heard", "evaluated", "confirmed"} <= set(fates.values())


def test_votes_notice_and_papers_are_the_ordinary_ones(demo_day):
    (done,) = states()["done"]
    line = done.evaluation_items.get()
    assert (line.result, line.agree, done.notice_items.get().ended_on) == ("passed", 28, assessing.ENDED_ON)
    assert list(done.batch_items.order_by("pk").values_list("batch__kind", "result")) == [
        ("review", "done"),
        ("approval", "done"),
    ]
    assert PolicyExit.objects.get(assessed=done).last_day == assessing.DECIDED_ON


def test_one_objection_holds_its_line_and_nobody_else(demo_day):
    held = assessing.objection()
    assert (held.settled_on, held.in_time) == (None, True)
    assert [row.pk for row in states()["posted"]] == [held.item.assessed_id]
    assert held.item.until < assessing.ENDED_ON
    assert all(line.assessed_id is None for lines in hanging_in(held.item.area_id).values() for line in lines)


def test_civil_affairs_list_has_differences_to_settle(demo_day):
    made = RosterComparison.objects.get()
    kinds = list(made.differences.unsettled().values_list("kind", flat=True))
    assert kinds.count("unknown") == 1
    assert kinds.count("theirs") == 2
