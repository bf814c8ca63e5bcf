"""Who mends something on a case sees the doubt go; the night and a killed process change nothing twice."""

from typing import Any

import pytest

from assistance.aid.checking import Aid
from assistance.aid.recording import record_aid, strike
from assistance.data_checks.following import ask_again
from assistance.measures import answering
from assistance.measures.answering import Landed
from assistance.measures.ticking import Tick, tick
from assistance.models import Case, Measure
from foundation.accounts.models import User
from households.models import QualityCount, QualityFinding
from tests.assistance.data_checks.made import held
from tests.households.quality.made import DAY, checked, doubts


@pytest.fixture
def late(people: dict[str, User]) -> Case:
    """A household without any measure for half a year; nothing has been asked of it."""
    return held(words=(), since=DAY.replace(month=5), area="999901001001", code="SJ-LATE")


def test_a_measure_that_lands_takes_the_doubt_away_at_once(
    late: Case, people: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    checked()
    assert doubts()["SJ-LATE"] == {"R-13"}
    with django_capture_on_commit_callbacks(execute=True):
        (made,) = tick(late, [Tick("water_purifier")], by=people["cun"]).made
    assert doubts()["SJ-LATE"] == {"R-13"}
    asked = Measure.objects.select_related("case__household").get(pk=made.pk)
    with django_capture_on_commit_callbacks(execute=True):
        answering.land(asked, Landed(DAY), by=User.objects.built_in("system"))
    assert doubts()["SJ-LATE"] == {"R-28b"}
    with django_capture_on_commit_callbacks(execute=True):
        answering.answer_again(asked, "点错了", by=User.objects.built_in("system"))
    assert doubts()["SJ-LATE"] == {"R-13"}


def test_recorded_aid_counts_as_a_measure_until_it_is_struck_out(
    late: Case, people: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    checked()
    landed = Aid("water_purifier", DAY, service="净水器一台")
    with django_capture_on_commit_callbacks(execute=True):
        row = record_aid(late, landed, by=people["cun"])
    assert doubts()["SJ-LATE"] == {"R-28b"}
    with django_capture_on_commit_callbacks(execute=True):
        strike(row, "记错了户", by=people["cun"])
    assert doubts()["SJ-LATE"] == {"R-13"}


def test_a_promise_under_which_aid_is_recorded_is_no_promise_that_waits(people: dict[str, User]) -> None:
    case = held(since=DAY.replace(month=5), area="999901001001", code="SJ-ASKED")
    (made,) = tick(case, [Tick("water_purifier")], by=people["cun"]).made
    Measure.objects.filter(pk=made.pk).update(asked_on=DAY.replace(month=1))
    checked()
    assert "R-28c" in doubts()["SJ-ASKED"]
    measure = Measure.objects.select_related("case__household").get(pk=made.pk)
    record_aid(case, Aid("water_purifier", DAY, service="净水器一台", measure=measure), by=people["cun"])
    checked()
    assert "R-28c" not in doubts().get("SJ-ASKED", set())


def test_the_check_is_never_in_the_way_of_the_act(
    late: Case,
    people: dict[str, User],
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("assistance.data_checks.following.check_households", _broken)
    with django_capture_on_commit_callbacks(execute=True) as later:
        (made,) = tick(late, [Tick("water_purifier")], by=people["cun"]).made
    assert later
    checked()
    assert doubts()["SJ-LATE"] == {"R-13"}, "the night finds what the act could not"
    assert Measure.objects.get(pk=made.pk).state == "asked"


def test_asked_twice_it_finds_once(late: Case, django_capture_on_commit_callbacks: Any) -> None:
    for _again in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            ask_again([late.household_id])
        checked()
    assert QualityFinding.objects.filter(rule="R-13").count() == 1
    assert QualityCount.objects.get(rule="R-13").waiting == 1


def _broken(households: object) -> None:
    raise RuntimeError(households)
