"""The register is checked after each change, every night, and where somebody asks."""

import datetime
import io
import json

import pytest
from django.core.management import call_command

from foundation.accounts.commands import WrongUsage
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.jobs.models import Job, State
from foundation.jobs.running import run_here
from households.followers import register_changed
from households.quality.following import ask, night_work
from households.tasks import check_register
from tests.households.quality.made import doubts, family, person
from tests.people import COUNTY, NEIGHBOUR_VILLAGE, VILLAGE


@pytest.fixture
def doubtful(people: dict[str, User]) -> int:
    """A household whose health is not stated; its key."""
    return family("A", person(health=[])).pk


def test_a_correction_by_hand_is_checked_in_its_own_transaction(
    doubtful: int, people: dict[str, User]
) -> None:
    register_changed([VILLAGE], [doubtful], by=people["cun"])
    assert doubts() == {"A": {"R-07a"}}
    assert not Job.objects.exists()


def test_a_file_is_followed_by_a_check_as_long_work(doubtful: int, people: dict[str, User]) -> None:
    register_changed([COUNTY], by=people["xian"])
    job = Job.objects.get()
    assert (job.kind, job.area, job.asked_by) == ("check_register", COUNTY, people["xian"])
    assert doubts() == {}
    assert run_here(job).result["opened"] == 1
    assert doubts() == {"A": {"R-07a"}}


def test_a_file_that_reaches_beyond_ones_posts_is_checked_by_the_platform(
    doubtful: int, people: dict[str, User]
) -> None:
    register_changed(["99"], by=people["xian"])
    assert Job.objects.get().asked_by == User.objects.built_in("system")


def test_two_files_are_followed_by_two_checks_but_two_askers_share_one(
    doubtful: int, people: dict[str, User]
) -> None:
    register_changed([COUNTY], by=people["xian"])
    register_changed([COUNTY], by=people["xian"])
    assert Job.objects.count() == 2
    assert ask(COUNTY, by=people["xian"], once=True) == ask(COUNTY, by=people["xian"], once=True)


def test_the_night_asks_for_a_check_of_the_whole_register(doubtful: int) -> None:
    family("B", person(health=[]), area=NEIGHBOUR_VILLAGE)
    night_work(by=User.objects.built_in("system"), on=datetime.date(2026, 11, 5))
    assert run_here(Job.objects.get()).result["households"] == 2
    assert doubts("") == {"A": {"R-07a"}, "B": {"R-07a"}}


def test_the_timetable_asks_once_for_the_whole_country(doubtful: int) -> None:
    check_register()
    check_register()
    job = Job.objects.get()
    assert job.area == ""
    run_here(job)
    assert doubts() == {"A": {"R-07a"}}


def test_a_check_that_was_killed_and_begun_again_finds_the_same(
    doubtful: int, people: dict[str, User]
) -> None:
    first = run_here(ask(COUNTY, by=people["xian"], ring=False))
    again = run_here(ask(COUNTY, by=people["xian"], ring=False))
    assert first.state == again.state == State.DONE
    assert (first.result["opened"], again.result["opened"]) == (1, 0)


def test_nobody_asks_for_a_check_elsewhere(people: dict[str, User]) -> None:
    with pytest.raises(Refused):
        ask(COUNTY, by=people["lin_xian"])
    with pytest.raises(Refused):
        ask(COUNTY, by=people["lingdao"])


def test_the_command_prints_one_object(doubtful: int, areas: dict[str, Area]) -> None:
    out = io.StringIO()
    call_command("check_register", "--area", "999901000000", "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert answer.pop("seconds") >= 0
    assert answer == {"households": 1, "opened": 1, "gone": 0, "changed": 0, "came_back": 0}


def test_the_command_says_in_sentences_what_changed(doubtful: int) -> None:
    out = io.StringIO()
    call_command("check_register", "--area", VILLAGE, "--as", "cun", stdout=out)
    assert "1" in out.getvalue().splitlines()[0]


def test_the_command_refuses_an_unknown_area_and_one_of_others(doubtful: int) -> None:
    with pytest.raises(WrongUsage):
        call_command("check_register", "--area", "111111")
    with pytest.raises(Refused):
        call_command("check_register", "--area", COUNTY, "--as", "cun")
