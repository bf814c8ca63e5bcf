"""The scope walk: every route, with everybody of tests/people.py, inside, beside, above and outside.

What it demands of each route, without being told of the route:

1. it declares a door (foundation/accounts/access.py), and a public one is listed in told.py with its reason;
2. who is signed out is sent to the sign-in page (programs: 401 or 403);
3. who holds the door's right nowhere is refused; who holds it never meets 403;
4. what lies outside a person's areas does not exist for them: 404, by GET and by POST;
5. no answer, full page or fragment, searched or filtered, shows a name from outside the person's areas;
6. GET changes nothing in the database; where looking is itself an act (LOOKING), it writes that entry alone.
"""

import re
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client

from foundation.accounts.models import User
from tests.foundation.accounts.programs.made import program_of
from tests.house.answers import readable
from tests.house.registry import UnregisteredError, arguments
from tests.house.routes import Route, all_routes
from tests.house.told import LOOKING, NAMES_ABOVE, NAMES_PLACES, NOTHING, PRYING, PUBLIC
from tests.house.world import ALL_POSTS, Thing, World, holds, of_their_department, reaches

RECORD = "ledger_entry"
#: How often somebody scanned is counted by the page itself.
SCANS = "accounts_actcount"
FRAGMENT = {"HX-Request": "true"}
#: Every role, the neighbour county, and nobody else.
VIEWERS = sorted(ALL_POSTS)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser to which a fault is an answer (500), so that the walk goes on and names it.

    It reads answers alone: Django's own would copy the context of every template for whoever asks for it.
    """
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_args, **_context: None)
    return Client(raise_request_exception=False)


def test_every_route_declares_its_door():
    closed = [str(route) for route in all_routes() if route.door is None]
    assert not closed, f"Declare a door (foundation/accounts/access.py) for: {closed}"


def test_every_route_has_a_name():
    assert not [str(route) for route in all_routes() if not route.name]


def test_public_routes_are_listed_with_their_reasons(capsys):
    public = {route.name: route.door.public for route in all_routes() if route.door and route.door.public}
    with capsys.disabled():
        sys.stdout.write("".join(f"\n  public: {name}: {reason}" for name, reason in sorted(public.items())))
    assert set(public) == PUBLIC
    assert all(len(reason) > 20 for reason in public.values())


@pytest.mark.timeout(600)
def test_a_visitor_is_sent_to_the_sign_in_page(world, client):
    complaints = []
    for route in all_routes():
        for kwargs, _thing in arguments(route, world):
            answer = client.get(route.url(kwargs))
            if route.door.public:
                shown = [mark for mark in _marks(route, world) if mark in readable(answer)]
                complaints += [f"{route}: shows a visitor {mark}" for mark in shown]
            elif route.is_api:
                complaints += _unless(answer.status_code in (401, 403), route, answer, "a visitor")
            else:
                sent = answer.status_code == 302 and re.match(r"/(sign-in|admin/login)/", answer["Location"])
                complaints += _unless(sent, route, answer, "a visitor")
    assert not complaints


@pytest.mark.timeout(600)
@pytest.mark.parametrize("viewer", VIEWERS)
def test_nobody_passes_a_door_that_is_not_theirs(viewer, world, client, monkeypatch):
    client.force_login(User.objects.get(username=viewer))
    before, complaints = digest(), list(_nothing_there(client, viewer, world))
    written = [rows_written()]
    # What lies outside is the same page wherever it lies: it was looked at, and need not be drawn a thousand times.
    # The page of a shut door is the same but for its sentence, which is read each time.
    monkeypatch.setattr("config.urls.handler404", lambda _request, exception: HttpResponse(status=404))
    monkeypatch.setattr("config.urls.handler403", _only_the_sentence)
    for route in all_routes():
        try:
            for kwargs, thing in _places(route, viewer, world):
                complaints += walk(client, route, kwargs, thing, viewer, world)
                written.append(
                    rows_written()
                )  # after each address, once: as it was left, the next one finds it
                if _counted(route, written[-1]) != _counted(route, written[-2]):
                    complaints.append(f"{route}: opening it as {viewer} wrote into the database")
        except UnregisteredError as unknown:
            complaints.append(str(unknown))
    if complaints:
        pytest.fail("\n".join(sorted(set(complaints))), pytrace=False)
    assert digest() == before


@pytest.mark.parametrize("viewer", ["cun", "yibao", "lin_zhen"])
def test_8_2_2_no_program_reaches_a_row_by_guessing_its_key(viewer, world):
    """IDOR over the API: a token opens no row outside its posting, to be read, changed or taken away."""
    program, complaints = program_of(User.objects.get(username=viewer), name="guessing"), []
    nothing = _said(program.get("/api/v1/areas/1/"))
    for route in (each for each in all_routes() if each.is_api):
        try:
            places = list(_places(route, viewer, world))
        except UnregisteredError as unknown:
            complaints.append(str(unknown))
            continue
        for kwargs, thing in places:
            if thing is None or _inside(route, viewer, thing):
                continue
            for ask in (program.get, program.post, program.put, program.patch, program.delete):
                answer = ask(route.url(kwargs))
                right = answer.status_code in (403, 405) or _said(answer) == nothing
                complaints += _unless(right, route, answer, f"{viewer} at {thing}")
    assert not complaints


def _said(answer: Any) -> dict[str, Any]:
    """Return what a problem says, but for the id of its request."""
    return {"status": answer.status_code} | answer.json() | {"instance": ""}


def _only_the_sentence(_request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(str(exception), status=403)


def _nothing_there(client: Client, viewer: str, world: World) -> Iterator[str]:
    """Open an address that does not exist, by GET and by POST; yield what its page tells of others."""
    for answer in (client.get("/nothing-is-here/"), client.post("/nothing-is-here/")):
        if answer.status_code != 404 or "<main" not in answer.content.decode():
            yield f"the page of what does not exist answers {answer.status_code} to {viewer}"
        for leak in world.leaks(readable(answer), viewer, (), above=False, places=False):
            yield f"the page of what does not exist shows {viewer} {leak}"


def _marks(route: Route, world: World) -> dict[str, str]:
    """Return the marks that a visitor must not read."""
    hidden = world.staff_marked | world.households_marked
    return hidden if route.name in NAMES_PLACES else hidden | world.areas_marked


def _places(route: Route, viewer: str, world: World) -> Iterator[tuple[dict[str, object], Thing | None]]:
    """Return where a person goes on a route: one thing of each position, or once where the door is shut anyway.

    Two things in one position are the same question asked twice: the walk asks it once, of everybody.
    """
    rights = route.door.rights
    shut = rights and not any(holds(viewer, right) for right in rights)
    asked: set[tuple[str, object]] = set()
    for kwargs, thing in islice(arguments(route, world), 1 if shut else None):
        place = (_position(viewer, thing), kwargs.get("verb"))
        if place not in asked:
            asked.add(place)
            yield kwargs, thing


def _position(viewer: str, thing: Thing | None) -> str:
    """Say where a thing stands, seen from a person's post: own, same, under, above, beside or outside."""
    post = ALL_POSTS[viewer][1]
    if thing is not None and not of_their_department(viewer, thing):
        return "another department's"
    if thing is None or thing.area is None:
        return "everywhere"
    if thing.owner == viewer:
        return "own"
    if thing.area == post:
        return "same"
    if thing.area.startswith(post):
        return "under"
    if post.startswith(thing.area):
        return "above"
    return "beside" if thing.area[:6] == post[:6] else "outside"


def walk(
    client: Client, route: Route, kwargs: dict[str, object], thing: Thing | None, viewer: str, world: World
) -> Iterator[str]:
    """Open one address as one person, in every manner, and yield what is wrong with the answers."""
    url = route.url(kwargs)
    answer = client.get(url)
    yield from _judge(route, answer, viewer, thing)
    yield from _leaks(route, answer, viewer, world)
    if answer.status_code == 200:
        if thing is None:
            yield from _pried(client, route, answer, viewer, world)
    elif thing is not None and not _inside(route, viewer, thing):
        refused = client.post(url)
        yield from _unless(refused.status_code in (403, 404, 405), route, refused, f"{viewer} posting")


def _pried(client: Client, route: Route, page: Any, viewer: str, world: World) -> Iterator[str]:
    """Open a page that stands open as a fragment, and with what a reader might type; yield what leaks.

    Where neither page nor fragment looks at what stands after `?`, typing cannot matter.
    """
    url = page.wsgi_request.path
    fragment = client.get(url, headers=FRAGMENT)
    yield from _leaks(route, fragment, viewer, world)
    if any("GET" in vars(answer.wsgi_request) for answer in (page, fragment)):  # remembered once it was read
        for typed, headers in PRYING:
            yield from _leaks(route, client.get(f"{url}?{typed}", headers=headers), viewer, world)


def _judge(route: Route, answer: object, viewer: str, thing: Thing | None) -> Iterator[str]:
    rights, status = route.door.rights, answer.status_code
    who = f"{viewer} at {thing}" if thing else viewer
    if rights and not any(holds(viewer, right) for right in rights):
        yield from _unless(status in (403, 404, 405), route, answer, who)
    elif thing is None or _inside(route, viewer, thing):
        away = status == 302 and "/sign-in/" in answer["Location"] and not route.door.public
        nothing = status in (403, 404) and route.name in NOTHING
        yield from _unless((status in (200, 302, 405) and not away) or nothing, route, answer, who)
    else:
        yield from _unless(status in (404, 405), route, answer, who)


def _inside(route: Route, viewer: str, thing: Thing) -> bool:
    """Say whether the thing is the viewer's to open: in their areas by the door's right, their own, or everybody's."""
    if route.door.public:
        return True
    if thing.area is None:
        return of_their_department(viewer, thing)
    rights = route.door.rights or (thing.right,)
    if not of_their_department(viewer, thing):
        return False
    return thing.owner == viewer or any(right and reaches(viewer, right, thing.area) for right in rights)


def _leaks(route: Route, answer: object, viewer: str, world: World) -> Iterator[str]:
    above, places = route.name in NAMES_ABOVE, route.name in NAMES_PLACES
    for leak in world.leaks(readable(answer), viewer, route.door.rights, above=above, places=places):
        yield f"{route}: shows {viewer} {leak}"


def _unless(right: bool, route: Route, answer: object, who: str) -> list[str]:
    return [] if right else [f"{route}: answered {answer.status_code} to {who}"]


def rows_written() -> dict[str, int]:
    """Return how many rows this transaction has written so far, by table; sessions do not count."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH t AS MATERIALIZED (SELECT relname, pg_stat_get_xact_tuples_inserted(oid) "
            "+ pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid) AS n "
            "FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace) "
            "SELECT relname, n FROM t WHERE n > 0 AND relname NOT IN ('accounts_staffsession', %s)",
            [SCANS],
        )
        return dict(cursor.fetchall())


def _counted(route: Route, written: dict[str, int]) -> dict[str, int]:
    """Leave out the record of acts where looking is an act."""
    return {table: rows for table, rows in written.items() if route.name not in LOOKING or table != RECORD}


def digest() -> dict[str, str]:
    """Return a digest of the content of every table but the sessions' and the record's, which nobody can change."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(
            set(connection.introspection.table_names()) - {"accounts_staffsession", RECORD, SCANS}
        ):
            name = connection.ops.quote_name(table)
            cursor.execute(
                f"SELECT md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) FROM {name} t"
            )
            found[table] = cursor.fetchone()[0]
    return found


def test_a_written_row_would_be_noticed(world):
    before, content = rows_written(), digest()
    User.objects.filter(username="cun").update(name="another")
    assert rows_written() != before
    assert digest() != content
