"""Putting warnings off: until a day, until something new comes, never in silence."""

import datetime

import pytest

from alerts.models import Alert, Snooze
from alerts.reporting import Told, report
from alerts.snoozing import night_work, snooze_many, wake_many
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from tests.alerts.made import DAY
from tests.alerts.warnings import plant

LATER = DAY + datetime.timedelta(days=5)

pytestmark = pytest.mark.usefixtures("english")


def test_what_is_put_off_leaves_the_queue_until_its_night(people: dict[str, User]) -> None:
    (alert,) = plant(people["xian"], 1)
    (result,) = snooze_many([alert], LATER, "等医保补报", by=people["xian"])
    assert result.moved
    assert not Alert.objects.awake(LATER).exists()
    system = User.objects.built_in("system")
    night_work(by=system, on=LATER)
    assert Snooze.objects.get().ended_on is None, "its last day still counts"
    night_work(by=system, on=LATER + datetime.timedelta(days=1))
    assert Snooze.objects.get().ended == "night"
    assert Alert.objects.awake(DAY).get() == alert
    assert Notice.objects.get(recipient=people["xian"], kind="alerts_woken").count == 1
    assert Entry.objects.filter(verb="alert.woken").count() == 1


def test_something_new_wakes_it(people: dict[str, User]) -> None:
    (alert,) = plant(people["xian"], 1)
    snooze_many([alert], LATER, "等医保补报", by=people["xian"])
    report(alert.household, Told("visit", DAY, "illness", "又住院了"), by=people["cun"])
    alert.refresh_from_db()
    assert alert.snoozed_until is None
    assert Snooze.objects.get().ended == "news"


def test_it_is_taken_up_again_by_hand_once(people: dict[str, User]) -> None:
    (alert,) = plant(people["xian"], 1)
    snooze_many([alert], LATER, "等医保补报", by=people["xian"])
    alert.refresh_from_db()
    assert wake_many([alert], by=people["xian"])[0].moved
    alert.refresh_from_db()
    (again,) = wake_many([alert], by=people["xian"])
    assert again.refusal is not None
    assert "not put off" in again.refusal.sentence


@pytest.mark.parametrize(("days", "reason"), [(0, "等"), (61, "等"), (5, " ")])
def test_without_a_near_day_and_a_reason_nothing_is_put_off(
    people: dict[str, User], days: int, reason: str
) -> None:
    (alert,) = plant(people["xian"], 1)
    with pytest.raises(Refused):
        snooze_many([alert], DAY + datetime.timedelta(days=days), reason, by=people["xian"])


def test_the_village_puts_nothing_off(people: dict[str, User]) -> None:
    (alert,) = plant(people["xian"], 1)
    (result,) = snooze_many([alert], LATER, "等", by=people["cun"])
    assert not result.moved
    assert snooze_many([alert], LATER, "等", by=people["zhen"])[0].moved, "the township may"
