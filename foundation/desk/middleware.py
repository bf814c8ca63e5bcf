"""What every page gets: one reading of the law, the person's language and area, their own password first."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django_htmx.http import HttpResponseClientRedirect

from foundation.accounts.entry import passwords, second_factor
from foundation.accounts.models import User
from foundation.accounts.programs.problems import is_for_programs
from foundation.desk import focus
from foundation.regulations import revision

Answer = Callable[[HttpRequest], HttpResponse]
#: What somebody who must choose a new password may still do.
_BEFORE_NEW_PASSWORD = ("desk:password", "desk:sign_out", "desk:language", "health", "ready", "metrics")


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
        user = request.user
        if is_for_programs(request):  # its door asks the same, and answers as programs understand
            return get_response(request)
        if isinstance(user, User) and (user.must_change_password or passwords.is_over(user)):
            allowed = {reverse(name) for name in _BEFORE_NEW_PASSWORD}
            if request.path not in allowed:
                return redirect("desk:password")
        return get_response(request)

    return middleware


def second_factor_first(get_response: Answer) -> Answer:
    """Lead whose post asks for a second factor to the page that sets it up, before any other (safety.md L06)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if is_for_programs(request):
            return get_response(request)
        if (
            isinstance(user, User)
            and second_factor.is_required_of(user)
            and not second_factor.is_set_up(user)
        ):
            allowed = {reverse(name) for name in (*_BEFORE_NEW_PASSWORD, "desk:second_factor")}
            if request.path not in allowed:
                return redirect("desk:second_factor")
        return get_response(request)

    return middleware


def signed_out_fragments(get_response: Answer) -> Answer:
    """Where a fragment is asked for after the session ended, send the whole page to sign in, and back to itself."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.htmx or response.status_code != 302:  # type: ignore[attr-defined]
            return response
        to = response.headers["Location"]
        if to.split("?")[0] in (
            resolve_url(settings.LOGIN_URL),
            reverse("desk:password"),
            reverse("desk:second_factor"),
        ):
            return HttpResponseClientRedirect(_sign_in_again(request))
        return response

    return middleware


def _sign_in_again(request: HttpRequest) -> str:
    """Return the page to sign in, which leads back to the page that the fragment belongs to, not to the fragment."""
    page: str | None = request.htmx.current_url_abs_path  # type: ignore[attr-defined]
    address = resolve_url(settings.LOGIN_URL)
    return f"{address}?{urlencode({'next': page})}" if page else address
