"""What is written about a removal beside its moves: striking a statement of a measure, another contact."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.models import MeasureStatement, Removal
from assistance.page import title_of
from assistance.removal import contacts, proposing, tables
from assistance.removal.forms import ContactForm, StrikeForm
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.once import once


@door(Right.REVIEW_CASES)
@once
def strike(request: StaffRequest, pk: int) -> HttpResponse:
    """Strike a statement that a measure was delivered, with the reason."""
    rows = MeasureStatement.objects.visible_to(request.user, Right.REVIEW_CASES)
    row = get_visible_or_404(rows.select_related("case__household", "case__area"), request.user, pk=pk)
    form, back = StrikeForm(request.POST or None), reverse("cases:case", args=[row.case_id])
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: proposing.strike_measure(row, form.cleaned_data["why"], by=request.user),
            done=_("Struck: it counts no more."),
            then=back,
        )
        if done:
            return done
    told = {"measure": row.measure, "day": row.delivered_on}
    return form_page(
        request, form, title=_("Strike a statement: %(whose)s") % {"whose": title_of(row.case)}, submit=_("Strike it"),
        cancel=back, template=CONFIRM,
        intro=_("“%(measure)s”, delivered on %(day)s. It stays readable with the reason, and no condition counts it.")
        % told,
    )  # fmt: skip


@door(*contacts.RIGHTS)
@once
def contact(request: StaffRequest, pk: int) -> HttpResponse:
    """Let somebody else stay in touch after a removal, with the reason; who it was stays on its page."""
    rows = Removal.objects.select_related("case__household", "case__area")
    row = get_visible_or_404(rows, request.user, pk=pk)
    said = {"contact_name": row.contact_name, "contact_phone": row.contact_phone}
    form, back = ContactForm(request.POST or None, initial=said), tables.page_of(row)
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: contacts.change(
                row, given["contact_name"], given["contact_phone"], given["why"], by=request.user
            ),
            done=_("The contact is changed."),
            then=back,
        )
        if done:
            return done
    title = pgettext("case", "Change the contact")
    return form_page(
        request, form, title=f"{title} · {title_of(row.case)}", submit=title, cancel=back,
        intro=_("The household and the reports to the national system name this person. Tell the household, too."),
    )  # fmt: skip
