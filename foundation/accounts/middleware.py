"""What every request gets: an id and a line of the log, one reading of the clock, answers no cache may keep."""

import logging
import time
from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from foundation.accounts import clock, requests
from foundation.accounts.entry import sessions
from foundation.accounts.models import User
from foundation.ledger import tracing

Answer = Callable[[HttpRequest], HttpResponse]
_log = logging.getLogger(__name__)
#: A watcher asks every few seconds: its questions are counted, and not told one by one.
_WATCHED = ("health", "ready", "metrics")


def request_id(get_response: Answer) -> Answer:
    """Give the request an id that its ledger entries, its lines of the log and its answer carry; count it, log it.

    What is written down is the name of the route: addresses hold numbers of records.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        name = tracing.request_id(request.headers.get("X-Request-ID", ""))
        doing = tracing.Doing(requests.method_of(request))
        token, began = tracing.current_request.set(name), time.monotonic()
        kept = tracing.doing.set(doing)
        try:
            response = get_response(request)
            doing.route, doing.user = requests.route_of(request), requests.user_of(request)
            seconds = time.monotonic() - began
            requests.count(doing, response.status_code, seconds)
            if doing.route not in _WATCHED:
                _log.info("answered", extra={"status": response.status_code, "ms": round(seconds * 1000)})
            response.headers["X-Request-ID"] = name
            return response
        finally:
            tracing.doing.reset(kept)
            tracing.current_request.reset(token)

    return middleware


def business_day(get_response: Answer) -> Answer:
    """Read the business clock once per request, so that one page never straddles midnight."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with clock.one_reading():
            return get_response(request)

    return middleware


def private_answers(get_response: Answer) -> Answer:
    """Forbid caches to keep what a signed-in person was shown (safety.md, ASVS 14.3.2)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


def living_session(get_response: Answer) -> Answer:
    """End a session that lay idle or lasted too long, before anything is done in it (safety.md L04)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User) and (why := sessions.why_over(request, request.user)):
            logout(request)
            request.session[sessions.ENDED] = why
        return get_response(request)

    return middleware
