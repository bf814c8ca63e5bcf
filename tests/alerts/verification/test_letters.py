"""Letters to households: owed after a visit, in plain words without sums, delivered on the record."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client

from alerts.models import Alert, Letter
from alerts.verification.letter_words import printed, words_of
from alerts.verification.letters import Delivery, deliver
from alerts.verification.outcomes import flow_back
from alerts.worklists import letters_owed
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from households.models import Household
from tests.alerts.made import DAY, find, follow, run_of, the_alert
from tests.house.planted_visits import visit_to

SignedIn = Callable[[str], Client]


@pytest.fixture
def alert(home: Household, people: dict[str, User]) -> Alert:
    """Return the alert of a household with a stay that was visited."""
    run = run_of(people["xian"])
    find(run, "medical_single_stay", home, home.residents.get(relation="01"))
    follow(run)
    found = the_alert(home)
    Alert.objects.filter(pk=found.pk).update(visit=visit_to(home, people["cun"]))
    return the_alert(home)


def ends(alert: Alert, by: User, outcome: str = "not_eligible") -> Letter | None:
    told = {"state": "closed", "outcome": outcome, "closed_on": DAY}
    Alert.objects.filter(pk=alert.pk).update(**told if outcome != "watched" else {"state": "watched"})
    flow_back([alert.pk], by=by)
    return Letter.objects.select_related("alert__visit").first()


def test_a_visited_household_is_owed_a_letter_with_its_days(alert: Alert, people: dict[str, User]) -> None:
    letter = ends(alert, people["zhen"])
    assert letter is not None
    assert (letter.due_on, letter.until) == (datetime.date(2026, 11, 11), datetime.date(2026, 12, 2))
    flow_back([alert.pk], by=people["zhen"])
    assert Letter.objects.count() == 1
    (line,) = letters_owed(people["cun"])
    assert line.due == letter.due_on
    assert not letters_owed(people["lin_cun"])


@pytest.mark.parametrize("outcome", ["duplicate", "deceased", "already_monitored", "wrong_household"])
def test_nobody_is_written_to_where_there_is_nothing_to_say(
    alert: Alert, people: dict[str, User], outcome: str
) -> None:
    assert ends(alert, people["zhen"], outcome) is None


def test_who_was_not_visited_is_owed_nothing(alert: Alert, people: dict[str, User]) -> None:
    Alert.objects.update(visit=None)
    assert ends(alert, people["zhen"]) is None


def test_a_warning_taken_up_again_takes_its_letter_back(alert: Alert, people: dict[str, User]) -> None:
    ends(alert, people["zhen"])
    Alert.objects.update(state="raised", outcome="", closed_on=None)
    flow_back([alert.pk], by=people["zhen"])
    assert not Letter.objects.exists()


@pytest.mark.parametrize("outcome", ["not_eligible", "solved_by_policy", "wrong_information", "watched"])
def test_the_letter_says_why_what_and_how_to_ask_again(
    alert: Alert, people: dict[str, User], outcome: str
) -> None:
    letter = ends(alert, people["zhen"], outcome)
    assert letter is not None
    said = "".join(line for part in words_of(letter).parts for line in part.lines)
    assert "2026-11" in said
    assert "青石镇" in said
    assert str(letter.until) in said
    assert "12,600" not in said, "sums stay with the township"
    opened = printed(letter, by=people["cun"])
    assert b"".join(opened.pieces).startswith(b"%PDF")
    assert Entry.objects.filter(verb="alert.letter_printed").count() == 1


def test_delivery_is_written_down_once(alert: Alert, people: dict[str, User]) -> None:
    letter = ends(alert, people["zhen"])
    assert letter is not None
    deliver(letter, Delivery("read_out", DAY, "儿子"), by=people["cun"])
    assert (letter.way, letter.by, letter.taken_by) == ("read_out", people["cun"], "儿子")
    assert Entry.objects.filter(verb="alert.letter_delivered").count() == 1
    with pytest.raises(Refused):
        deliver(letter, Delivery("handed", DAY), by=people["zhen"])
    assert not letters_owed(people["cun"])


@pytest.mark.parametrize(
    "told",
    [
        Delivery("dove", DAY),
        Delivery("handed", DAY + datetime.timedelta(days=1)),
        Delivery("handed", DAY - datetime.timedelta(days=1)),
    ],
)
def test_a_delivery_that_cannot_be_is_refused(alert: Alert, people: dict[str, User], told: Delivery) -> None:
    letter = ends(alert, people["zhen"])
    assert letter is not None
    with pytest.raises(Refused):
        deliver(letter, told, by=people["cun"])


@pytest.mark.parametrize("name", ["lin_cun", "xian", "shending", "yibao"])
def test_who_visits_nobody_here_delivers_nothing(alert: Alert, people: dict[str, User], name: str) -> None:
    letter = ends(alert, people["zhen"])
    assert letter is not None
    with pytest.raises(Refused):
        deliver(letter, Delivery("handed", DAY), by=people[name])


def test_kin_do_not_deliver(alert: Alert, people: dict[str, User]) -> None:
    Kin.objects.create(user=people["cun"], household=alert.household.code, relation="kin", declared_on=DAY)
    letter = ends(alert, people["zhen"])
    assert letter is not None
    with pytest.raises(Refused):
        deliver(letter, Delivery("handed", DAY), by=people["cun"])


def test_the_pages_lead_from_list_to_delivery(
    alert: Alert, people: dict[str, User], signed_in: SignedIn
) -> None:
    letter = ends(alert, people["zhen"])
    assert letter is not None
    client = signed_in("cun")
    assert f"/alerts/letters/{letter.pk}/" in client.get("/alerts/letters/?owed=yes").content.decode()
    assert f"/alerts/letters/{letter.pk}/" in client.get(f"/alerts/{alert.pk}/").content.decode()
    form = {"way": "handed", "on": str(DAY), "taken_by": ""}
    done = client.post(f"/alerts/letters/{letter.pk}/", form, follow=True)
    assert "Write down that it was delivered" not in done.content.decode()
    letter.refresh_from_db()
    assert letter.way == "handed"
    assert signed_in("lin_cun").get(f"/alerts/letters/{letter.pk}/").status_code == 404
