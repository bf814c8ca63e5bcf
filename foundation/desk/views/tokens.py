"""Tokens by which programs sign in: one's own to make and revoke, those of others for who manages their accounts."""

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from foundation.accounts.access import StaffRequest, door, get_visible_or_404, own_door
from foundation.accounts.entry.second_factor import is_set_up
from foundation.accounts.labels import role_labels_of_many
from foundation.accounts.models import Posting, User
from foundation.accounts.programs import tokens
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right, Role
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.forms import TokenForm
from foundation.desk.once import once
from foundation.desk.staff_forms import ReasonForm

_STOPS = gettext_lazy("The program that shows it is refused from now on.")


@own_door
@require_GET
def tokens_list(request: StaffRequest) -> HttpResponse:
    """Show one's own tokens: what for, by which post, until when, last used."""
    return render(request, "desk/tokens.html", {"rows": tokens.tokens_of(request.user)})


@sensitive_post_parameters()
@own_door
def make(request: StaffRequest) -> HttpResponse:
    """Make a token and show it, this once."""
    user = request.user
    own = tokens.own_postings(user)
    longest = max((tokens.longest_days(posting) for posting in own.values()), default=0)
    form = TokenForm(
        request.POST or None, posts=_posts(own), asks_code=is_set_up(user), initial={"days": longest}
    )
    form.fields["days"].help_text = _(
        "At most %(days)d; of posts that ask for a second factor at most %(few)d."
    ) % {"days": longest, "few": settings.API_TOKEN_DAYS_WITH_SECOND_FACTOR}
    if form.is_valid():
        told = form.cleaned_data
        wish = tokens.Wish(told["name"], own[told["posting"]], told["days"])
        try:
            token, word = tokens.make(wish, password=told["password"], code=told.get("code", ""), by=user)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            return render(request, "desk/token_once.html", {"token": token, "word": word})
    return form_page(
        request,
        form,
        title=_("New token"),
        submit=_("Make the token"),
        cancel=reverse("desk:tokens"),
        intro=_(
            "Whoever holds the token acts in your name, by this post. It is shown once, on the next page."
        ),
    )


@own_door
@once
def revoke(request: StaffRequest, pk: int) -> HttpResponse:
    """Revoke one's own token."""
    token = tokens.find(pk)
    if token is None or token.user_id != request.user.pk:
        raise Http404(_("There is nothing here, or it belongs to another area."))
    form = forms.Form(request.POST or None)
    if request.method == "POST":
        form = forms.Form({})
        done = attempt(
            request,
            form,
            lambda: tokens.revoke(token, by=request.user),
            done=_("The token is revoked: it opens nothing any more."),
            then="desk:tokens",
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Revoke the token “%(token)s”") % {"token": token.name},
        submit=_("Revoke"),
        cancel=reverse("desk:tokens"),
        template=CONFIRM,
        consequences=[_STOPS],
    )


@door(Right.MANAGE_ACCOUNTS)
@once
def revoke_of_another(request: StaffRequest, pk: int) -> HttpResponse:
    """Revoke a token of somebody whose account one manages, with the reason."""
    token = tokens.find(pk)
    if token is None:
        raise Http404(_("There is nothing here, or it belongs to another area."))
    person: User = get_visible_or_404(User.objects, request.user, pk=token.user_id)
    page = reverse("desk:person", args=[person.pk])
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(
            request,
            form,
            lambda: tokens.revoke(token, by=request.user, reason=reason),
            done=_("The token is revoked: it opens nothing any more."),
            then=page,
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Revoke the token “%(token)s” of %(name)s") % {"token": token.name, "name": person.name},
        submit=_("Revoke"),
        cancel=page,
        template=CONFIRM,
        consequences=[_STOPS],
    )


def _posts(own: dict[int, Posting]) -> list[tuple[int, str]]:
    """Return the posts to choose from, as their areas call them."""
    called = role_labels_of_many({posting.area_id for posting in own.values()})
    return [
        (key, f"{called[posting.area_id][Role(posting.role)]} · {posting.area.name}")
        for key, posting in own.items()
    ]
