"""Error pages: what is wrong and what to do next, in the shell where somebody is signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from foundation.accounts.access import public_door


def _page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """Answer with the whole page, or with the fragment alone where HTMX asked."""
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
    """Answer a fault of ours. Asks nothing of database, session or person: they may be what failed."""
    sentence = _("Nothing was changed. Try again; if it stays, tell the administrator.")
    return _failed(request, 500, _("Something failed"), sentence)


def _template(request: HttpRequest) -> str:
    return "components/error.html" if request.headers.get("HX-Request") else "error.html"


def _failed(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """Answer without any context of the request, so without its person; only its headers are read."""
    page = render_to_string(_template(request), {"status": status, "title": title, "sentence": sentence})
    return HttpResponse(page, status=status)
