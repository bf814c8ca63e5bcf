"""Letters to households: the list, what each says, printing it, and writing down how it was delivered."""

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from alerts import letter_tables
from alerts.letter_lists import lists_beside
from alerts.models import Letter
from alerts.verification import letter_words, letters
from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt
from foundation.desk.fields import DayField
from foundation.desk.once import once
from foundation.desk.tables import answer
from foundation.files.answers import download
from households.openings import record_opening


class DeliveryForm(forms.Form):
    """How and when a household was told."""

    way = forms.ChoiceField(
        label=gettext_lazy("How the household was told"),
        choices=Letter.Way.choices,
        widget=forms.RadioSelect,
        initial=Letter.Way.HANDED,
    )
    on = DayField(label=gettext_lazy("Day"), initial=clock.today)
    taken_by = forms.CharField(
        label=gettext_lazy("Taken by"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Who it was, where it was not the head of the household."),
    )

    def delivery(self) -> letters.Delivery:
        """Return what was written down."""
        given = self.cleaned_data
        return letters.Delivery(given["way"], given["on"], given["taken_by"])


@door(Right.VIEW_ALERTS)
@require_GET
def letter_list(request: StaffRequest) -> HttpResponse:
    """List the letters of one's areas, the newest first."""
    page = letter_tables.table().page(letter_tables.rows_for(request.user), request)
    return answer(request, "alerts/letters.html", page, beside=lists_beside("alerts:letters", request.user))


@door(Right.VIEW_ALERTS)
@once
def letter(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what a letter says and how it was delivered; who visits there writes down that it was."""
    row = _found(request, pk)
    may_deliver = row.delivered_on is None and request.user.holds(Right.VISIT_HOUSEHOLDS, row.alert.area_id)
    form = DeliveryForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: letters.deliver(row, form.delivery(), by=request.user),
            done=_("Written down: the household knows."),
            then=letter_tables.page_of(row),
        )
        if done:
            return done
    record_opening(row.alert.household, by=request.user, through="letter")
    context = {
        "letter": row,
        "words": letter_words.words_of(row),
        "state": letter_tables.badge(row),
        "form": form if may_deliver else None,
    }
    return render(request, "alerts/letter.html", context)


@door(Right.VIEW_ALERTS)
@require_POST
def letter_pdf(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Hand a letter out as PDF; that it was printed is on record."""
    opened = letter_words.printed(_found(request, pk), by=request.user)
    return download(opened.pieces, name=opened.name, media_type=opened.media_type, size=opened.size)


def _found(request: StaffRequest, pk: int) -> Letter:
    rows = Letter.objects.select_related("alert__household__area", "alert__area", "alert__visit", "by")
    return get_visible_or_404(rows, request.user, pk=pk)
