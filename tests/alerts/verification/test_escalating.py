"""The night tells superiors of what is overdue for days: once for each deadline, and not too early."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client

from alerts.models import Alert
from alerts.verification.escalating import escalate
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from households.models import Household
from tests.alerts.made import find, follow, run_of, the_alert

D = datetime.date
People = dict[str, User]


@pytest.fixture
def alert(home: Household, people: People) -> Alert:
    """Return a warning that lies with the village and was to be visited by the sixth."""
    run = run_of(people["xian"])
    find(run, "house_unsafe", home)
    follow(run)
    Alert.objects.update(state="assigned", visitor=people["cun"], step_due_on=D(2026, 11, 6))
    return the_alert(home)


def night(on: D) -> int:
    with clock.at(on):
        return escalate(by=User.objects.built_in("system"), on=on)


def told() -> dict[str, int]:
    rows = Notice.objects.filter(kind="alerts_overdue_below")
    return dict(rows.values_list("recipient__username", "count"))


def test_three_days_too_late_the_superior_is_told_once(alert: Alert) -> None:
    assert [night(D(2026, 11, day)) for day in (7, 8, 9, 10)] == [0, 0, 1, 0]
    assert told() == {"zhen": 1}
    entry = Entry.objects.get(verb="alert.escalated")
    assert (entry.object_id, entry.happened_on) == (str(alert.pk), D(2026, 11, 9))


def test_the_next_deadline_is_told_anew(alert: Alert) -> None:
    night(D(2026, 11, 9))
    Alert.objects.update(state="reported", step_due_on=D(2026, 11, 12))
    assert night(D(2026, 11, 14)) == 0
    assert night(D(2026, 11, 15)) == 1
    assert told() == {"zhen": 1, "xian": 1}, "the township's delay is told to the county"


def test_what_ended_or_stands_still_is_told_to_nobody(alert: Alert) -> None:
    Alert.objects.update(state="closed", step_due_on=None)
    assert night(D(2027, 3, 1)) == 0
    Alert.objects.update(state="referred", step_due_on=None, total_due_on=None)
    assert night(D(2027, 3, 1)) == 0


def test_the_queue_lists_what_was_told(alert: Alert, signed_in: Callable[[str], Client]) -> None:
    night(D(2026, 11, 9))
    with clock.at(D(2026, 11, 10)):
        client = signed_in("zhen")
        assert "superior told" in client.get("/alerts/?due=escalated").content.decode()
        Alert.objects.update(step_due_on=D(2026, 11, 9))
        assert "YS000001" not in client.get("/alerts/?due=escalated").content.decode()
