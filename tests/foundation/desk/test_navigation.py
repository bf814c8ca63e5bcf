"""Navigation: by the person's rights, four places on a phone, the section one is in."""

from collections.abc import Callable

from django.test import Client, RequestFactory
from django.urls import reverse

from foundation.accounts.models import User
from foundation.desk.navigation import NavItem, items_for, navigation
from tests.foundation.desk import parts

PARTS = "tests.foundation.desk.parts"
SignIn = Callable[..., Client]


def labels(items: list[NavItem]) -> list[str]:
    return [str(item.label) for item in items]


def test_a_place_shows_only_to_who_holds_its_right(
    people: dict[str, User], compose: Callable[..., None]
) -> None:
    compose("NAVIGATION", f"{PARTS}.place6", f"{PARTS}.ledger")
    assert labels(items_for(people["shenjiyuan"])) == ["Ledger", "Place 6"]
    assert labels(items_for(people["cun"])) == ["Place 6"]


def test_a_phone_has_four_places_and_the_rest_behind_more(
    people: dict[str, User], compose: Callable[..., None]
) -> None:
    compose("NAVIGATION", *[f"{PARTS}.place{number}" for number in range(6, 0, -1)])
    request = RequestFactory().get("/search/")
    request.user = people["cun"]
    shown = navigation(request)
    assert [place.label for place in shown.bar] == [f"Place {number}" for number in range(1, 5)]
    assert [place.label for place in shown.more] == ["Place 5", "Place 6"]
    assert len(shown.rail) == len(parts.many)
    assert all(place.here for place in shown.rail)


def test_the_section_is_marked_and_home_is_not_every_section(signed_in: SignIn) -> None:
    page = signed_in("cun").get("/me/password/").content.decode()
    marked = [line for line in page.splitlines() if 'aria-current="page"' in line]
    assert len(marked) == 2  # rail and bottom bar
    assert all('href="/me/"' in line for line in marked)


def test_every_place_of_the_composition_leads_to_a_page_that_opens(
    signed_in: SignIn, people: dict[str, User]
) -> None:
    one_of_each = {tuple(items_for(person)): username for username, person in people.items()}
    for items, username in one_of_each.items():
        client = signed_in(username)
        for item in items:
            assert client.get(reverse(item.url_name), follow=True).status_code == 200, (
                username,
                item.url_name,
            )


def test_nobody_signed_in_sees_no_navigation(client: Client, db: None) -> None:
    page = client.get("/sign-in/").content.decode()
    assert "<nav" not in page
    assert 'action="/search/"' not in page


def test_a_banner_of_the_composition_stands_on_every_page(
    client: Client, db: None, compose: Callable[..., None]
) -> None:
    before = client.get("/sign-in/")
    assert "components/badge.html" not in [template.name for template in before.templates]
    compose("BANNERS", f"{PARTS}.demo_banner")
    after = client.get("/sign-in/")
    assert "components/badge.html" in [template.name for template in after.templates]
