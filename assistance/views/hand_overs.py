"""Hand-overs of households: the list, beginning one, answering it, calling it off, and its papers."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from assistance.helping import handing_over, paper, tables
from assistance.helping.forms import AnswerForm, GiverForm, HandOverForm, WhyForm
from assistance.helping.handing_over import Begun
from assistance.helping.places import receivers
from assistance.models import HandOver, HelperPlace
from assistance.places import CASE
from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.once import once
from foundation.desk.punctuation import said_of
from foundation.desk.tables import answer as table_answer
from foundation.files.answers import download


@door(Right.VIEW_CASES)
@require_GET
def hand_overs(request: StaffRequest) -> HttpResponse:
    """List the hand-overs of one's areas, the newest first."""
    page = tables.hand_overs().page(tables.hand_overs_for(request.user), request)
    may = request.user.holds(Right.ASSIGN_HELPERS)
    return table_answer(request, "assistance/helping/hand_overs.html", page, may=may)


@door(Right.ASSIGN_HELPERS)
@once
def new(request: StaffRequest) -> HttpResponse:
    """Choose whose households are handed over (`?giver=`), then to whom, which, when and why."""
    givers = handing_over.givers(request.user)
    asked = request.GET.get("giver", "")
    giver = next((person for person, _words in givers if str(person.pk) == asked), None)
    if giver is None:
        return form_page(
            request,
            GiverForm(
                request.GET if "giver" in request.GET and not asked else None,  # sent on with nobody chosen
                givers=[(person.pk, words) for person, words in givers],
            ),
            title=_("Hand households over"),
            submit=_("Go on"),
            cancel=reverse("cases:hand_overs"),
            template="assistance/helping/giver.html",
            nobody=not givers,
            unknown=bool(asked),
        )
    places = handing_over.may_hand_over(giver, request.user)
    form = HandOverForm(request.POST or None, giver=giver, places=places, receivers=receivers(places))
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: handing_over.begin(form.handed(), by=request.user),
            done=lambda begun: _said(request, begun),
            then=lambda begun: reverse("cases:hand_over", args=[begun.row.pk]),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Hand over the households of %(name)s") % {"name": giver.name},
        submit=_("Begin the hand-over"),
        cancel=reverse("cases:hand_overs"),
        intro=_("Until the other person accepts, %(name)s stays responsible.") % {"name": giver.name},
    )


@door(Right.VIEW_CASES, lent=CASE)
@once
def hand_over(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a hand-over; who receives it accepts or refuses it here, in one act."""
    row = _found(request, pk)
    form = AnswerForm(request.POST or None)
    mine = row.receiver_id == request.user.pk and row.answered_on is None
    if mine and form.is_valid():
        given = form.cleaned_data
        accepts = given["answer"] == "accept"
        done = attempt(
            request,
            form,
            lambda: (
                handing_over.accept(row, by=request.user)
                if accepts
                else handing_over.refuse(row, given["reason"], by=request.user)
            ),
            done=_("Accepted: these households are yours now.")
            if accepts
            else _("Refused: they stay where they were."),
            then=reverse("cases:my_households") if accepts else reverse("desk:home"),
        )
        if done:
            return done
    places = list(
        HelperPlace.objects.visible_to(request.user).filter(hand_over=row).select_related("case__household")
    )
    return render(
        request,
        "assistance/helping/hand_over.html",
        {
            "row": row,
            "title": tables.who(row),
            "state": tables.state_badge(row),
            "lines": paper.rows_of(places, request.user),
            "count": len(places),
            "form": form if mine and row.day <= clock.today() else None,
            "early": mine and row.day > clock.today(),
            "may_call_off": row.answered_on is None and request.user.holds(Right.ASSIGN_HELPERS),
            "told": any(place.state == "accepted" and place.told_on for place in places),
            "untold": sum(place.state == "accepted" and place.told_on is None for place in places),
        },
    )


@door(Right.ASSIGN_HELPERS)
@once
def call_off(request: StaffRequest, pk: int) -> HttpResponse:
    """Call a hand-over off that nobody has answered yet."""
    row = _found(request, pk)
    back = reverse("cases:hand_over", args=[row.pk])
    if row.answered_on is not None:
        messages.info(request, _("This hand-over is answered already."))
        return redirect(back)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: handing_over.take_back(row, form.cleaned_data["reason"], by=request.user),
            done=_("Called off: the households stay where they were."),
            then=back,
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=f"{pgettext('hand-over', 'Call off')} · {tables.who(row)}",
        submit=pgettext("hand-over", "Call off"),
        cancel=back,
        template=CONFIRM,
        consequences=[_("%(name)s no longer sees these households.") % {"name": row.receiver.name}],
    )


@door(Right.VIEW_CASES, lent=CASE)
@require_POST
def sheet(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Hand out the sheet on which both sides sign."""
    opened = paper.of_hand_over(_found(request, pk), by=request.user)
    return download(opened.pieces, name=opened.name, media_type=opened.media_type, size=opened.size)


@door(Right.VIEW_CASES, lent=CASE)
@require_POST
def letters(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Hand out the sheets for all households of a hand-over, as one PDF."""
    opened = paper.for_households_of(_found(request, pk), by=request.user)
    return download(opened.pieces, name=opened.name, media_type=opened.media_type, size=opened.size)


@door(Right.VIEW_CASES, lent=CASE)
@require_POST
@once
def told(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down that every household of a hand-over knows its new helper."""
    row = _found(request, pk)
    count = handing_over.all_told(row, by=request.user)
    said = ngettext("Written down for %(count)d household.", "Written down for %(count)d households.", count)
    messages.success(request, said % {"count": count})
    return redirect("cases:hand_over", pk=row.pk)


def _said(request: StaffRequest, begun: Begun) -> str:
    for code, sentence in list(begun.refused.items())[:10]:
        messages.warning(request, said_of(code, sentence))
    return _("%(count)d households wait for the acceptance of %(name)s.") % {
        "count": begun.count, "name": begun.row.receiver.name,
    }  # fmt: skip


def _found(request: StaffRequest, pk: int) -> HandOver:
    rows = HandOver.objects.select_related("giver", "receiver", "made_by")
    return get_visible_or_404(rows, request.user, pk=pk)
