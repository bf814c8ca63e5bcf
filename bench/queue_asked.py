"""What bench/queue.py asks: pages, a count and a move as a person does, and a bare view beside them."""

import copy
import os
import time
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
import psycopg2.extensions

django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.http import HttpRequest, QueryDict  # noqa: E402

from alerts.deciding import dispatch  # noqa: E402
from alerts.models import Alert  # noqa: E402
from alerts.tables import rows_for, table  # noqa: E402
from bench.queue_made import keeper  # noqa: E402
from foundation.accounts import clock  # noqa: E402
from foundation.accounts.entry.sessions import SessionStore  # noqa: E402
from foundation.accounts.sign_in import BACKEND  # noqa: E402
from foundation.desk.keyset import Cursor, keys_of, values_of  # noqa: E402
from foundation.regulations import revision  # noqa: E402
from foundation.workflow.move import Request  # noqa: E402

PAGE_500 = 500
_BARE = "/bench/bare/"
_inner = get_wsgi_application()


class Asking:
    """The requests of one dispatcher."""

    def __init__(self) -> None:
        """Find the row at which page 500 begins (or the last full page), and one to move.

        Another is moved for good: the first move of an installation notes which values were used, no later one does.
        """
        self.user = keeper()
        rows = Alert.objects.visible_to(self.user).open().order_by("-priority", "pk")
        self.at_page_500 = rows[min(PAGE_500 * 50, rows.count() - 60)]
        first, self.one = rows.filter(state="raised").values_list("pk", flat=True)[100:102]
        dispatch(Alert.objects.get(pk=first), Request("dispatch"), by=self.user)

    def questions(self) -> dict[str, Callable[[], object]]:
        """Return what is asked, by name."""
        keys = keys_of(Alert, ("-priority", "pk"))
        word = Cursor(values_of(self.at_page_500, keys)).sign("alerts.-priority,pk")
        return {
            "first page": lambda: _request(lambda: self._page("")),
            "page 500": lambda: _request(lambda: self._page(f"after={word}")),
            "filtered count": lambda: _request(lambda: self._count("band=2")),
            "one move": lambda: _request(self._move),
        }

    def cookie(self) -> str:
        """Return the cookie of a session of theirs."""
        session = SessionStore()
        session.update({"_auth_user_id": str(self.user.pk), "_auth_user_backend": BACKEND,
                        "_auth_user_hash": self.user.get_session_auth_hash()})  # fmt: skip
        session.create()
        return str(session.session_key)

    def _page(self, query: str) -> object:
        request = HttpRequest()
        request.method, request.path, request.GET = "GET", "/alerts/", QueryDict(query)
        request.user, request.session = self.user, SessionStore()
        return table(self.user).page(rows_for(self.user).open(), request)

    def _count(self, query: str) -> int:
        kept = table(self.user).filtered(
            Alert.objects.visible_to(self.user).open(), QueryDict(query), self.user
        )
        return int(kept.order_by()[:1001].count())

    def _move(self) -> None:
        person = copy.copy(self.user)
        person.remembered_duties = None  # what they may do is asked for in every request
        with transaction.atomic():
            row = Alert.objects.select_related("household").get(pk=self.one)
            dispatch(row, Request("dispatch"), by=person)
            transaction.set_rollback(True)


def _request(act: Callable[[], object]) -> None:
    """Do something with one reading of day and law, as the middleware gives every request."""
    with clock.one_reading(), revision.one_reading():
        act()


class _Timed(psycopg2.extensions.cursor):
    """A cursor that notes how long the database took over each statement, COPY among them."""

    taken: ClassVar[list[float]] = []

    def execute(self, *asked: Any) -> None:
        """Run a statement."""
        self._counted(super().execute, *asked)

    def copy_expert(self, *asked: Any) -> None:
        """Write rows."""
        self._counted(super().copy_expert, *asked)

    def _counted(self, run: Callable[..., None], *asked: Any) -> None:
        began = time.perf_counter()
        try:
            run(*asked)
        finally:
            _Timed.taken.append(time.perf_counter() - began)


def database_seconds(act: Callable[[], object]) -> list[float]:
    """Return how long the database worked for something, statement by statement."""
    connection.ensure_connection()
    connection.connection.cursor_factory, _Timed.taken = _Timed, []
    try:
        act()
    finally:
        connection.connection.cursor_factory = None
    return _Timed.taken


def best(rounds: Sequence[list[float]]) -> float:
    """Return the seconds of a round in which every statement was as quick as in its best: others use the machine too.

    Only rounds of as many statements as the last count: the first ones fill what the process keeps.
    """
    settled = [taken for taken in rounds if len(taken) == len(rounds[-1])]
    return sum(min(times) for times in zip(*settled, strict=True))


def bare_view() -> str:
    """Return the path of the bare view."""
    return _BARE


def application(environ: dict[str, Any], start: Any) -> Any:
    """Serve the product, and under one path a view that does one indexed select and nothing else."""
    if environ.get("PATH_INFO") != _BARE:
        return _inner(environ, start)
    found = list(Alert.objects.order_by("-pk").values_list("pk", flat=True)[:1])
    body = str(found).encode()
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
