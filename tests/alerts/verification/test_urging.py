"""Urging: one press on a warning, a village or a filter; counted, told to holder and superior, recorded."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from alerts.models import Alert
from alerts.verification import chat, urging
from foundation.accounts import clock
from foundation.accounts.models import Area, Kin, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from households.models import Household
from tests.alerts.made import DAY, find, follow, run_of, the_alert
from tests.households.families import make_household

D = datetime.date
SignedIn = Callable[[str], Client]
People = dict[str, User]


@pytest.fixture(autouse=True)
def _english() -> None:
    """Sentences are compared in the language of their source."""
    translation.activate("en")


@pytest.fixture
def alerts(home: Household, people: People) -> list[Alert]:
    """Return the warnings of two villages, with the assistant of the first and not assigned in the second."""
    other = make_household("YS000002", "方小满", by=people["xian"])
    Household.objects.filter(pk=other.pk).update(area="999901001002")
    other.refresh_from_db()
    run = run_of(people["xian"])
    for household in (home, other):
        find(run, "house_unsafe", household)
    follow(run)
    Alert.objects.filter(household=home).update(state="assigned", visitor=people["cun"])
    Alert.objects.filter(household=other).update(state="dispatched")
    return [the_alert(home), the_alert(other)]


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=kind).values_list("recipient__username", flat=True))


def test_urging_counts_tells_holder_and_superior_and_is_recorded(alerts: list[Alert], people: People) -> None:
    urging.urge(alerts[0], by=people["xian"])
    assert (alerts[0].urged, alerts[0].urged_on) == (1, DAY)
    assert (told("alerts_urged"), told("alerts_urged_below")) == ({"cun"}, {"zhen"})
    entry = Entry.objects.get(verb="alert.urged")
    assert str(people["cun"].pk) in bytes(entry.body).decode()


def test_who_urges_is_not_told_of_it(alerts: list[Alert], people: People) -> None:
    urging.urge(alerts[0], by=people["zhen"])
    assert (told("alerts_urged"), told("alerts_urged_below")) == ({"cun"}, set())


def test_once_a_day_is_enough(alerts: list[Alert], people: People) -> None:
    urging.urge(alerts[0], by=people["zhen"])
    with pytest.raises(Refused, match="once a day"):
        urging.urge(alerts[0], by=people["xian"])
    with clock.at(D(2026, 11, 5)):
        assert urging.urge(alerts[0], by=people["xian"]).urged == 2


def test_many_are_urged_each_on_its_own(alerts: list[Alert], people: People) -> None:
    urging.urge(alerts[0], by=people["xian"])
    Alert.objects.filter(pk=alerts[1].pk).update(version=7)
    done = urging.urge_many(alerts, by=people["xian"])
    assert ([row.pk for row in done.alerts], list(done.refused)) == ([alerts[1].pk], [alerts[0].pk])
    alerts[1].refresh_from_db()
    assert (alerts[1].urged, alerts[1].version) == (1, 7), "who works on it is not disturbed"
    assert "zhen" in told("alerts_urged")


@pytest.mark.parametrize("who", ["cun", "lin_xian", "lingdao"])
def test_only_who_dispatches_or_reviews_there_urges(alerts: list[Alert], people: People, who: str) -> None:
    assert set(urging.urge_many(alerts, by=people[who]).refused) == {row.pk for row in alerts}
    assert not urging.urgeable(people[who]).exists()


def test_nobody_urges_on_their_own_household(alerts: list[Alert], people: People) -> None:
    Kin.objects.create(
        user=people["xian"], household="YS000001", relation=Kin.Relation.values[0], declared_on=DAY
    )
    with pytest.raises(Refused, match="recusal"):
        urging.urge(alerts[0], by=people["xian"])


def test_the_text_names_numbers_and_days_and_nobody(alerts: list[Alert]) -> None:
    Alert.objects.filter(pk=alerts[0].pk).update(step_due_on=D(2026, 11, 2), total_due_on=None)
    Alert.objects.filter(pk=alerts[1].pk).update(step_due_on=D(2026, 11, 9), total_due_on=None)
    first, second = chat.groups(Alert.objects.all(), "Urge")
    assert (first.area.name, first.overdue, second.overdue) == ("石桥村", 1, 0)
    assert "1 of them overdue" in first.text
    assert "the next due on 2026-11-09" in second.text
    for word in ("沈", "立夏", "方小满", "YS00", "cun"):
        assert word not in first.text + second.text


def test_a_township_gets_one_text(alerts: list[Alert]) -> None:
    (one,) = chat.groups(Alert.objects.all(), "Urge", Level.TOWNSHIP)
    assert (one.area, one.count) == (Area.objects.get(pk="999901001"), 2)


def test_one_press_urges_what_fits_the_filter(alerts: list[Alert], signed_in: SignedIn) -> None:
    client, address = signed_in("xian"), "/alerts/urge/?state=assigned"
    shown = client.get(address).content.decode()
    assert "石桥村" in shown
    assert "芒种村" not in shown
    answer = client.post(address, follow=True).content.decode()
    assert "Urged: 1 warnings; 2 people are told." in answer
    assert set(Alert.objects.filter(urged=1).values_list("pk", flat=True)) == {alerts[0].pk}
    again = client.post(address, follow=True).content.decode()
    assert "Not urged: 1. It was urged today already" in again


def test_one_press_on_the_page_of_a_warning(alerts: list[Alert], signed_in: SignedIn) -> None:
    client = signed_in("zhen")
    assert f"/alerts/{alerts[0].pk}/urge/" in client.get(f"/alerts/{alerts[0].pk}/").content.decode()
    shown = client.post(f"/alerts/{alerts[0].pk}/urge/", follow=True).content.decode()
    assert "Urged 1 times, last on 2026-11-04." in shown


def test_ticked_ones_are_urged_at_one_press_with_a_result_for_each(
    alerts: list[Alert], people: People, signed_in: SignedIn
) -> None:
    urging.urge(alerts[0], by=people["zhen"])
    asked = {"act": "urge", "address": "/alerts/", "row": [str(row.pk) for row in alerts]}
    shown = signed_in("xian").post("/alerts/bulk/", asked, follow=True).content.decode()
    assert "once a day is enough" in shown
    assert list(Alert.objects.order_by("pk").values_list("urged", flat=True)) == [1, 1]


def test_a_whole_view_is_asked_for_once_more(alerts: list[Alert], signed_in: SignedIn) -> None:
    asked = {"act": "urge", "address": "/alerts/", "everything": "on"}
    assert signed_in("xian").post("/alerts/bulk/", asked).status_code == 200
    assert not Alert.objects.filter(urged__gt=0).exists()


def test_a_neighbour_finds_nothing_to_urge(alerts: list[Alert], signed_in: SignedIn) -> None:
    assert signed_in("lin_xian").get(f"/alerts/{alerts[0].pk}/urge/").status_code == 404
    assert "石桥村" not in signed_in("lin_xian").get("/alerts/urge/").content.decode()
