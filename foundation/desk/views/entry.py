"""How one's own account is kept safe: sessions in other browsers, the second factor, codes on paper."""

import segno
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from foundation.accounts.access import StaffRequest, own_door
from foundation.accounts.entry import second_factor, sessions
from foundation.accounts.refusals import Refused
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.devices import device_name
from foundation.desk.forms import CodeForm, ProveForm

#: Where a session keeps the secret of a second factor that is being set up, sealed.
_BEGUN = "second_factor_begun"


@own_door
@require_GET
def sessions_list(request: StaffRequest) -> HttpResponse:
    """Show in which browsers one is signed in: since when, last seen, from which network."""
    found = sessions.open_sessions(request.user, request.session.session_key)
    rows = [(each, device_name(each.device)) for each in found]
    idle, longest = sessions.limits_of(request.user)
    told = {"rows": rows, "idle": idle.seconds // 60, "hours": int(longest.total_seconds() // 3600)}
    return render(request, "desk/sessions.html", told)


@own_door
@require_POST
def end_sessions(request: StaffRequest) -> HttpResponse:
    """Sign out everywhere else; this browser stays."""
    sessions.end_others(request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("Every other browser is signed out."))
    return redirect("desk:sessions")


@sensitive_post_parameters("code")
@own_door
def second_factor_page(request: StaffRequest) -> HttpResponse:
    """Set up the second factor: scan, type a first code, keep the codes on paper. Or show that it is set up."""
    user = request.user
    required = second_factor.is_required_of(user)
    if second_factor.is_set_up(user):
        left = second_factor.codes_left(user)
        return render(request, "desk/second_factor.html", {"left": left, "required": required})
    begun = request.session.get(_BEGUN) or second_factor.begin(user)
    request.session[_BEGUN] = begun
    form = CodeForm(request.POST or None)
    form.fields["code"].help_text = _("Six digits from the application on your telephone.")
    if form.is_valid():
        try:
            paper = second_factor.confirm(user, begun, form.cleaned_data["code"])
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            del request.session[_BEGUN]
            return render(request, "desk/recovery_codes.html", {"paper": paper})
    uri = second_factor.address(user, begun)
    told = {
        "form": form,
        "picture": mark_safe(_drawn(uri)),  # noqa: S308  (drawn by segno from our own words)
        "words": second_factor.secret_words(uri),
        "required": required,
    }
    return render(request, "desk/second_factor_begin.html", told)


@sensitive_post_parameters("code")
@own_door
def codes(request: StaffRequest) -> HttpResponse:
    """Make the codes on paper anew, with a code of the telephone."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            paper = second_factor.new_paper(request.user, form.cleaned_data["code"])
        except Refused as refused:
            form.add_error("code", refused.sentence)
        else:
            return render(request, "desk/recovery_codes.html", {"paper": paper})
    title, back = _("New codes on paper"), reverse("desk:second_factor")
    intro = _("The codes you have now are worth nothing afterwards.")
    return form_page(request, form, title=title, submit=_("Make new codes"), cancel=back, intro=intro)


@sensitive_post_parameters("password")
@own_door
def remove(request: StaffRequest) -> HttpResponse:
    """Take away one's own second factor, with the password."""
    form = ProveForm(request.POST or None)
    if form.is_valid():
        password = form.cleaned_data["password"]
        done = attempt(
            request,
            form,
            lambda: second_factor.take_away(request.user, password=password),
            done=_("The second factor is taken away."),
            then="desk:second_factor",
        )
        if done:
            return done
    again = second_factor.is_required_of(request.user)
    consequences = [_("Telephone and codes on paper open nothing any more.")]
    consequences += (
        [_("One of your posts asks for a second factor: you set up a new one at once.")] if again else []
    )
    return form_page(
        request,
        form,
        title=_("Take away the second factor"),
        submit=_("Take away"),
        cancel=reverse("desk:second_factor"),
        template=CONFIRM,
        consequences=consequences,
    )


def _drawn(uri: str) -> str:
    """Return a picture that telephones read, black on white, of no fixed size."""
    picture: str = segno.make_qr(uri, error="m").svg_inline(
        border=2, light="white", svgclass=None, lineclass=None, omitsize=True
    )
    return picture
