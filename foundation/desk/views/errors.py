"""Error pages: what is wrong and what to do next, in the shell where somebody is signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from foundation.accounts.access import public_door


def _page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    return render(
        request, "error.html", {"status": status, "title": title, "sentence": sentence}, status=status
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
    """Answer a fault of ours."""
    return _page(
        request,
        500,
        _("Something failed"),
        _("Nothing was changed. Try again; if it stays, tell the administrator."),
    )
