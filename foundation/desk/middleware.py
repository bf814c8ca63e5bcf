"""What every page gets: one reading of the law, the person's language and area, their own password first."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django_htmx.http import HttpResponseClientRedirect

from foundation.desk import focus
from foundation.regulations import revision

Answer = Callable[[HttpRequest], HttpResponse]
#: What somebody who must choose a new password may still do.
_BEFORE_NEW_PASSWORD = ("desk:password", "desk:sign_out", "desk:language", "health")


def one_law(get_response: Answer) -> Answer:
    """Ask once per request whether the values in force have changed, so that they cannot change inside one page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with revision.one_reading():
            return get_response(request)

    return middleware


def own_language(get_response: Answer) -> Answer:
    """Speak the language a person chose for themselves, on whatever device they sign in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "")
        if chosen and chosen in dict(settings.LANGUAGES) and chosen != translation.get_language():
            with translation.override(chosen):
                request.LANGUAGE_CODE = chosen
                response = get_response(request)
                response.headers["Content-Language"] = chosen
                return response
        return get_response(request)

    return middleware


def area_focus(get_response: Answer) -> Answer:
    """Set `request.area_focus`: the code of the one area the person chose to look at, or "" for all."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.area_focus = SimpleLazyObject(lambda: focus.current(request))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def new_password_first(get_response: Answer) -> Answer:
    """Lead who must choose a new password to that page before any other."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if getattr(request.user, "must_change_password", False):
            allowed = {reverse(name) for name in _BEFORE_NEW_PASSWORD}
            if request.path not in allowed:
                return redirect("desk:password")
        return get_response(request)

    return middleware


def signed_out_fragments(get_response: Answer) -> Answer:
    """Where a fragment is asked for after the session ended, send the whole page to sign in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.htmx or response.status_code != 302:  # type: ignore[attr-defined]
            return response
        to = response.headers["Location"]
        if to.split("?")[0] in (resolve_url(settings.LOGIN_URL), reverse("desk:password")):
            return HttpResponseClientRedirect(resolve_url(settings.LOGIN_URL))
        return response

    return middleware
