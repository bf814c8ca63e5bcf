"""What people decide about an alert: dispatch, close, reopen, join, detach, separate."""

import datetime
from decimal import Decimal
from typing import Any

import pytest

from alerts import deciding
from alerts.deciding import Closing
from alerts.models import Alert
from alerts.outcomes import of_households
from foundation.accounts import clock
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from foundation.regulations import revision
from foundation.workflow.move import AlreadyMoved, Request, move
from households.models import Household
from tests.alerts.made import find, follow, run_of, the_alert
from tests.households.families import make_household

DAY = datetime.date(2026, 11, 4)
STAY = "medical_single_stay"


@pytest.fixture
def alert(home: Household, people: dict[str, User]) -> Alert:
    """Return the alert of a household with a stay and an unsafe house."""
    run = run_of(people["xian"])
    find(run, STAY, home, home.residents.get(relation="01"))
    find(run, "house_unsafe", home)
    follow(run)
    return the_alert(home)


def closing(**chosen: object) -> Closing:
    return Closing(**{"outcome": "not_eligible", "reason": "收入稳定", "quiet_days": 90} | chosen)


def test_dispatching_tells_the_township(alert: Alert, people: dict[str, User]) -> None:
    deciding.dispatch(alert, Request("dispatch"), by=people["xian"])
    assert alert.state == "dispatched"
    assert Notice.objects.get(kind="alerts_dispatched").recipient == people["zhen"]
    move(alert, Request("recall", reason="重复"), by=people["xian"])
    assert alert.state == "raised"


def test_a_move_asks_for_each_thing_once(
    alert: Alert, people: dict[str, User], django_assert_max_num_queries: Any
) -> None:
    alert = Alert.objects.select_related("household").get(pk=alert.pk)
    with django_assert_max_num_queries(21), clock.one_reading(), revision.one_reading():
        deciding.dispatch(alert, Request("dispatch"), by=people["xian"])
    seen = {name: value for name, value in vars(alert).items() if not name.startswith("_")}
    alert.refresh_from_db()
    assert seen == {name: value for name, value in vars(alert).items() if not name.startswith("_")}


def test_closing_keeps_outcome_day_and_silence(alert: Alert, people: dict[str, User]) -> None:
    deciding.close(alert, closing(), by=people["xian"])
    alert.refresh_from_db()
    assert (alert.state, alert.outcome, alert.closed_on) == ("closed", "not_eligible", DAY)
    assert alert.quiet_until == datetime.date(2027, 2, 2)
    entry = Entry.objects.get(verb="alert.close")
    assert "收入" not in bytes(entry.body).decode(), "the reason is free text and is only committed to"


def test_trials_of_drafts_learn_what_came_of_the_households(alert: Alert, people: dict[str, User]) -> None:
    deciding.close(alert, closing(), by=people["xian"])
    asked = [alert.household_id]
    assert of_households(asked, DAY, DAY) == {"not_eligible": 1}
    assert of_households(asked, DAY.replace(day=5), DAY.replace(day=30)) == {}


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"outcome": "enrolled"}, "outcome"),
        ({"outcome": "unreachable"}, "outcome"),
        ({"outcome": "nonsense"}, "outcome"),
        ({"reason": " "}, "reason"),
        ({"quiet_days": 4000}, "quiet_days"),
    ],
)
def test_closing_needs_an_outcome_of_the_list_and_a_reason(
    alert: Alert, people: dict[str, User], chosen: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        deciding.close(alert, closing(**chosen), by=people["xian"])
    assert refusal.value.field == field
    alert.refresh_from_db()
    assert alert.state == "raised"


def test_what_no_visit_shows_is_closed_with_its_proof_alone(alert: Alert, people: dict[str, User]) -> None:
    with pytest.raises(Refused) as refusal:
        deciding.close(alert, closing(outcome="deceased"), by=people["xian"])
    assert refusal.value.field == "proof"
    deciding.close(alert, closing(outcome="deceased", proof="死亡证明，10月30日"), by=people["xian"])
    assert (alert.state, alert.proof) == ("closed", "死亡证明，10月30日")


@pytest.mark.parametrize("username", ["cun", "zhen", "shending", "lin_xian"])
def test_only_the_dispatcher_of_the_county_closes(
    alert: Alert, people: dict[str, User], username: str
) -> None:
    with pytest.raises(Refused):
        deciding.close(alert, closing(), by=people[username])


def test_nobody_closes_the_warning_of_their_kin(alert: Alert, people: dict[str, User]) -> None:
    Kin.objects.create(user=people["xian"], household=alert.household.code, relation="kin", declared_on=DAY)
    with pytest.raises(Refused):
        deciding.close(alert, closing(), by=people["xian"])


def test_who_saw_less_than_there_is_now_decides_again(
    alert: Alert, home: Household, people: dict[str, User]
) -> None:
    run = run_of(people["xian"])
    find(run, "water_unsafe", home)
    follow(run)
    with pytest.raises(AlreadyMoved):
        deciding.close(alert, closing(), by=people["xian"])


def test_a_household_with_an_open_warning_has_no_other_reopened(
    alert: Alert, home: Household, people: dict[str, User]
) -> None:
    deciding.close(alert, closing(), by=people["xian"])
    run = run_of(people["xian"])
    find(run, "water_unsafe", home)
    follow(run)
    alert.refresh_from_db()
    with pytest.raises(Refused, match=r"open warning|未办结"):
        deciding.reopen(alert, Request("reopen", reason="办错了"), by=people["xian"])


def test_joining_takes_the_signals_along(alert: Alert, people: dict[str, User]) -> None:
    other = make_household("YS000002", "沈立夏", by=people["xian"])
    run = run_of(people["xian"])
    find(run, "water_unsafe", other)
    follow(run)
    second = the_alert(other)
    into = deciding.join(second, alert, by=people["xian"], reason="一户两号")
    second.refresh_from_db()
    assert (second.state, second.outcome, second.merged_into) == ("closed", "duplicate", into)
    assert into.standards == ["house_unsafe", STAY, "water_unsafe"]
    assert into.signals.count() == 3
    assert into.total == into.priority
    with pytest.raises(Refused):
        deciding.reopen(second, Request("reopen", reason="x"), by=people["xian"])


def test_an_alert_is_not_joined_into_itself_or_a_closed_one(alert: Alert, people: dict[str, User]) -> None:
    with pytest.raises(Refused):
        deciding.join(alert, alert, by=people["xian"], reason="x")


def test_the_last_signal_is_not_detached(alert: Alert, people: dict[str, User]) -> None:
    first, last = alert.signals.order_by("pk")
    before = alert.priority
    deciding.detach(first, by=people["xian"], reason="同名")
    alert.refresh_from_db()
    assert alert.priority < before
    assert first.detached_by == people["xian"]
    with pytest.raises(Refused):
        deciding.detach(last, by=people["xian"], reason="同名")
    with pytest.raises(Refused):
        deciding.detach(first, by=people["xian"], reason="again")


def test_a_detached_signal_belongs_to_its_warning_after_all(alert: Alert, people: dict[str, User]) -> None:
    first, before = alert.signals.order_by("pk")[0], alert.priority
    with pytest.raises(Refused):
        deciding.attach_again(first, by=people["xian"], reason="没有剔除过")
    deciding.detach(first, by=people["xian"], reason="同名")
    with pytest.raises(Refused):
        deciding.attach_again(first, by=people["zhen"], reason="看错了")
    deciding.attach_again(first, by=people["xian"], reason="看错了")
    alert.refresh_from_db()
    assert (alert.priority, first.is_living, first.detached_why) == (before, True, "")


def test_what_is_separated_counts_as_a_cause_of_its_own(home: Household, people: dict[str, User]) -> None:
    run = run_of(people["xian"])
    head = home.residents.get(relation="01")
    stay = find(run, STAY, home, head)
    find(run, "medical_self_paid_year", home, head)
    follow(run)
    alert = the_alert(home)
    together = alert.priority
    signal = alert.signals.get(finding=stay)
    deciding.separate(signal, apart=True, by=people["xian"])
    alert.refresh_from_db()
    assert len(set(alert.signals.values_list("cause", flat=True))) == 2
    assert alert.priority > together
    deciding.separate(signal, apart=False, by=people["xian"])
    alert.refresh_from_db()
    assert alert.priority == together
    assert signal.measured == Decimal("12600.0000")
