"""The demonstration's first page, its doors, and the press that turns the day."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from foundation.accounts import clock
from foundation.accounts.demo.cast import CAST
from foundation.accounts.models import Area, Installation, Posting, User
from foundation.desk.demo import entrances
from foundation.desk.demo_news import news, numbers
from foundation.ledger.models import Entry

pytestmark = pytest.mark.django_db
HOME, DOOR, TURN = "/", "/demo/sign-in/", "/demo/next-day/"


@pytest.fixture
def demo_day(demonstration, settings):
    """A demonstration whose own day counts, not the one of the tests."""
    settings.SHOUWANG_TODAY = None


@pytest.fixture
def signed_in(demo_day, client):
    """A browser that went in as the township verifier, by the door."""
    client.post(DOOR, {"username": "zhen"})
    return client


def test_who_is_signed_out_sees_a_door_for_each_of_the_cast(demo_day, client):
    page = client.get(HOME).content.decode()
    assert set(re.findall(r'name="username" value="(\w+)"', page)) == {player.username for player in CAST}
    assert all(player.name in page for player in CAST)
    assert "2026-11-04" in page


def test_a_door_signs_in_and_the_record_says_so(demo_day, client):
    assert client.post(DOOR, {"username": "cun"})["Location"] == HOME
    person = User.objects.get(pk=client.session["_auth_user_id"])
    assert person.username == "cun"
    assert Entry.objects.filter(verb="staff.signed_in", object_id=str(person.pk)).exists()


@pytest.mark.parametrize("username", ["lin_anquan", "shell", "nobody", ""])
def test_no_door_opens_for_who_is_not_of_the_cast(demo_day, client, username):
    client.post(DOOR, {"username": username})
    assert "_auth_user_id" not in client.session


def test_production_has_no_doors_whatever_its_database_says(demo_day, client, settings):
    settings.PRODUCTION = True
    assert client.get(HOME)["Location"] == reverse("desk:sign_in")
    client.post(DOOR, {"username": "cun"})
    assert "_auth_user_id" not in client.session
    assert clock.today() != datetime.date(2026, 11, 4)


def test_a_door_is_a_post_with_protection(demo_day, client):
    assert Client(enforce_csrf_checks=True).post(DOOR, {"username": "cun"}).status_code == 403
    assert client.get(DOOR).status_code == 405


def test_the_numbers_are_those_of_the_rows(demo_day):
    county = Area.objects.filter(code__startswith="999901")
    staff = Posting.objects.in_force().filter(area__code__startswith="999901").values("user").distinct()
    with translation.override("en"):
        told = {str(words): number for number, words in numbers()}
    assert told["townships"] == county.filter(level=9).count() == 14
    assert told["villages"] == county.filter(level=12).count() == 200
    assert told["people at work"] == staff.count()
    assert told["posts empty"] == 2
    assert told["recorded acts"] == Entry.objects.filter(area__startswith="999901").count()


def test_a_door_counts_what_its_person_sees(demo_day):
    doors = {door.username: door for group in entrances() for door in group.entrances}
    township = Posting.objects.in_force().filter(area__code__startswith="999901001")
    at_work = township.values("user").distinct().count()
    assert any(re.search(rf"\b{at_work}\b", said) for said in doors["zhen"].counts)
    assert not any(re.search(r"\b200\b", said) for said in doors["zhen"].counts)


def test_the_news_follow_the_rows(demo_day):
    assert [sentence for sentence in news() if "东沟村" in sentence]
    assert [sentence for sentence in news() if "竹园村" in sentence and "2026-11-14" in sentence]
    with clock.at(datetime.date(2026, 11, 15)):
        assert [sentence for sentence in news() if "竹园村" in sentence and "2026-11-14" not in sentence]


def test_every_page_shows_the_day_and_the_press_that_turns_it(signed_in):
    page = signed_in.get(HOME).content.decode()
    assert 'name="shown" value="2026-11-04"' in page
    answer = signed_in.post(TURN, {"shown": "2026-11-04", "next": "/me/"}, follow=True)
    assert answer.redirect_chain == [("/me/", 302)]
    assert "2026-11-05" in answer.content.decode()
    assert Entry.objects.filter(verb="clock.next_day", area="").count() == 1


@pytest.mark.parametrize("shown", ["2026-11-03", "yesterday", ""])
def test_a_press_on_an_old_page_turns_nothing(signed_in, shown):
    signed_in.post(TURN, {"shown": shown})
    assert Installation.objects.get().pinned_day == datetime.date(2026, 11, 4)


def test_a_visitor_turns_nothing(demo_day, client):
    assert "/sign-in/" in client.post(TURN, {"shown": "2026-11-04"})["Location"]
    assert Installation.objects.get().pinned_day == datetime.date(2026, 11, 4)


def test_a_day_held_by_the_environment_has_a_banner_that_says_so(signed_in, settings):
    settings.SHOUWANG_TODAY = "2026-11-04"
    page = signed_in.get(HOME).content.decode()
    assert "SHOUWANG_TODAY" in page
    assert TURN not in page
