"""The pad: one signature at a time, on the phone that is handed round; its refusal, its picture, taking it back."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.moves import MoveForm
from foundation.desk.once import once
from foundation.files.answers import download
from foundation.workflow.offers import offers
from households.models import Signature
from households.places import HOUSEHOLD
from households.signing import pictures
from households.signing.documents import document_of, owner_of
from households.signing.forms import RefusalForm, SignForm
from households.signing.selectors import progress
from households.signing.showing import party_of
from households.signing.taking import refuse, sign, undo

_RELATED = ("household__area", "resident", "user", "signed_for")


@door(Right.VISIT_HOUSEHOLDS, lent=HOUSEHOLD)
@once
def signature(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what is signed, and take the signature under it."""
    row = _found(request, pk)
    document, owner = document_of(row), owner_of(row)
    back = document.url(owner)
    if sentence := _blocked(request, row, "sign"):
        messages.error(request, sentence)
        return redirect(back)
    form = SignForm(request.POST or None, request.FILES or None, signature=row)
    if form.is_valid():
        answer = attempt(
            request,
            form,
            lambda: _take(row, form, request),
            done=lambda signed: _("Signed: %(name)s.") % {"name": signed.who},
            then=back,
        )
        if answer:
            return answer
    context = {
        "form": form,
        "signature": row,
        "party": party_of(row),
        "title": document.title(owner),
        "document": document,
        "told": document.context(owner),
        "progress": progress(owner),
        "cancel": back,
    }
    return render(request, "households/signing/sign.html", context)


@door(Right.VISIT_HOUSEHOLDS, lent=HOUSEHOLD)
@once
def signature_refuse(request: StaffRequest, pk: int) -> HttpResponse:
    """Record that somebody does not sign, and what they were told."""
    row = _found(request, pk)
    back = document_of(row).url(owner_of(row))
    if sentence := _blocked(request, row, "refuse"):
        messages.error(request, sentence)
        return redirect(back)
    form = RefusalForm(request.POST or None, signature=row)
    if form.is_valid():
        row.version = form.cleaned_data["version"]
        given = {name: form.cleaned_data[name] for name in ("told", "happened_on", "reason")}
        answer = attempt(
            request,
            form,
            lambda: refuse(row, by=request.user, **given),
            done=_("The refusal is recorded. It can be signed any later day."),
            then=back,
        )
        if answer:
            return answer
    return form_page(
        request,
        form,
        title=_("%(name)s does not sign") % {"name": row.who},
        submit=_("Record the refusal"),
        cancel=back,
        intro=_("Nobody must sign. A refusal says nothing about the household, and ends no help by itself."),
    )


@door(Right.VISIT_HOUSEHOLDS, lent=HOUSEHOLD)
@once
def signature_undo(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back a signature that was taken by mistake."""
    row = _found(request, pk)
    back = document_of(row).url(owner_of(row))
    if sentence := _blocked(request, row, "undo"):
        messages.error(request, sentence)
        return redirect(back)
    form = MoveForm(request.POST or None, row=row, needs_reason=True)
    del form.fields["happened_on"]
    if form.is_valid():
        row.version = form.cleaned_data["version"]
        answer = attempt(
            request,
            form,
            lambda: undo(row, reason=form.cleaned_data["reason"], by=request.user),
            done=_("The signature is taken back."),
            then=back,
        )
        if answer:
            return answer
    return form_page(
        request,
        form,
        title=_("Take back the signature of %(name)s") % {"name": row.who},
        submit=pgettext("signature", "Take back"),
        cancel=back,
        template=CONFIRM,
        consequences=[
            _(
                "The signature is owed again, and its picture is destroyed. The record keeps that it was here."
            ),
            _("This is for mistakes. A household that changes its mind withdraws instead."),
        ],
    )


@door(Right.VIEW_HOUSEHOLDS, lent=HOUSEHOLD)
@require_GET
def signature_picture(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Show the small picture, as part of the page that lists the signature."""
    row = _found(request, pk)
    try:
        opened = pictures.small(row)
    except Refused as refused:
        return HttpResponse(refused.sentence, status=404, content_type="text/plain; charset=utf-8")
    return download(
        opened.pieces, name=opened.name, media_type=opened.media_type, size=opened.size, inline=True
    )


@door(Right.VIEW_HOUSEHOLDS)
@require_POST
def signature_open(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Hand out the picture at its full size; the look is recorded."""
    row = _found(request, pk)
    try:
        opened = pictures.opened(row, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(document_of(row).url(owner_of(row)))
    return download(opened.pieces, name=opened.name, media_type=opened.media_type, size=opened.size)


def _found(request: StaffRequest, pk: int) -> Signature:
    rows = Signature.objects.select_related(*_RELATED)
    return get_visible_or_404(rows, request.user, pk=pk)


def _take(row: Signature, form: SignForm, request: StaffRequest) -> Signature:
    given = form.cleaned_data
    row.version = given["version"]
    return sign(row, form.how(), by=request.user, happened_on=given["happened_on"], reason=given["reason"])


def _blocked(request: StaffRequest, row: Signature, verb: str) -> str:
    """Say why this person cannot do this now, or ""."""
    for offer in offers(row, request.user):
        if offer.move.verb == verb:
            return offer.blocked
    if not request.user.holds(Right.VISIT_HOUSEHOLDS, row.area_code, of=row.household):
        return _("You may see this household, but not take its signatures.")
    return _("“%(move)s” is not possible while this is “%(state)s”.") % {
        "move": row.lifecycle.find(verb).label,
        "state": row.state_label,
    }
