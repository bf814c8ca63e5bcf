"""Error pages: what is wrong and what to do next, in the shell where somebody is signed in; programs get problems."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from foundation.accounts.access import public_door
from foundation.accounts.programs import problems

#: What PostgreSQL calls it: a statement over its time; a lock not had in time, a knot of locks (two ways).
_CUT_SHORT, _HELD_BY_OTHERS = "57014", frozenset({"55P03", "40P01", "40001"})
_AGAIN_SECONDS = 10


def _page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """Answer with the whole page, with the fragment alone where HTMX asked, or with a problem to a program."""
    if problems.is_for_programs(request):
        return problems.plain(status, sentence)
    return render(
        request, _template(request), {"status": status, "title": title, "sentence": sentence}, status=status
    )


@public_door("errors explain themselves to everybody")
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that no page of ours would send; says nothing about why."""
    return _failed(
        request, 400, _("This request was not understood"), _("Go back, reload the page, and try again.")
    )


@public_door("errors explain themselves to everybody")
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose protection is missing or out of date."""
    return _page(
        request, 403, _("The form has expired"), _("Reload the page and send it again; nothing was changed.")
    )


@public_door("errors explain themselves to everybody")
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a page whose right the person holds nowhere."""
    return _page(
        request, 403, _("Not your page"), str(exception or "") or _("Your posts do not include this page.")
    )


@public_door("errors explain themselves to everybody")
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what does not exist, or lies outside the person's areas: the same answer for both."""
    return _page(request, 404, _("Nothing here"), _("There is nothing here, or it belongs to another area."))


@public_door("errors explain themselves to everybody")
def failed(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours. Asks nothing of database, session or person: they may be what failed.

    Where the database cut a statement short, somebody else holds a row or no connection was left, it says so (503).
    """
    if why := _busy(sys.exc_info()[1]):
        answer = _failed(request, 503, *why)
        answer.headers["Retry-After"] = str(_AGAIN_SECONDS)
        return answer
    sentence = _("Nothing was changed. Try again; if it stays, tell the administrator.")
    return _failed(request, 500, _("Something failed"), sentence)


def _busy(fault: BaseException | None) -> tuple[str, str] | None:
    """Say in a title and a sentence what kept the database from answering; None where it was something else."""
    if not isinstance(fault, OperationalError | InterfaceError):
        return None
    state = getattr(fault.__cause__, "pgcode", None)
    if state == _CUT_SHORT:
        return _("This took too long"), _(
            "It was stopped; nothing was changed. Narrow the list or the file, and try again."
        )
    if state in _HELD_BY_OTHERS:
        return _("Somebody else is at it"), _(
            "What you wanted to change is being changed by somebody else; nothing of yours was written. "
            "Try again in a moment."
        )
    return _("The database does not answer"), _("Nothing was changed. Try again in a minute.")


def _template(request: HttpRequest) -> str:
    return "components/error.html" if request.headers.get("HX-Request") else "error.html"


def _failed(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """Answer without any context of the request, so without its person; only address and headers are read."""
    if problems.is_for_programs(request):
        return problems.plain(status, sentence)
    page = render_to_string(_template(request), {"status": status, "title": title, "sentence": sentence})
    return HttpResponse(page, status=status)
