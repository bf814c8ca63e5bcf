"""The business clock: one place knows the day, and says no to the future and to unexplained backdating."""

import datetime

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction

from foundation.accounts import clock
from foundation.accounts.models import Installation
from foundation.accounts.refusals import Refused
from foundation.regulations import revision
from foundation.regulations.models import Value
from tests.foundation.regulations.made import says
from tests.people import COUNTY, VILLAGE

DAY = datetime.date(2026, 11, 4)
ONE = datetime.timedelta(days=1)


@pytest.fixture
def unpinned(settings, db):
    """Nobody pins the day in the environment."""
    settings.SHOUWANG_TODAY = None


def test_without_a_pin_the_day_is_the_calendars_in_shanghai(unpinned):
    now = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=8)
    assert abs(clock.today() - now.date()) <= ONE
    assert not clock.is_pinned()


def test_a_demonstration_pins_its_day(unpinned):
    Installation.objects.create(demo=True, pinned_day=DAY)
    assert clock.today() == DAY
    assert clock.is_pinned()


def test_the_environment_goes_before_the_demonstration(unpinned, settings):
    Installation.objects.create(demo=True, pinned_day=DAY)
    settings.SHOUWANG_TODAY = "2026-10-01"
    assert clock.today() == datetime.date(2026, 10, 1)


def test_a_day_that_is_none_is_named_in_a_sentence(unpinned, settings):
    settings.SHOUWANG_TODAY = "tomorrow"
    with pytest.raises(ImproperlyConfigured, match="tomorrow"):
        clock.today()


def test_the_database_pins_no_day_without_the_demo_mark(unpinned):
    with pytest.raises(IntegrityError, match="only_a_demonstration_pins_its_day"), transaction.atomic():
        Installation.objects.create(demo=False, pinned_day=DAY)


def test_one_reading_stays_the_same_while_the_day_turns(unpinned):
    row = Installation.objects.create(demo=True, pinned_day=DAY)
    with clock.one_reading():
        Installation.objects.filter(pk=row.pk).update(pinned_day=DAY + ONE)
        with clock.one_reading() as inner:
            assert clock.today() == inner == DAY
    assert clock.today() == DAY + ONE


def test_living_on_another_day_ends_also_after_a_failure(db):
    with pytest.raises(ZeroDivisionError), clock.at(DAY - ONE):
        clock.today().day / (clock.today() - (DAY - ONE)).days
    assert clock.today() == DAY


@pytest.mark.parametrize(
    ("ago", "reason", "field"),
    [(-1, "", "happened_on"), (-1, "seen", "happened_on"), (8, "", "reason"), (8, "  ", "reason")],
)
def test_the_future_and_unexplained_backdating_are_refused(db, ago, reason, field):
    with pytest.raises(Refused) as refusal:
        clock.happened(DAY - ago * ONE, reason=reason)
    assert refusal.value.field == field


@pytest.mark.parametrize(("ago", "reason"), [(0, ""), (7, ""), (8, "the paper lay in the village office")])
def test_an_act_keeps_the_day_it_happened(db, ago, reason):
    assert clock.happened(DAY - ago * ONE, reason=reason) == DAY - ago * ONE


def test_an_act_without_a_day_happened_today(db):
    assert clock.happened(None) == DAY


def test_the_value_in_force_says_which_entry_is_a_late_one(areas):
    says("backdating_days", COUNTY, "2026-01-01", "2")
    three_days_ago = DAY - 3 * ONE
    assert clock.happened(three_days_ago) == three_days_ago
    assert not clock.is_late(three_days_ago, ["999902"])
    assert clock.is_late(three_days_ago, ["999902", VILLAGE])
    with pytest.raises(Refused, match="2"):
        clock.happened(three_days_ago, areas=[VILLAGE])


def test_where_no_value_holds_the_platform_keeps_its_habit(areas):
    Value.objects.filter(subject_id="backdating_days").delete()
    revision.renew(revision.VALUES)
    assert clock.backdating_days() == clock.BACKDATING_DAYS
