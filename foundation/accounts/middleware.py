"""What every request gets: an id for the ledger, one reading of the clock, and answers no cache may keep."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from foundation.accounts import clock
from foundation.ledger.record import current_request

Answer = Callable[[HttpRequest], HttpResponse]


def request_id(get_response: Answer) -> Answer:
    """Give the request a random id that all ledger entries it causes carry."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = current_request.set(uuid.uuid4().hex)
        try:
            return get_response(request)
        finally:
            current_request.reset(token)

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
