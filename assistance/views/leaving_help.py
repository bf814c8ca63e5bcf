"""Help that ends with a sheet of what is open, what a person leaves behind, and whether households know of it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from assistance.helping import assigning, handing_over, paper, tables
from assistance.helping.forms import EndForm, WhyForm
from assistance.helping.left_behind import left_by
from assistance.helping.places import name_of
from assistance.models import HandOver
from assistance.places import CASE
from assistance.views.helping import found
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import Posting
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.once import once
from foundation.files.answers import download

#: No key has as many digits.
_DIGITS = 19


@door(Right.ASSIGN_HELPERS)
@once
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """End the help of a person, or take back that they were named."""
    row = found(request, pk)
    back = reverse("cases:case", args=[row.case_id])
    if row.state not in ("offered", "accepted"):
        messages.info(request, _("This has ended already."))
        return redirect(back)
    held = row.state == "accepted"
    sheet = assigning.has_sheet(row)
    form = EndForm(request.POST or None) if held and not sheet else WhyForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: assigning.end(row, given["reason"], no_sheet=given.get("no_sheet", ""), by=request.user),
            done=_("Ended: %(name)s no longer sees this household.") % {"name": row.person.name},
            then=back,
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=f"{name_of(row)} · {row.person.name}",
        submit=_("End the help") if held else _("Take the naming back"),
        cancel=back,
        template="assistance/helping/end.html",
        place=row if held else None,
        sheet=sheet,
        consequences=[
            _("%(name)s no longer sees this household.") % {"name": row.person.name},
            _("The place is free, and the days for naming somebody run from today.")
            if held
            else _("The place is free again."),
        ],
    )


@door(Right.ASSIGN_HELPERS)
@require_POST
def leaving_sheet(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Hand out the sheet of what is open at a household whose helper leaves."""
    row = found(request, pk)
    try:
        opened = paper.of_place(row, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("cases:helper_end", pk=row.pk)
    return download(opened.pieces, name=opened.name, media_type=opened.media_type, size=opened.size)


@door(Right.ASSIGN_HELPERS)
@require_GET
def left_behind(request: StaffRequest) -> HttpResponse:
    """Show what the person of a posting (`?posting=`) leaves behind besides households, and where it is settled."""
    asked = request.GET.get("posting", "")
    rows = Posting.objects.visible_to(request.user).select_related("user", "area")
    posting = rows.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < _DIGITS else None
    context = {"posting": posting, "lines": left_by(posting, request.user) if posting else []}
    return render(request, "assistance/helping/left_behind.html", context)


@door(Right.VIEW_CASES, lent=CASE)
@require_POST
@once
def told(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down that the household knows its helper."""
    row = found(request, pk)
    try:
        assigning.told(row, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Written down: the household knows its helper."))
    return redirect("cases:case", pk=row.case_id)


@door(Right.VIEW_CASES, lent=CASE)
@once
def not_told(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back that the household knows its helper, with the reason."""
    row = found(request, pk)
    back = reverse("cases:case", args=[row.case_id])
    if row.told_on is None or row.state != "accepted":
        messages.info(request, _("Nobody has written down that this household knows its helper."))
        return redirect(back)
    return _taken_back(
        request,
        lambda reason: assigning.not_told(row, reason, by=request.user),
        done=_("Taken back: the household is still to be told."),
        back=back,
        title=f"{_('The household was not told')} · {row.person.name}",
        follows=_("The household is on the list of those who are still to be told."),
    )


@door(Right.VIEW_CASES, lent=CASE)
@once
def not_all_told(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back what was written down last of a hand-over: that its households know their new helper."""
    rows = HandOver.objects.select_related("giver", "receiver", "made_by")
    row = get_visible_or_404(rows, request.user, pk=pk)
    back = reverse("cases:hand_over", args=[row.pk])
    last = handing_over.told_last(row, request.user)
    if not last:
        messages.info(request, _("Nobody has written down that these households know their helper."))
        return redirect(back)
    count = ngettext(
        "%(count)d household, told on %(day)s", "%(count)d households, told on %(day)s", len(last)
    )
    return _taken_back(
        request,
        lambda reason: handing_over.not_all_told(row, reason, by=request.user),
        done=_("Taken back: these households are still to be told."),
        back=back,
        title=f"{_('The households were not told')} · {tables.who(row)}",
        follows=count % {"count": len(last), "day": last[0].told_on},
    )


def _taken_back(
    request: StaffRequest, act: Callable[[str], object], *, done: str, back: str, title: str, follows: str
) -> HttpResponse:
    """Ask why it is taken back that households were told, after the sentence of what follows; then do it."""
    form = WhyForm(request.POST or None)
    if form.is_valid():
        answer = attempt(request, form, lambda: act(form.cleaned_data["reason"]), done=done, then=back)
        if answer:
            return answer
    return form_page(
        request,
        form,
        title=title,
        submit=_("Take back"),
        cancel=back,
        template=CONFIRM,
        consequences=[follows],
    )
