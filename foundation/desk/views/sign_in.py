"""Signing in and out, and the language of the page."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from foundation.accounts.access import own_door, public_door
from foundation.accounts.entry import halfway, locking, second_factor, sessions
from foundation.accounts.models import User
from foundation.accounts.sign_in import BACKEND, note_failed_sign_in, note_sign_in, note_sign_out
from foundation.desk.forms import CodeForm, SignInForm
from foundation.desk.own_account import choose_language


def back_to(request: HttpRequest) -> str:
    """Return where the person came from (`next`), or home where that is not a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe and wanted.startswith("/") else resolve_url(settings.LOGIN_REDIRECT_URL)


@sensitive_post_parameters("password")
@public_door("nobody is signed in yet")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password. A wrong name and a wrong password get the same answer."""
    if request.user.is_authenticated:
        return redirect(back_to(request))
    form = SignInForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    if form.is_valid():
        username, password = form.cleaned_data["username"], form.cleaned_data["password"]
        user = _whose(request, username, password)
        if user is not None and second_factor.is_set_up(user):
            halfway.begin(request, user)
            return redirect(f"{reverse('desk:sign_in_code')}?{urlencode({'next': back_to(request)})}")
        if user is not None:
            return _let_in(request, user, way="password")
        form.add_error(
            None,
            ngettext(
                "Name and password do not match, or this name waits here. After %(times)d failures it waits "
                "for %(count)d minute.",
                "Name and password do not match, or this name waits here. After %(times)d failures it waits "
                "for %(count)d minutes.",
                locking.SECONDS // 60,
            )
            % {"times": locking.FAILURES, "count": locking.SECONDS // 60},
        )
    ended = request.session.pop(sessions.ENDED, "") if request.method == "GET" else ""
    return render(request, "desk/sign_in.html", {"form": form, "ended": ended})


@sensitive_post_parameters("code")
@public_door("the password was right, and nobody is signed in yet")
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the telephone, or one from paper, after the password."""
    user = halfway.who(request)
    if user is None:
        return redirect("desk:sign_in")
    form = CodeForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    if form.is_valid():
        if halfway.attempt(user) and second_factor.accept(user, form.cleaned_data["code"]):
            halfway.passed(user)
            return _let_in(request, user, way="second factor")
        note_failed_sign_in(user.username, why="code")
        form.add_error(
            "code", _("This code does not fit, was used before, or too many were tried: wait for the next.")
        )
    return render(request, "desk/sign_in_code.html", {"form": form})


def _whose(request: HttpRequest, username: str, password: str) -> User | None:
    """Return whose name and password these are; None also where the name waits here after too many wrong ones."""
    if not locking.attempt(request, username):
        note_failed_sign_in(username, why="locked")
        return None
    user = auth.authenticate(request, username=username, password=password)
    if not isinstance(user, User):
        note_failed_sign_in(username)
        return None
    locking.succeeded(request, user)
    return user


def _let_in(request: HttpRequest, user: User, *, way: str) -> HttpResponse:
    auth.login(request, user, backend=BACKEND)
    note_sign_in(user, way=way)
    response = redirect(back_to(request))
    locking.remember(response, request, user)
    return response


@own_door
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and ask the browser to forget what it was shown."""
    if isinstance(request.user, User):
        note_sign_out(request.user)
    auth.logout(request)
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@public_door("visitors choose their language too")
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Speak another language: for visitors by cookie, for a signed-in person on every device."""
    wanted = request.POST.get("language", "")
    response = redirect(back_to(request))
    if wanted not in dict(settings.LANGUAGES):
        return response
    if isinstance(request.user, User):
        choose_language(wanted, by=request.user)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        wanted,
        max_age=365 * 24 * 3600,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response
