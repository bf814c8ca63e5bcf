"""Helpers: the list of households, naming somebody, answering, and “my households” of who helps."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from assistance.helping import assigning, naming_many, own, paper, tables
from assistance.helping.forms import AnswerForm, ManyForm, PlaceForm, free_places
from assistance.helping.naming_many import MOST, preview
from assistance.helping.places import loads, name_of
from assistance.models import Case, HelperPlace
from assistance.page import title_of
from assistance.places import CASE
from foundation.accounts.access import StaffRequest, door, get_visible_or_404, own_door
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.once import once
from foundation.desk.punctuation import said_of
from foundation.desk.tables import answer as table_answer
from foundation.files.answers import download

#: Id of the form that takes the ticked households of the list. No key has as many digits.
_TICKS, _DIGITS = "name-helpers", 19


@door(Right.VIEW_CASES)
@require_GET
def helpers(request: StaffRequest) -> HttpResponse:
    """List the households of one's areas with their helpers, and what they lack."""
    may = request.user.holds(Right.ASSIGN_HELPERS)
    page = tables.helpers(_TICKS if may else "").page(tables.rows_for(request.user), request)
    return table_answer(request, "assistance/helping/helpers.html", page, may=may, form_id=_TICKS)


@door(Right.ASSIGN_HELPERS)
@once
def name_many(request: StaffRequest) -> HttpResponse:
    """Look over who is suggested for the ticked households (`?row=`), and name all of them by one press."""
    back = f"{reverse('cases:helpers')}?lack=any"
    ticked = {int(key) for key in request.GET.getlist("row")[:MOST] if key.isdecimal() and len(key) < _DIGITS}
    cases = Case.objects.visible_to(request.user, Right.ASSIGN_HELPERS).filter(pk__in=ticked)
    made = preview(list(tables.with_heads(cases).order_by("area_id", "pk")), by=request.user)
    if not made.rows and not made.refused:
        messages.info(request, _("Nothing is ticked."))
        return redirect(back)
    form = ManyForm(request.POST or None, rows=made.rows)
    if form.is_valid():
        done = naming_many.name_many(form.chosen(), by=request.user)
        for code, sentence in done.refused.items():
            messages.warning(request, said_of(code, sentence))
        said = ngettext(
            "%(count)d person is named and is told.",
            "%(count)d times somebody is named and is told.",
            done.count,
        )
        messages.success(request, said % {"count": done.count})
        return redirect(back)
    return form_page(
        request,
        form,
        title=_("Name helpers for many households"),
        submit=_("Name all of them"),
        cancel=back,
        template="assistance/helping/name_many.html",
        refused=made.refused.items(),
        some=bool(made.rows),
    )


@door(Right.ASSIGN_HELPERS)
@once
def name(request: StaffRequest, pk: int) -> HttpResponse:
    """Name somebody for a free place of a case; `?place=` says which."""
    case = get_visible_or_404(Case.objects.select_related("household", "area"), request.user, pk=pk)
    back = reverse("cases:case", args=[case.pk])
    free = dict(free_places(case))
    if not free:
        messages.info(request, _("Every place of this household is filled, or waits for an answer."))
        return redirect(back)
    kind = request.GET.get("place", "")
    kind = kind if kind in free else next(iter(free))
    form = PlaceForm(request.POST or None, case=case, kind=kind)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: assigning.name(case, form.named(), by=request.user),
            done=lambda made: _("%(name)s is named and is told.") % {"name": made.person.name},
            then=back,
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=f"{free[kind]} · {title_of(case)}",
        submit=pgettext("helper", "Name"),
        cancel=back,
        template="assistance/helping/name.html",
        others=[(code, words) for code, words in free.items() if code != kind],
        case=case,
        nobody=form.nobody,
    )


@own_door
@require_GET
def mine(request: StaffRequest) -> HttpResponse:
    """Show the households that one helps oneself."""
    return render(request, "assistance/helping/mine.html", {"mine": own.my_households(request.user)})


@door(Right.VIEW_CASES, lent=CASE)
@once
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Accept what one was named for, or decline with a reason."""
    row = found(request, pk)
    if row.person_id != request.user.pk:
        raise Http404(_("There is nothing here, or it belongs to another area."))
    if row.hand_over_id:
        return redirect("cases:hand_over", pk=row.hand_over_id)
    if row.state != "offered":
        messages.info(request, _("You have answered this already."))
        return redirect("cases:my_households")
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        accepts = given["answer"] == "accept"
        done = attempt(
            request,
            form,
            lambda: (
                assigning.accept(row, by=request.user)
                if accepts
                else assigning.decline(row, given["reason"], by=request.user)
            ),
            done=_("Thank you: you help this household now.")
            if accepts
            else _("Declined: somebody else is named."),
            then=reverse("cases:my_households"),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=f"{name_of(row)} · {title_of(row.case)}",
        submit=pgettext("helper", "Send the answer"),
        cancel=reverse("cases:my_households"),
        template="assistance/helping/answer.html",
        place=row,
        line=_own_line(request, row),
        load=loads([request.user.pk])[request.user.pk],
    )


@door(Right.VIEW_CASES, lent=CASE)
@require_POST
def call(request: StaffRequest, pk: int) -> HttpResponse:
    """Dial the telephone of a household that one helps; that one called is on record."""
    row = found(request, pk)
    try:
        number = own.call(row, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("cases:my_households")
    context = {"household": row.case.household_id, "number": number, "title": title_of(row.case)}
    return render(request, "assistance/helping/call.html", context)


@door(Right.VIEW_CASES, lent=CASE)
@require_POST
def sheet(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Hand out the sheet that tells a household who helps it."""
    opened = paper.for_household(found(request, pk), by=request.user)
    return download(opened.pieces, name=opened.name, media_type=opened.media_type, size=opened.size)


def _own_line(request: StaffRequest, row: HelperPlace) -> own.Helped | None:
    rows = own.my_households(request.user).rows
    return next((each for each in rows if each.case.pk == row.case_id), None)


def found(request: StaffRequest, pk: int) -> HelperPlace:
    """Return the place that an address names, as the reader may see it; else 404."""
    rows = HelperPlace.objects.select_related(
        "case__household__phone",
        "case__area",
        "person",
        "posting__department",
        "hand_over__giver",
        "assigned_by",
    )
    return get_visible_or_404(rows, request.user, pk=pk)
