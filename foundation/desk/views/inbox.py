"""The person's inbox: notices that lead to their act, and how they reach them outside the platform."""

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from foundation.accounts.access import StaffRequest, get_visible_or_404, own_door
from foundation.desk.acts import attempt, form_page
from foundation.desk.once import once
from foundation.desk.tables import Badge, Column, Filter, Table, answer
from foundation.inbox.kinds import kinds
from foundation.inbox.models import Notice, Preference
from foundation.inbox.notices import address_of, choose, mark_read, wish

INBOX = Table(
    "inbox",
    title=gettext_lazy("Inbox"),
    columns=(
        Column(
            "sentence",
            gettext_lazy("What"),
            lambda notice: notice.sentence,
            url=lambda notice: reverse("desk:notice", args=[notice.pk]),
        ),
        Column("day", gettext_lazy("Day"), lambda notice: notice.day, kind="day"),
        Column(
            "read",
            gettext_lazy("Read"),
            lambda notice: None if notice.read_at else Badge(_("new"), "action"),
            kind="badge",
        ),
    ),
    filters=(
        Filter(
            "unread",
            gettext_lazy("not read yet"),
            "yesno",
            lambda rows, yes: rows.filter(read_at__isnull=yes),
        ),
    ),
    order=("-last_at", "-pk"),
    empty=gettext_lazy(
        "Nothing yet. What concerns you appears here, with a link to the place where you act."
    ),
)


class PreferencesForm(forms.Form):
    """Where messages go, and for each kind of notice when."""

    email = forms.EmailField(
        label=gettext_lazy("Office mail address"),
        required=False,
        help_text=gettext_lazy("Messages carry counts and links, never names or numbers of people."),
    )
    by_webhook = forms.BooleanField(
        label=gettext_lazy("Also by the county's message gateway"), required=False
    )

    def __init__(self, *args: object, user: object, **options: object) -> None:
        """Add one choice for each kind of notice."""
        super().__init__(*args, **options)  # type: ignore[arg-type]
        for kind in kinds().values():
            self.fields[f"kind_{kind.code}"] = forms.ChoiceField(
                label=str(kind.label), choices=Preference.Outside.choices
            )


@own_door
def inbox(request: StaffRequest) -> HttpResponse:
    """List the person's notices, newest first."""
    rows = Notice.objects.visible_to(request.user)
    return answer(request, "desk/inbox.html", INBOX.page(rows, request))


@own_door
def notice(request: StaffRequest, pk: int) -> HttpResponse:
    """Show where a notice leads. Reading it and going there is one press (a POST, because it marks it read)."""
    found = get_visible_or_404(Notice.objects, request.user, pk=pk)
    if request.method == "POST":
        mark_read(request.user, found.pk)
        return HttpResponseRedirect(found.place)
    return render(request, "desk/notice.html", {"notice": found})


@own_door
@require_POST
def all_read(request: StaffRequest) -> HttpResponse:
    """Mark everything as read."""
    mark_read(request.user)
    return redirect("desk:inbox")


@own_door
@once
def preferences(request: StaffRequest) -> HttpResponse:
    """Let the person choose what reaches them outside, and where."""
    user = request.user
    address = address_of(user)
    initial: dict[str, object] = {f"kind_{code}": wish(user, code) for code in kinds()}
    initial |= {"email": address.email, "by_webhook": address.by_webhook}
    form = PreferencesForm(request.POST or None, user=user, initial=initial)
    if form.is_valid():

        def keep() -> None:
            address.email, address.by_webhook = form.cleaned_data["email"], form.cleaned_data["by_webhook"]
            address.save()
            for code in kinds():
                choose(user, code, Preference.Outside(form.cleaned_data[f"kind_{code}"]))

        if done := attempt(request, form, keep, done=_("Your choices are kept."), then="desk:inbox"):
            return done
    return form_page(
        request, form, title=_("What reaches me, and how"), submit=_("Keep"), cancel=reverse("desk:inbox")
    )
