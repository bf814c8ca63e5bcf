"""Signing in and out, and the language of the page."""

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from foundation.accounts.access import own_door, public_door
from foundation.accounts.models import User
from foundation.accounts.sign_in import note_failed_sign_in, note_sign_in, note_sign_out
from foundation.desk.forms import SignInForm
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
        user = auth.authenticate(request, username=username, password=password)
        if isinstance(user, User):
            auth.login(request, user)
            note_sign_in(user, way="password")
            return redirect(back_to(request))
        note_failed_sign_in(username)
        form.add_error(None, _("Name and password do not match. Check both and type them again."))
    return render(request, "desk/sign_in.html", {"form": form})


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
