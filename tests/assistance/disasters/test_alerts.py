"""Warnings of a disaster wait outside the queue, and end with the case; what comes later comes to the case."""

import datetime

import pytest

from alerts.models import Alert
from assistance.disasters import alerts
from assistance.disasters.listing import leave_unharmed
from assistance.disasters.opening import open_cases
from assistance.models import CaseRisk, Disaster
from foundation.accounts import clock
from foundation.accounts.models import User
from households.models import Household
from tests.alerts.made import find, follow, run_of
from tests.assistance.disasters.struck import listed

pytestmark = pytest.mark.django_db


def warned(
    home: Household, people: dict[str, User], standard: str = "disaster_loss", **fields: object
) -> Alert:
    """Let a run find a household; returns its warning."""
    found_later(home, people, standard, **fields)
    return Alert.objects.get(household=home)


def found_later(
    home: Household, people: dict[str, User], standard: str = "disaster_loss", **fields: object
) -> None:
    """Let a run find a household, whatever takes the finding up."""
    run = run_of(people["xian"])
    find(run, standard, home, **fields)
    follow(run)
    alerts.after_comparison(run, by=people["xian"])


def test_a_warning_of_the_event_leaves_the_queue_when_its_case_opens(
    flood: Disaster, homes: list[Household], people: dict[str, User]
) -> None:
    alert = warned(homes[0], people)
    assert alert in Alert.objects.open().awake(clock.today())
    open_cases(flood, listed(flood, homes[:1], people["zhen"]), by=people["zhen"])
    assert alert not in Alert.objects.open().awake(clock.today())


def test_what_is_found_later_comes_to_the_case_and_never_to_the_queue(
    flood: Disaster, homes: list[Household], people: dict[str, User]
) -> None:
    open_cases(flood, listed(flood, homes[:1], people["zhen"]), by=people["zhen"])
    found_later(homes[0], people)
    assert not Alert.objects.filter(household=homes[0]).exists()
    assert CaseRisk.objects.filter(case__household=homes[0]).count() == 1


def test_another_reason_keeps_it_in_the_queue(
    flood: Disaster, homes: list[Household], people: dict[str, User]
) -> None:
    alert = warned(homes[0], people, "medical_single_stay")
    earlier = clock.today() - datetime.timedelta(days=1)
    older = warned(homes[1], people, day=earlier)
    unlisted = warned(homes[2], people)
    open_cases(flood, listed(flood, homes[:2], people["zhen"]), by=people["zhen"])
    assert {alert, older, unlisted} <= set(Alert.objects.open().awake(clock.today()))


def test_another_risk_comes_to_the_case_too(
    flood: Disaster, homes: list[Household], people: dict[str, User]
) -> None:
    alert = warned(homes[0], people)
    open_cases(flood, listed(flood, homes[:1], people["zhen"]), by=people["zhen"])
    found_later(homes[0], people, "medical_single_stay")
    assert alert not in Alert.objects.open().awake(clock.today())
    assert CaseRisk.objects.filter(case__household=homes[0]).count() == 1


def test_it_ends_with_the_case(flood: Disaster, homes: list[Household], people: dict[str, User]) -> None:
    alert = warned(homes[0], people)
    keys = listed(flood, homes[:1], people["zhen"])
    open_cases(flood, keys, by=people["zhen"])
    leave_unharmed(flood, keys, "未受灾", by=people["cun"])
    alert.refresh_from_db()
    assert (alert.state, alert.outcome) == ("closed", "not_eligible")
