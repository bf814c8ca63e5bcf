"""The API of the register: read-only, scoped, masked, and on the record where one household is opened."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.accounts.models import User
from foundation.ledger.models import Entry
from households.models import Household
from tests.households.families import MOTHER, make_household
from tests.people import NEIGHBOUR_VILLAGE

People = dict[str, User]


@pytest.fixture
def far(people: People, home: Household) -> Household:
    """A household of the next county."""
    return make_household("LX000001", "贺春分", by=people["xian"], area=NEIGHBOUR_VILLAGE)


def ask(people: People, name: str, url: str, status: int = 200) -> Any:
    browser = Client()
    browser.force_login(people[name])
    answer = browser.get(url)
    assert answer.status_code == status, url
    return answer.json()


def test_households_of_ones_own_area_alone(people: People, home: Household, far: Household) -> None:
    assert [row["code"] for row in ask(people, "zhen", "/api/v1/households/")["results"]] == ["YS000001"]
    assert [row["code"] for row in ask(people, "lin_zhen", "/api/v1/households/")["results"]] == ["LX000001"]
    assert {row["name"] for row in ask(people, "lin_zhen", "/api/v1/residents/")["results"]} == {"贺春分"}
    ask(people, "zhen", f"/api/v1/households/{far.pk}/", 404)
    ask(people, "zhen", f"/api/v1/residents/{far.residents.get().pk}/", 404)
    ask(people, "wangge", "/api/v1/households/", 403)
    ask(people, "wangge", "/api/v1/residents/", 403)


def test_numbers_are_masked_and_birth_dates_not_told(people: People, home: Household) -> None:
    row = ask(people, "cun", f"/api/v1/households/{home.pk}/")
    assert row["phone"] == "1380*****34"
    member = ask(people, "cun", f"/api/v1/residents/{home.residents.get(relation=MOTHER).pk}/")
    assert (member["age"], member["id_number"][:6], len(member["id_number"])) == (76, "9999**", 18)
    assert not {"born_on", "identity", "identity_id"} & set(member)


def test_opening_one_is_on_the_record_and_listing_is_not(people: People, home: Household) -> None:
    ask(people, "cun", "/api/v1/households/")
    ask(people, "cun", "/api/v1/residents/")
    assert not Entry.objects.filter(verb="household.opened").exists()
    ask(people, "cun", f"/api/v1/households/{home.pk}/")
    ask(people, "cun", f"/api/v1/residents/{home.residents.get(relation=MOTHER).pk}/")
    assert Entry.objects.filter(verb="household.opened", object_id=str(home.pk)).count() == 2


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("households/?code=YS000001", 1),
        ("households/?code=LX000001", 0),
        ("households/?area=999901001", 1),
        ("households/?area=999902", 0),
        ("residents/?present=yes", 3),
        ("residents/?household=0", 0),
    ],
)
def test_the_address_narrows(people: People, home: Household, far: Household, query: str, count: int) -> None:
    home.residents.filter(relation=MOTHER).update(left_on="2026-11-01", departure="died")
    assert len(ask(people, "xian", f"/api/v1/{query}")["results"]) == count


def test_a_longer_list_costs_no_more_queries(people: People, home: Household) -> None:
    ask(people, "cun", "/api/v1/residents/")
    with CaptureQueriesContext(connection) as few:
        ask(people, "cun", "/api/v1/residents/")
    for number in range(2, 8):
        make_household(f"YS{number:06d}", "杜谷雨", "万清明", by=people["xian"], phone=f"1380000000{number}")
    with CaptureQueriesContext(connection) as many:
        assert len(ask(people, "cun", "/api/v1/residents/")["results"]) == 16
    assert len(many) <= len(few)


def test_it_only_reads(people: People, home: Household) -> None:
    browser = Client()
    browser.force_login(people["cun"])
    for method in (browser.post, browser.put, browser.patch, browser.delete):
        assert method(f"/api/v1/households/{home.pk}/").status_code in (403, 405)
