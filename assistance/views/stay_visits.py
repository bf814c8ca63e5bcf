"""Visits where households live: the list, asking for one, its page for both villages, and what is answered."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from assistance.models import Case, StayVisit
from assistance.page import title_of
from assistance.stay_visits import asking, tables
from assistance.stay_visits.forms import AnswerForm, AskForm
from assistance.stay_visits.lifecycle import BY_PEOPLE, STAY_VISIT
from assistance.stay_visits.telling import page_of
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, FORM, attempt, form_page
from foundation.desk.once import once
from foundation.desk.tables import answer
from foundation.workflow.offers import Offer, history, offers
from households.models import Household, Visit
from households.moving.tables import place_words
from households.visits.naming import Names

#: Verb → the stage function that makes the move.
_RUN: dict[str, Callable[..., StayVisit]] = {
    "accept": asking.accept, "refuse": asking.refuse, "withdraw": asking.withdraw,
}  # fmt: skip


@door(Right.VIEW_CASES)
@require_GET
def stay_visits(request: StaffRequest) -> HttpResponse:
    """List the visits that one's areas ask for and are asked for, the newest first."""
    page = tables.table(request.user).page(tables.rows_for(request.user), request)
    return answer(request, "assistance/stay_visits/list.html", page)


@door(Right.PREPARE_CASES)
@once
def ask(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask the village where a household lives for a visit."""
    rows = Case.objects.visible_to(request.user, Right.PREPARE_CASES)
    case = get_visible_or_404(rows.select_related("household__stay_area"), request.user, pk=pk)
    form = AskForm(request.POST or None)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: asking.ask(case, form.cleaned_data["why"], by=request.user),
            done=_("Asked: your village stays responsible, and hears what becomes of it."),
            then=page_of,
        )
        if done:
            return done
    place = asking.stay_village(case)
    label = pgettext("stay", "Ask the village where it lives for a visit")
    where = _("They live in %(village)s.") % {"village": place_words(place)} if place else ""
    return form_page(
        request, form, title=f"{label} · {title_of(case)}", submit=pgettext("stay", "Ask"), intro=where,
        cancel=reverse("cases:case", args=[case.pk]),
    )  # fmt: skip


@door(Right.VIEW_CASES)
@require_GET
def stay_visit(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one request: who asks, what to look at, who goes, what was found, and what this person may do."""
    row, user = _found(request, pk), request.user
    names = Names(user)
    known = set(User.objects.visible_to(user).values_list("pk", flat=True))
    context = {
        "row": row,
        "state": tables.state_badge(row),
        "origin": place_words(row.case.area),
        "target": place_words(row.to_area),
        "visitor": names.of([row.visitor]) if row.visitor else "",
        "case": Case.objects.visible_to(user).filter(pk=row.case_id).first(),
        "household": Household.objects.visible_to(user).filter(pk=row.case.household_id).first(),
        "visit": Visit.objects.visible_to(user).filter(pk=row.visit_id or 0).first(),
        "goes": row.state == "accepted" and row.visitor_id == user.pk,
        "acts": [(offer, _url(row, offer.move.verb)) for offer in _offers(row, user)],
        "events": [
            (each, _label(each.verb), each.by.name if each.by_id in known else "") for each in history(row)
        ],
    }
    return render(request, "assistance/stay_visits/page.html", context)


@door(Right.VISIT_HOUSEHOLDS, Right.PREPARE_CASES)
@once
def act(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Accept, refuse, or take back; the last two with a reason."""
    if verb not in BY_PEOPLE:
        raise Http404(_("There is no such act."))
    row, step, run = _found(request, pk), STAY_VISIT.find(verb), _RUN[verb]
    form = AnswerForm(request.POST or None, initial={"version": row.version}, needed="reason" in step.needs)
    if form.is_valid():
        row.version = form.cleaned_data["version"]
        done = attempt(
            request,
            form,
            lambda: run(row, form.cleaned_data.get("reason", ""), by=request.user),
            done=_("“%(move)s”: done.") % {"move": step.label},
            then=page_of(row),
        )
        if done:
            return done
    return form_page(
        request, form, title=f"{step.label} · {row.head}", submit=str(step.label), cancel=page_of(row),
        template=FORM if verb == "accept" else CONFIRM, intro=_intro(verb),
    )  # fmt: skip


def _intro(verb: str) -> str:
    """Say what an act means, before it is done."""
    return {
        "accept": _(
            "You go there yourself, and see the household until the day is over on which you write the visit down. "
            "Its own village stays responsible."
        ),
        "refuse": _("The household's own village reads the reason; the visit is theirs to make."),
        "withdraw": _("Nobody goes there for this request any more; whoever promised to is told."),
    }[verb]


def _offers(row: StayVisit, user: User) -> list[Offer]:
    """Return what `user` may do from each side."""
    found = offers(row.on_the_side_of(row.to_area_id), user, ("accept", "refuse"))
    found = [*found, *offers(row.on_the_side_of(row.case.area_id), user, ("withdraw",))]
    row.on_the_side_of("")
    return found


def _url(row: StayVisit, verb: str) -> str:
    return reverse("cases:stay_visit_act", args=[row.pk, verb])


def _label(verb: str) -> str:
    if verb == STAY_VISIT.created:
        return pgettext("stay", "Visit asked for")
    return str(STAY_VISIT.find(verb).label)


def _found(request: StaffRequest, pk: int) -> StayVisit:
    rows = StayVisit.objects.select_related(
        "case__household", "case__area__parent__parent", "to_area__parent__parent", "visitor"
    )
    return get_visible_or_404(rows, request.user, pk=pk)
