"""The area a person looks at: one of their own, and only as long as the duty holds."""

import datetime
from collections.abc import Callable

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from foundation.accounts.entry.sessions import SessionStore
from foundation.accounts.models import Area, Posting, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Role
from foundation.desk import focus


@pytest.fixture
def two_posts(people: dict[str, User], areas: dict[str, Area]) -> User:
    """A verifier of two townships."""
    Posting.objects.create(
        user=people["zhen"],
        role=Role.TOWNSHIP_VERIFIER,
        area=areas["999901002"],
        from_day=datetime.date(2026, 1, 1),
    )
    return people["zhen"]


def asking(user: User) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = user
    request.session = SessionStore()
    return request


def test_who_has_several_areas_sees_all_until_they_choose_one(two_posts: User) -> None:
    request = asking(two_posts)
    rows = Area.objects.visible_to(two_posts)
    assert focus.narrow(rows, request).count() == 5
    focus.choose(request, "999901002")
    assert set(focus.narrow(rows, request).values_list("code", flat=True)) == {"999901002", "999901002001"}
    focus.choose(request, "")
    assert focus.narrow(rows, request).count() == 5


def test_people_are_narrowed_by_where_they_are_posted(two_posts: User) -> None:
    request = asking(two_posts)
    focus.choose(request, "999901002")
    rows = User.objects.visible_to(two_posts)
    assert list(focus.narrow(rows, request)) == [two_posts]


def test_an_area_without_a_duty_cannot_be_chosen(two_posts: User) -> None:
    for code in ("999902", "999901", "999901001001", "x"):
        with pytest.raises(Refused):
            focus.choose(asking(two_posts), code)


def test_a_duty_that_ended_no_longer_counts(two_posts: User) -> None:
    request = asking(two_posts)
    focus.choose(request, "999901002")
    two_posts.postings.filter(area="999901002").update(until_day=datetime.date(2026, 11, 3))
    request.user = User.objects.get(pk=two_posts.pk)
    assert focus.current(request) == ""


def test_the_switcher_stands_there_only_for_who_has_a_choice(
    signed_in: Callable[..., Client], two_posts: User
) -> None:
    assert 'name="area"' in signed_in("zhen").get("/").content.decode()
    assert 'name="area"' not in signed_in("cun").get("/").content.decode()


def test_switching_stays_on_the_page_and_a_foreign_area_is_refused_with_a_sentence(
    signed_in: Callable[..., Client], two_posts: User
) -> None:
    client = signed_in("zhen", headers={"accept-language": "en"})
    answer = client.post("/look-at-area/", {"area": "999901002", "next": "/me/"}, follow=True)
    assert answer.redirect_chain == [("/me/", 302)]
    assert answer.wsgi_request.area_focus == "999901002"
    answer = client.post("/look-at-area/", {"area": "999902", "next": "//evil.example/"}, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "You have no post in this area" in answer.content.decode()
    assert answer.wsgi_request.area_focus == "999901002"
