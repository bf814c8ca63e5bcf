"""What lies outside one's areas is answered as what is nowhere: same status, same bytes, same headers, by every page.

Of the API: tests/house/test_doors.py. That the page of what does not exist is drawn without looking at why: the
household's own test (tests/households/test_household_page.py).
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client

from assistance.evaluations.hall import word_of
from assistance.models import Evaluation
from foundation.accounts.models import User
from tests.house.registry import arguments
from tests.house.routes import Route, all_routes
from tests.house.test_doors import _inside
from tests.house.world import Thing, World, holds

#: A village's clerk, an office that learns little, and the township beside.
VIEWERS = ("cun", "yibao", "lin_zhen")
#: Of no row: no world plants so many.
NOBODY, NO_UUID = 999_999_999, UUID("00000000-0000-4000-8000-000000000000")


def absent(route: Route, key: object) -> object:
    """Return a key of the same kind that names nothing; of a signed word, one that we signed."""
    if route.name == "cases:hall":
        return word_of(Evaluation(pk=NOBODY))
    if isinstance(key, UUID):
        return NO_UUID
    if isinstance(key, int):
        return NOBODY
    return "9" * len(str(key)) if str(key).isdecimal() else "no-such-thing"


def foreign(route: Route, viewer: str, world: World) -> Iterator[tuple[dict[str, Any], Thing]]:
    """Yield the first row of a route that is not the viewer's, where the door itself opens to them."""
    rights = route.door.rights if route.door else ()
    if route.is_api or not route.kwargs or (rights and not any(holds(viewer, right) for right in rights)):
        return
    for kwargs, thing in arguments(route, world):
        if thing is not None and not _inside(route, viewer, thing):
            yield kwargs, thing
            return


def said(answer: Any) -> tuple[Any, ...]:
    """Return everything that an answer tells: status, bytes, headers, cookies; but no token of the moment.

    When a session is renewed depends on the time of the last sign of life, not on the address.
    """
    volatile = {"X-Request-ID", "Content-Security-Policy"}
    cookies = sorted(set(answer.cookies) - {settings.SESSION_COOKIE_NAME})
    headers = {name: value for name, value in answer.headers.items() if name not in volatile}
    return answer.status_code, answer.content, headers, cookies


def why(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """Tell the kind of what was raised: the page itself is the same for all, and need not be drawn each time."""
    return HttpResponse(type(exception).__name__, status=404)


def refused(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """Tell the sentence of a shut door."""
    return HttpResponse(str(exception), status=403)


@pytest.mark.timeout(600)
def test_8_2_2_a_foreign_row_is_answered_as_one_that_is_not_there(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ASVS 8.2.2, 8.4.1: nobody learns which numbers are taken elsewhere, neither by looking nor by acting."""
    monkeypatch.setattr("config.urls.handler404", why)
    monkeypatch.setattr("config.urls.handler403", refused)
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_args, **_context: None)
    told_apart, compared = [], set()
    for viewer in VIEWERS:
        client = Client(raise_request_exception=False)
        client.force_login(User.objects.get(username=viewer))
        for route in all_routes():
            for kwargs, thing in foreign(route, viewer, world):
                none = {name: absent(route, key) if key == thing.key else key for name, key in kwargs.items()}
                for ask in (client.get, client.post):
                    there, nowhere = said(ask(route.url(kwargs))), said(ask(route.url(none)))
                    if there != nowhere:
                        told_apart.append(
                            f"{route}: {viewer} by {ask.__name__}: {there[:2]} and {nowhere[:2]}"
                        )
                compared.add(route.name)
    assert not told_apart, "\n".join(told_apart)
    assert len(compared) > 150
