"""One's own account: posts, stand-ins, language, password."""

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from foundation.accounts.access import StaffRequest, own_door
from foundation.desk.acts import attempt, form_page
from foundation.desk.forms import PasswordForm
from foundation.desk.own_account import change_password, own_posts, posts_stood_in


@own_door
@require_GET
def me(request: StaffRequest) -> HttpResponse:
    """Show one's own posts and their periods, who stands in, and for whom one stands in."""
    posts, standing_in = own_posts(request.user), posts_stood_in(request.user)
    return render(request, "desk/me.html", {"posts": posts, "standing_in": standing_in})


@sensitive_post_parameters()
@own_door
def password(request: StaffRequest) -> HttpResponse:
    """Choose a new password; who was told to must do so before anything else."""
    user = request.user
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
        answer = attempt(
            request,
            form,
            lambda: change_password(old=old, new=new, by=user),
            done=_("Your password is changed. Other devices must sign in again."),
            then="desk:home",
        )
        if answer:
            update_session_auth_hash(request, user)
            return answer
    forced = user.must_change_password
    return form_page(
        request,
        form,
        title=_("Change password"),
        submit=_("Change password"),
        cancel="" if forced else reverse("desk:me"),
        intro=_("Before you begin, choose a password that only you know.") if forced else "",
    )
