"""How the API says no: application/problem+json (RFC 9457), in the reader's language, and nothing of the inside.

    400  what was sent cannot be read: JSON, a filter, a field of the wrong kind (`errors` names each)
    401  nobody is signed in (`WWW-Authenticate` says how)        403  no right to do this, or the account is not ready
    404  nothing here, or outside one's areas                     409  not as things stand, or a twin is under way
    422  read, and refused for what it says                       429  too often (`Retry-After`)
    500  a fault of ours                                          503  cut short, or no database (`Retry-After`)

`type` is one of the words of `KINDS`; `instance` is the id under which the ledger keeps what the request did.
"""

import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.response import Response

from foundation.accounts.refusals import Busy, NoRight, Refused
from foundation.ledger.record import current_request

MEDIA_TYPE = "application/problem+json"
#: Where programs are answered; the page that describes the API is read by people.
_UNDER, _PAGES = "/api/", ("/api/v1/docs/",)
#: Before each word of `type`: a name, no address.
_TYPE = "urn:shouwang:problem:"
#: Status → the word of `type`, and the title.
KINDS: dict[int, tuple[str, Any]] = {
    400: ("unreadable", gettext_lazy("This request was not understood")),
    401: ("not-signed-in", gettext_lazy("Nobody is signed in")),
    403: ("no-right", gettext_lazy("Not allowed")),
    404: ("nothing-here", gettext_lazy("Nothing here")),
    405: ("no-such-method", gettext_lazy("This address does not do that")),
    406: ("no-such-form", gettext_lazy("The answer does not come in this form")),
    409: ("not-as-things-stand", gettext_lazy("Not as things stand")),
    413: ("too-large", gettext_lazy("The request is too large")),
    415: ("unknown-form", gettext_lazy("This form of request is not read here")),
    422: ("refused", gettext_lazy("Refused")),
    429: ("too-often", gettext_lazy("Too many requests")),
    500: ("failed", gettext_lazy("Something failed")),
    503: ("not-now", gettext_lazy("Not now")),
}
_BUSY_SECONDS = 5


class UnderWay(exceptions.APIException):
    """The same request is being carried out at this moment."""

    status_code = 409
    default_detail = gettext_lazy("The same request is under way: ask again in a moment.")
    wait = _BUSY_SECONDS


class OtherRequest(exceptions.APIException):
    """The key was used for a request that said something else."""

    status_code = 422
    default_detail = gettext_lazy("This Idempotency-Key was used for another request: take a new one.")


def is_for_programs(request: HttpRequest) -> bool:
    """Say whether a request is answered to a program: under the API, but not its page for readers."""
    return request.path.startswith(_UNDER) and request.path not in _PAGES


def handler(exc: Exception, context: Mapping[str, Any]) -> Response | None:
    """Turn what an API view raised into a problem (setting EXCEPTION_HANDLER); what nobody foresaw stays a fault."""
    told = _told(exc)
    if told is None:
        return None
    status, detail, errors = told
    response = Response(problem(status, detail, errors), status=status, content_type=MEDIA_TYPE)
    if header := getattr(exc, "auth_header", None):
        response["WWW-Authenticate"] = header
    wait = _BUSY_SECONDS if isinstance(exc, Busy) else getattr(exc, "wait", None)
    if wait:
        response["Retry-After"] = str(int(wait))
    response["Cache-Control"] = "no-store"
    return response


def plain(status: int, detail: str) -> HttpResponse:
    """Return a problem as a plain answer: for what fails before or after any view."""
    body = json.dumps(problem(status, detail, []), ensure_ascii=False)
    return HttpResponse(body, status=status, content_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})


def problem(status: int, detail: str, errors: list[dict[str, str]]) -> dict[str, Any]:
    """Return the body of a problem: RFC 9457's members, and `errors` by field."""
    word, title = KINDS.get(status, KINDS[400] if status < 500 else KINDS[500])
    told: dict[str, Any] = {
        "type": _TYPE + word,
        "title": str(title),
        "status": status,
        "detail": detail,
        "instance": f"urn:uuid:{uuid.UUID(current_request.get())}" if current_request.get() else "",
    }
    return told | ({"errors": errors} if errors else {})


def _told(exc: Exception) -> tuple[int, str, list[dict[str, str]]] | None:
    """Return status, sentence and errors by field; None for a fault of ours."""
    if isinstance(exc, Refused):
        return _refused(exc)
    if isinstance(exc, Http404 | exceptions.NotFound):
        return 404, _("There is nothing here, or it belongs to another area."), []
    if isinstance(exc, PermissionDenied):
        return 403, str(exc) or _("Your posts do not include this."), []
    if isinstance(exc, ValidationError):
        told = exc.message_dict if hasattr(exc, "error_dict") else exc.messages
        return 422, _("Some of what was sent is refused."), list(_flat(told))
    if isinstance(exc, exceptions.ValidationError):
        return 400, _("Some of what was sent cannot be read."), list(_flat(exc.detail))
    if isinstance(exc, exceptions.APIException):
        return exc.status_code, str(exc.detail), []
    return None


def _refused(refused: Refused) -> tuple[int, str, list[dict[str, str]]]:
    """A refusal of a field is about what was sent (422); any other about how things stand (409), or a right (403)."""
    if isinstance(refused, NoRight):
        return 403, refused.sentence, []
    if refused.field:
        return 422, refused.sentence, [{"field": refused.field, "message": refused.sentence}]
    return 409, refused.sentence, []


def _flat(told: Any, before: str = "") -> Iterator[dict[str, str]]:
    """Yield each error with the field it belongs to, as a path with dots; "" is the request itself."""
    if isinstance(told, Mapping):
        for name, inner in told.items():
            own = "" if name in ("non_field_errors", "__all__") else str(name)
            yield from _flat(inner, ".".join(part for part in (before, own) if part))
    elif isinstance(told, list | tuple):
        for number, inner in enumerate(told):
            nested = isinstance(inner, Mapping | list | tuple)
            yield from _flat(inner, f"{before}.{number}" if nested and before else before)
    else:
        yield {"field": before, "message": str(told)}
