"""Fill in somebody else's blank table: hand it in, say what its headers mean, fetch it when it is ready."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.access import StaffRequest, own_door
from foundation.accounts.refusals import Refused
from foundation.desk import filling
from foundation.desk.acts import attempt, form_page
from foundation.desk.filling import RUNNING, RUNNING_LABEL, Handed
from foundation.desk.once import once
from foundation.desk.views.exports import wanted_from
from foundation.files.blank_sheets import LARGEST

#: Where the session keeps the name of the blank that was handed in last.
SESSION_KEY = "blank_sheet"


class BlankForm(forms.Form):
    """A blank workbook, and the list that it is filled in from."""

    file = forms.FileField(
        label=gettext_lazy("Blank table (XLSX)"),
        help_text=gettext_lazy("Titles and merged cells stay as they are. At most 2 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
    address = forms.CharField(max_length=4000, widget=forms.HiddenInput)

    def clean_file(self) -> UploadedFile:
        """Refuse what is too large to be a blank."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("This workbook is too large to be a blank."))
        return file


class HeadersForm(forms.Form):
    """What each header of the blank means."""

    def __init__(self, *args: Any, handed: Handed, meant: Mapping[int, str], **options: Any) -> None:
        """Offer the columns of the list for each header, beginning with what it probably means."""
        super().__init__(*args, **options)
        choices = [("", _("leave empty")), (RUNNING, RUNNING_LABEL)]
        choices += [(column.key, str(column.label)) for column in filling.columns_of(handed.chosen)]
        for number, text in sorted(handed.blank.headers.items()):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=text[:60], choices=choices, required=False, initial=meant.get(number, "")
            )

    def meant(self) -> dict[int, str]:
        """Return what was chosen, by column number."""
        return {int(name.removeprefix("column_")): key for name, key in self.cleaned_data.items()}


@own_door
@once
def blank(request: StaffRequest) -> HttpResponse:
    """Take a blank table for the list at `address`; the list's own door decides who may have it."""
    posted = request.method == "POST"
    initial = {"address": request.GET.get("address", "")}
    form = BlankForm(request.POST, request.FILES) if posted else BlankForm(initial=initial)
    if form.is_valid():
        wanted = wanted_from(request, form.cleaned_data["address"])
        try:
            content = form.cleaned_data["file"].read()
            request.session[SESSION_KEY] = filling.hand_in(wanted, content, by=request.user)
            return redirect("desk:fill_headers")
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
    return form_page(
        request,
        form,
        title=_("Fill in a blank table"),
        submit=_("Go on to its headers"),
        cancel=_back(form["address"].value() or ""),
        intro=_(
            "Hand in the blank that your superior sent: it is filled in with the rows of the list as you see it."
        ),
    )


@own_door
@once
def headers(request: StaffRequest) -> HttpResponse:
    """Ask what the headers of the blank mean, and have it filled in."""
    name = request.session.get(SESSION_KEY, "")
    try:
        handed = filling.opened(name, by=request.user) if name else None
    except Refused as refused:
        messages.error(request, refused.sentence)
        handed = None
    if handed is None:
        return redirect("desk:home")
    form = HeadersForm(request.POST or None, handed=handed, meant=filling.proposed(handed, by=request.user))
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: filling.ask(name, form.meant(), by=request.user),
            done=_("The table is being filled in; you find it here when it is ready."),
            then=lambda job: reverse("desk:job", args=[job.uuid]),
        )
        if done:
            del request.session[SESSION_KEY]
            return done
    count = f"{handed.chosen.count:,}"
    return form_page(
        request,
        form,
        title=_("What do the headers mean?"),
        submit=_("Fill in %(count)s rows") % {"count": count},
        cancel=_back(f"{handed.wanted.path}?{handed.wanted.query}"),
        intro=_("From the list “%(list)s”. What you choose is remembered for this layout.")
        % {"list": handed.chosen.title},
    )


def _back(address: str) -> str:
    """Return the page of the list, where the address is one of ours."""
    return address if address.startswith("/") and not address.startswith("//") else reverse("desk:home")
