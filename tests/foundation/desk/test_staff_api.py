"""The API of staff and postings: read-only, scoped, paged, and narrowed by the address."""

from typing import Any

import pytest
from django.test import Client

from foundation.accounts.models import Posting, User
from foundation.accounts.sign_in import BACKEND

People = dict[str, User]


def ask(people: People, name: str, url: str, status: int = 200) -> Any:
    browser = Client()
    browser.force_login(people[name], backend=BACKEND)
    answer = browser.get(url)
    assert answer.status_code == status, url
    return answer.json()


def test_people_of_ones_own_area_alone(people: People) -> None:
    names = {row["username"] for row in ask(people, "zhen", "/api/v1/staff/")["results"]}
    assert names == {"zhen", "zhenling", "cun", "wangge", "bangfu", "shuji", "duiyuan"}
    ask(people, "zhen", f"/api/v1/staff/{people['lin_cun'].pk}/", 404)


def test_nothing_of_a_password_is_told(people: People) -> None:
    row = ask(people, "zhen", f"/api/v1/staff/{people['cun'].pk}/")
    assert set(row) == {"id", "username", "name", "is_active", "created_on", "home"}


@pytest.mark.parametrize("url", ["/api/v1/staff/", "/api/v1/postings/"])
def test_who_may_not_see_staff_gets_nothing(people: People, url: str) -> None:
    ask(people, "wangge", url, 403)
    nobody = Client().get(url)
    assert (nobody.status_code, nobody["WWW-Authenticate"]) == (401, 'Bearer realm="Shouwang"')


@pytest.mark.parametrize(
    ("query", "users"),
    [
        ("role=village_assistant", {"cun"}),
        ("area=999901001001&today=yes", {"cun", "wangge", "bangfu", "shuji", "duiyuan"}),
        ("area=999902", set()),
        ("user=0", set()),
    ],
)
def test_postings_are_narrowed(people: People, query: str, users: set[str]) -> None:
    found = {row["user"] for row in ask(people, "xian", f"/api/v1/postings/?{query}")["results"]}
    assert found == {people[name].pk for name in users}


def test_it_only_reads(people: People) -> None:
    browser = Client()
    browser.force_login(people["anquan"], backend=BACKEND)
    posting = Posting.objects.get(user=people["cun"])
    for method in (browser.post, browser.put, browser.patch, browser.delete):
        assert method(f"/api/v1/postings/{posting.pk}/").status_code in (403, 405)
    assert Posting.objects.filter(pk=posting.pk).exists()
