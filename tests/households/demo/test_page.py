"""The first page of the demonstration tells of the register what its rows say, and leads to the households."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from foundation.accounts.models import User
from foundation.desk.demo import entrances
from foundation.desk.demo_news import numbers, stories
from households.demo import page
from households.models import Household, Standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_day(loaded, settings):
    """A demonstration whose own day counts, not the one of the tests."""
    settings.SHOUWANG_TODAY = None


def test_the_numbers_are_those_of_the_generated_files(demo_day, written, client):
    with translation.override("en"):
        told = {str(words): number for number, words in numbers()}
    cases = sum(tally.households for tally in written.monitored.values())
    removed = sum(tally.households for tally in written.removed.values())
    assert told["households"] == written.register.households
    assert told["residents"] == written.register.persons
    assert told["monitored households"] == cases - removed
    shown = client.get("/").content.decode()
    assert all(f"<dd>{number:,}</dd>" in shown for number in told.values())


def test_every_story_leads_to_its_household(demo_day, client):
    lines = stories()
    assert len(lines) == len(page.LINES)
    for line in lines:
        answer = client.post("/demo/sign-in/", {"username": line.username, "next": line.page}, follow=True)
        assert answer.status_code == 200
        assert answer.request["PATH_INFO"] == line.page
        head = Household.objects.get(pk=int(re.search(r"\d+", line.page)[0])).residents.get(relation="01")
        assert head.name in line.sentence
        assert head.name in answer.content.decode()


def test_a_story_never_leads_out_of_the_platform(demo_day, client):
    answer = client.post("/demo/sign-in/", {"username": "cun", "next": "https://evil.example/"})
    assert answer["Location"] == reverse("desk:home")


def test_a_story_that_is_over_is_not_told(demo_day):
    before = len(stories())
    standing = Standing.objects.get(household__code="YS000009", kind=Standing.Kind.MARGINAL)
    Standing.objects.filter(pk=standing.pk).update(until_day="2026-10-31")
    assert len(stories()) == before - 1


@pytest.mark.parametrize("username", ["cun", "zhen", "xian", "shi"])
def test_a_door_counts_the_households_of_its_own_area(demo_day, username):
    doors = {door.username: door for group in entrances() for door in group.entrances}
    seen = Household.objects.visible_to(User.objects.get(username=username)).count()
    assert any(re.search(rf"\b{seen}\b", said) for said in doors[username].counts)
