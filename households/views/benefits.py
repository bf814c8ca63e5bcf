"""Correct by hand what a member receives: dibao or tekun, with its period."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from foundation.accounts.access import StaffRequest, door
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.once import once
from households import benefits
from households.benefit_form import BenefitForm
from households.facts import label_of
from households.views.corrections import found_member, page_address, shut


@door(Right.EDIT_HOUSEHOLDS)
@once
def benefit(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """Correct one of the two; `kind` is the field of the member."""
    row = found_member(request, pk)
    form = BenefitForm(request.POST or None, resident=row, kind=kind)
    if (refused := shut(request, row.household)) is not None:
        return refused
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: benefits.correct(
                row,
                kind,
                form.wanted(),
                by=request.user,
                checked_on=given["happened_on"],
                seen=given["seen"],
                reason=given["reason"],
            ),
            done=_("Corrected. What stood there before is kept in the history below."),
            then=page_address(row.household_id),
        )
        if done:
            return done
    title = _("%(benefit)s of %(name)s") % {
        "benefit": label_of(row, kind).capitalize(),
        "name": row.shown_name,
    }
    return form_page(
        request,
        form,
        title=title,
        submit=_("Correct"),
        cancel=page_address(row.household_id),
        intro=_(
            "Corrects what the register says. It neither grants nor ends a benefit: civil affairs do that."
        ),
    )
