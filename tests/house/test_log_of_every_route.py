"""No route lets a line of any log repeat what was asked of it: neither ours nor the database's (ASVS 16.2.5)."""

import json
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.test import Client

from foundation.accounts.models import Area, User
from tests.config.test_log_lines import LOGIN, NAME, NUMBER, PHONE, log, nothing_leaked
from tests.house.routes import Route, all_routes
from tests.people import COUNTY

__all__ = ["log"]
#: What forms and filters are called; each is given the planted number, the telephone or the name.
FIELDS = {
    "q": NUMBER, "number": NUMBER, "id_number": NUMBER, "household": NUMBER, "resident": NUMBER, "person": NUMBER,
    "phone": PHONE, "name": NAME, "username": LOGIN, "reason": f"{NAME} {NUMBER}", "note": f"{NAME} {PHONE}",
    "day": NUMBER, "happened_on": NUMBER, "area": NUMBER, "state": NUMBER, "version": NUMBER, "move": NUMBER,
    "address": f"/households/?q={NUMBER}", "next": f"/{NUMBER}/", "cursor": NUMBER, "after": NUMBER,
    "page_size": NUMBER,
}  # fmt: skip
#: Drawn with the number in their search.
DRAWN = ("/search/", "/households/", "/alerts/", "/cases/")


def _open_routes() -> list[Route]:
    """Return the routes in whose address nothing stands: lists, searches and forms, which read what is sent."""
    ending = {"desk:sign_out", "admin:logout"}
    return [route for route in all_routes() if not route.kwargs and route.name not in ending]


def database_log() -> Path:
    """Return the log of the database of this test, which lies with its data (launch/postgres.py)."""
    return Path(configured.VAR) / "log" / "postgres.log"


@pytest.fixture
def xian(people: dict[str, User], monkeypatch: pytest.MonkeyPatch) -> Client:
    """Return a browser of the dispatcher; what is refused need not be drawn four hundred times."""
    for status in (403, 404):
        monkeypatch.setattr(f"config.urls.handler{status}", lambda *_args, **_named: HttpResponse(status=404))
    client = Client(raise_request_exception=False)
    client.force_login(people["xian"])
    return client


def test_16_2_5_what_is_asked_of_any_route_reaches_no_line(
    xian: Client, log: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every view reads what is sent; the lists and searches that people use most are drawn to their end too."""
    routes = _open_routes()
    assert len(routes) > 150
    began = database_log().stat().st_size if database_log().exists() else 0
    for address in DRAWN:
        assert xian.get(address, {"q": NUMBER}).status_code == 200
    monkeypatch.setattr("django.template.backends.django.Template.render", lambda *_args, **_named: "")
    for route in routes:
        xian.get(route.url({}), FIELDS)
        if route.is_api:
            xian.post(route.url({}), json.dumps(FIELDS), content_type="application/json")
        else:
            xian.post(route.url({}), FIELDS)
    with pytest.raises(DatabaseError), transaction.atomic():
        Area.objects.create(code=COUNTY, name=f"{NAME} {NUMBER}", level=6, parent_id=COUNTY[:4])
    nothing_leaked(log)  # type: ignore[arg-type]
    if database_log().exists():  # not where the database is one of yours
        told = database_log().read_bytes()[began:].decode(errors="replace")
        assert not [word for word in (NUMBER, PHONE, NAME, LOGIN) if word in told]
