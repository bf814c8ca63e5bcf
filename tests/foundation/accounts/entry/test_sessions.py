"""Sessions: they end by themselves, are found by their holder, and end when a post or an account ends."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.accounts import staff
from foundation.accounts.entry import second_factor, sessions
from foundation.accounts.models import Posting, StaffSession, User
from foundation.ledger.models import Entry
from tests.foundation.accounts.entry.test_second_factor import PASSWORD, code_of
from tests.people import FIRST_DAY

People = dict[str, User]


@pytest.fixture
def cun(people: People) -> User:
    return people["cun"]


def signed_in(user: User) -> Client:
    client = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/120"})
    client.force_login(user)
    assert client.get("/me/").status_code == 200
    return client


def age(client: Client, *, seen: float, begun: float = 0) -> None:
    """Let the last sign of life, and the beginning, lie so many minutes back."""
    session, now = client.session, timezone.now()
    session[sessions.SEEN] = (now - datetime.timedelta(minutes=seen)).isoformat()
    session[sessions.BEGUN] = (now - datetime.timedelta(minutes=max(begun, seen))).isoformat()
    session.save()


def test_l04_a_session_that_lay_idle_for_half_an_hour_is_over(cun: User) -> None:
    client = signed_in(cun)
    age(client, seen=29)
    assert client.get("/me/").status_code == 200
    age(client, seen=31)
    assert client.get("/me/")["Location"] == "/sign-in/?next=/me/"
    assert (
        "nothing was done for a while"
        in client.get("/sign-in/", headers={"accept-language": "en"}).content.decode()
    )
    assert not StaffSession.objects.filter(user=cun).exists()


def test_l04_fragments_are_sent_to_the_page_to_sign_in(cun: User) -> None:
    client = signed_in(cun)
    age(client, seen=31)
    page = "http://testserver/alerts/?state=raised"
    answer = client.get("/me/", headers={"HX-Request": "true", "HX-Current-URL": page})
    assert answer["HX-Redirect"] == "/sign-in/?next=%2Falerts%2F%3Fstate%3Draised"
    elsewhere = {"HX-Request": "true", "HX-Current-URL": "https://elsewhere.example/me/"}
    assert client.get("/me/", headers=elsewhere)["HX-Redirect"] == "/sign-in/"


def test_l04_nobody_stays_longer_than_twelve_hours(cun: User) -> None:
    client = signed_in(cun)
    age(client, seen=1, begun=12 * 60 - 1)
    assert client.get("/me/").status_code == 200
    age(client, seen=1, begun=12 * 60 + 1)
    assert client.get("/me/").status_code == 302


def test_l04_programs_are_told_that_the_session_is_over(cun: User) -> None:
    client = signed_in(cun)
    assert client.get(reverse("api:areas-list")).status_code == 200
    age(client, seen=31)
    told = client.get(reverse("api:areas-list"))
    assert (told.status_code, told["Content-Type"]) == (401, "application/problem+json")
    assert told["WWW-Authenticate"].startswith("Bearer")


def test_administrators_have_shorter_sessions(people: People) -> None:
    client = signed_in(people["xitong"])
    age(client, seen=16)
    assert client.get("/me/").status_code == 302


def test_what_a_page_asks_by_itself_is_no_sign_of_life(cun: User) -> None:
    client = signed_in(cun)
    age(client, seen=10)
    before = client.session[sessions.SEEN]
    client.get("/me/", headers={"HX-Request": "true", "HX-Trigger": "job-progress"})
    assert client.session[sessions.SEEN] == before
    client.get("/me/")
    assert client.session[sessions.SEEN] > before


def test_one_sees_where_one_is_signed_in_and_signs_out_everywhere_else(cun: User, people: People) -> None:
    here, there, zhen = signed_in(cun), signed_in(cun), signed_in(people["zhen"])
    page = here.get("/me/sessions/").content.decode()
    assert page.count("Chrome · Android") == 2
    assert here.post("/me/sessions/end/").status_code == 302
    assert here.get("/me/sessions/").content.decode().count("Chrome · Android") == 1
    assert there.get("/me/").status_code == 302
    assert here.get("/me/").status_code == 200
    assert zhen.get("/me/").status_code == 200
    assert here.get("/me/sessions/").content.decode().count("Chrome · Android") == 1
    assert [entry.actor for entry in Entry.objects.filter(verb="staff.sessions_ended")] == [f"staff:{cun.pk}"]


@pytest.mark.parametrize("change", [{"until_day": datetime.date(2026, 1, 2)}, {"withdrawn_on": FIRST_DAY}])
def test_7_4_1_a_post_that_is_over_opens_nothing_at_the_next_request(
    people: People, change: dict[str, datetime.date]
) -> None:
    client = signed_in(people["xian"])
    assert client.get("/alerts/").status_code == 200
    Posting.objects.filter(user=people["xian"]).update(**change)
    assert client.get("/alerts/").status_code == 403


def test_7_4_1_a_disabled_account_is_out_at_the_next_request_and_stays_out(cun: User, people: People) -> None:
    client = signed_in(cun)
    staff.disable(cun, by=people["xitong"], reason="left")
    assert client.get("/me/").status_code == 302
    staff.enable(cun, by=people["xitong"], reason="back")
    assert client.get("/me/").status_code == 302


def test_7_2_4_the_session_is_a_new_one_at_every_step_into_the_account(people: People) -> None:
    user, client = people["xian"], Client()
    user.set_password(PASSWORD)
    user.save()
    begun = second_factor.begin(user)
    paper = second_factor.confirm(user, begun, code_of(user, steps=-1, begun=begun))
    client.get("/sign-in/")
    client.session.save()
    keys = [client.session.session_key]
    client.post("/sign-in/", {"username": "xian", "password": PASSWORD})
    keys.append(client.session.session_key)
    client.post("/sign-in/code/", {"code": paper[0]})
    keys.append(client.session.session_key)
    new = "summer-begins-5-and-sun-6"
    client.post("/me/password/", {"old": PASSWORD, "new": new, "again": new})
    keys.append(client.session.session_key)
    assert client.get("/me/").status_code == 200
    assert len(set(keys)) == 4
    for old in keys[:-1]:
        thief = Client()
        thief.cookies["sessionid"] = str(old)
        assert thief.get("/me/").status_code == 302


def _sign_out(client: Client, user: User, people: People) -> None:
    client.post("/sign-out/")


def _disable(client: Client, user: User, people: People) -> None:
    staff.disable(user, by=people["xitong"], reason="left")


def _new_password(client: Client, user: User, people: People) -> None:
    staff.set_one_time_password(user, by=people["xitong"])


def _end_everywhere(client: Client, user: User, people: People) -> None:
    sessions.end_others(user)


@pytest.mark.parametrize("act", [_sign_out, _disable, _new_password, _end_everywhere])
def test_7_4_1_no_copy_of_a_session_outlives_its_end(people: People, act: Any) -> None:
    client = signed_in(people["cun"])
    copy = Client()
    copy.cookies["sessionid"] = client.cookies["sessionid"].value
    assert copy.get("/me/").status_code == 200
    act(client, people["cun"], people)
    assert copy.get("/me/").status_code == 302
    assert copy.get("/me/", headers={"HX-Request": "true"})["HX-Redirect"] == "/sign-in/"


def test_sessions_that_are_over_are_forgotten(cun: User) -> None:
    signed_in(cun)
    assert sessions.forget_old() == 0
    StaffSession.objects.update(expire_date=timezone.now())
    assert sessions.forget_old() == 1
