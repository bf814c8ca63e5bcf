"""State a household's income, or correct what was stated for the same period."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.kin import recused
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt
from foundation.desk.once import once
from foundation.desk.tables import answer
from households.income.forms import IncomeForm
from households.income.listing import rows_for, table
from households.income.rules import rule_for
from households.income.sentences import rule_sentences
from households.income.stating import state
from households.models import Household, Income
from households.openings import record_opening
from households.places import HOUSEHOLD


@door(Right.EDIT_HOUSEHOLDS)
@once
def income(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask for the items of the newest period that is over; the answer stands on the household's page."""
    row = get_visible_or_404(Household.objects.select_related("area"), request.user, pk=pk)
    back = reverse("households:household", args=[row.pk])
    if not request.user.holds(Right.EDIT_HOUSEHOLDS, row.area_id):
        messages.error(request, _("You may see this household, but not correct it."))
        return redirect(back)
    if rule_against := recused(request.user, row.recusal_keys):
        messages.error(request, rule_against)
        return redirect(back)
    rule = rule_for(row.area_id, clock.today())
    period = rule.period(clock.today())
    stated = Income.objects.visible_to(request.user).filter(household=row)
    former = stated.filter(from_day=period.first, until_day=period.last).first()
    form = IncomeForm(request.POST or None, household=row, rule=rule, former=former)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: state(row, form.stated(), by=request.user, reason=form.cleaned_data["reason"]),
            done=lambda kept: (
                _("Net income per head %(net)s yuan, reference income per head %(reference)s yuan.")
                % {"net": f"{kept.net_per_head:,}", "reference": f"{kept.reference_per_head:,}"}
            ),
            then=back,
        )
        if done:
            return done
    context = {
        "form": form,
        "household": row,
        "period": period,
        "rule": list(rule_sentences(rule)),
        "cancel": back,
    }
    return render(request, "households/income.html", context)


@door(Right.VIEW_HOUSEHOLDS, lent=HOUSEHOLD)
@require_GET
def incomes(request: StaffRequest, pk: int) -> HttpResponse:
    """List all incomes of a household, the table behind its chart; who looks, or takes it out, is on record."""
    row = get_visible_or_404(Household.objects.select_related("area"), request.user, pk=pk)
    record_opening(row, by=request.user, through="incomes")
    page = table(row).page(rows_for(request.user, row), request)
    return answer(request, "households/incomes.html", page, household=row)
