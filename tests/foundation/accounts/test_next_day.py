"""Turning the demonstration to its next day."""

import datetime

import pytest

from foundation.accounts import clock, next_day
from foundation.accounts.models import Installation, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry

DAY = datetime.date(2026, 11, 4)
TOMORROW = datetime.date(2026, 11, 5)


@pytest.fixture
def demo(settings, people):
    """A demonstration pinned at DAY, with everybody of tests/people.py."""
    settings.SHOUWANG_TODAY = None
    return Installation.objects.create(demo=True, pinned_day=DAY)


def test_the_day_moves_on_and_the_ledger_keeps_who_turned_it(demo, people):
    assert next_day.turn(DAY, by=people["cun"]) == TOMORROW
    assert clock.today() == TOMORROW
    entry = Entry.objects.get(verb="clock.next_day")
    assert entry.actor == f"staff:{people['cun'].pk}"
    assert (entry.happened_on, entry.entered_on) == (DAY, DAY)


def test_a_double_press_turns_one_day(demo, people):
    next_day.turn(DAY, by=people["cun"])
    with pytest.raises(Refused, match="2026-11-05"):
        next_day.turn(DAY, by=people["cun"])
    assert clock.today() == TOMORROW
    assert Entry.objects.filter(verb="clock.next_day").count() == 1


def test_the_night_works_on_the_new_day_in_the_platforms_name(demo, people, monkeypatch):
    seen = []

    def work(*, by: User, on: datetime.date) -> None:
        seen.append((by.username, on, clock.today()))

    monkeypatch.setattr(next_day, "parts", lambda name: {"NEXT_DAY": (work, work)}[name])
    next_day.turn(DAY, by=people["cun"])
    assert seen == [("system", TOMORROW, TOMORROW)] * 2


def test_a_night_that_fails_leaves_the_day_as_it_was(demo, people, monkeypatch):
    def fail(*, by: User, on: datetime.date) -> None:
        raise Refused("no")

    monkeypatch.setattr(next_day, "parts", lambda name: (fail,))
    with pytest.raises(Refused):
        next_day.turn(DAY, by=people["cun"])
    assert clock.today() == DAY
    assert not Entry.objects.filter(verb="clock.next_day").exists()


def test_outside_a_demonstration_the_calendar_decides(settings, people):
    settings.SHOUWANG_TODAY = None
    with pytest.raises(Refused, match=r"demonstration|演示"):
        next_day.turn(DAY, by=people["cun"])


def test_a_day_held_by_the_environment_stays(demo, settings, people):
    settings.SHOUWANG_TODAY = "2026-11-04"
    with pytest.raises(Refused, match="SHOUWANG_TODAY"):
        next_day.turn(DAY, by=people["cun"])
    settings.SHOUWANG_TODAY = None
    assert clock.today() == DAY
