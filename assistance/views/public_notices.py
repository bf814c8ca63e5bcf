"""Public pages: the notices of a village while they hang, an objection, and the answer to a receipt.

A place without a notice and a place that does not exist answer alike. Nothing here is kept by browsers or found by
search engines.
"""

from collections.abc import Sequence

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assistance.models import NoticeItem
from assistance.notices import public
from assistance.notices.lines import days_said
from assistance.notices.selectors import hanging_in
from assistance.objections.entering import LONGEST
from foundation.accounts.access import public_door
from foundation.accounts.refusals import Refused
from households.codes.scanning import contact_of

_WHY = "a public notice is read by everybody while it hangs, and everybody may object"
_TOO_MANY = 429


class SaidForm(forms.Form):
    """An objection, with a name or without."""

    text = forms.CharField(
        label=gettext_lazy("What is wrong?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Facts help most: what, since when, how it can be checked."),
    )  # fmt: skip
    by_whom = forms.CharField(
        label=gettext_lazy("Your name"), max_length=60, required=False,
        help_text=gettext_lazy("You may leave it empty. The household never learns it."),
    )  # fmt: skip


class ReceiptForm(forms.Form):
    """The receipt that was given for an objection."""

    receipt = forms.CharField(
        label=gettext_lazy("Receipt"), max_length=20,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )  # fmt: skip


@public_door(_WHY)
@never_cache
@require_safe
def village(request: HttpRequest, place: str) -> HttpResponse:
    """Show the notices of a village as they hang: the masked lines, the days, where to object."""
    wait = public.wait_to_read(request)
    shown = [] if wait else [
        {"notice": notice, "lines": [(item, public.word_of(place, item)) for item in items],
         "days": days_said(notice), "about": _about(items)}
        for notice, items in hanging_in(place).items()
    ]  # fmt: skip
    context = {
        "place": place,
        "notices": shown,
        "contact": contact_of(place),
        "wait": wait,
        "minutes": -(-wait // 60),
    }
    return _answered(request, "assistance/public_notices.html", context, _TOO_MANY if wait else 200, wait)


@public_door(_WHY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: HttpRequest, word: str) -> HttpResponse:
    """Take an objection against one line; the receipt is shown once."""
    place, item = public.item_of(word)
    if item is None:
        return redirect("public_notices", place=place or "0")
    form = SaidForm(request.POST or None)
    receipt, status = "", 200
    if form.is_valid():
        if public.wait(request):
            form.add_error(None, _("Too many objections came from here just now: try again later, or call."))
            status = _TOO_MANY
        else:
            receipt = _enter(item, form)
    context = {
        "item": item, "place": place, "form": form, "receipt": receipt, "contact": contact_of(item.notice.area_id),
        "intro": "",
    }  # fmt: skip
    return _answered(request, "assistance/public_objection.html", context, status)


@public_door("whoever objected reads the answer with the receipt that only they have")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest) -> HttpResponse:
    """Show to whoever has a receipt whether the objection is settled, and the answer."""
    form = ReceiptForm(request.POST or None)
    found, status = None, 200
    if form.is_valid():
        try:
            if public.wait(request):
                status = _TOO_MANY
                raise Refused(_("Too many receipts were tried from here just now: try again later."))
            found = public.answer_of(form.cleaned_data["receipt"])
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
    return _answered(request, "assistance/public_answer.html", {"form": form, "objection": found}, status)


def _about(items: Sequence[NoticeItem]) -> str:
    """Say what the households of a notice are proposed for, in the heading that everybody reads."""
    if all(item.assessed_id is not None for item in items):
        return _("results of the batch assessment")
    if any(item.assessed_id is not None for item in items):
        return _("proposed as it says beside each household")
    if any(item.removal_id is None for item in items):
        return _("proposed as objects of monitoring")
    return _("proposed for the removal of their risk")


def _enter(item: NoticeItem, form: SaidForm) -> str:
    """Enter what was said; returns the receipt, or "" with the sentence in the form."""
    given = form.cleaned_data
    try:
        return public.object_to(item, given["text"], given["by_whom"]).receipt
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return ""


def _answered(
    request: HttpRequest, template: str, context: dict[str, object], status: int = 200, wait: int = 0
) -> HttpResponse:
    response = render(request, template, context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response
