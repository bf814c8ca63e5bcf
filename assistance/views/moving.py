"""A measure that the old county keeps is taken over by the one where the household belongs now."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.measures import tables
from assistance.models import Measure
from assistance.moving import taking_over
from assistance.moving.forms import TakeOverForm
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.once import once


@door(Right.PLAN_HELP)
@once
def take_over(request: StaffRequest, pk: int) -> HttpResponse:
    """Let the office of one's own county answer for a measure from now on, with a reason."""
    row = get_visible_or_404(tables.with_all(Measure.objects.visible_to(request.user)), request.user, pk=pk)
    then = reverse("cases:measure", args=[row.pk])
    form = TakeOverForm(request.POST or None)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: taking_over.take_over(row, form.cleaned_data["reason"], by=request.user),
            done=_("Taken over: the office of your county answers for it now."),
            then=then,
        )
        if done:
            return done
    return form_page(
        request, form, title=f"{pgettext('measure', 'Take over from the old county')} · {row.called}",
        submit=_("Take over"), cancel=then,
        intro=_("What the old county has answered stays; from now on your office does what remains to be done."),
    )  # fmt: skip
