"""Moves of households: the list, proposing one, its page for both sides, and what is answered."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, FORM, attempt, form_page
from foundation.desk.file_lists import file_list
from foundation.desk.once import once
from foundation.desk.tables import answer
from foundation.files.answers import download
from foundation.workflow.offers import Offer, history, offers
from households.lineage.fields import sent_before
from households.lineage.looking_back import brought_back
from households.models import Household, HouseholdMove, LineageAct
from households.moving import answering, followers, paper, persons, proposing, settling, tables
from households.moving.forms import AnswerForm, ProposeForm
from households.moving.lifecycle import BY_PEOPLE, HOUSEHOLD_MOVE
from households.moving.papers import PAPERS
from households.moving.telling import page_of
from households.moving.views_of_persons import take
from households.moving.waiting import before_move

#: Verb → the stage function that makes it.
_RUN: dict[str, Callable[..., HouseholdMove]] = {
    "accept": answering.accept, "refuse": answering.refuse, "withdraw": proposing.withdraw,
    "urge": settling.urge, "settle": answering.settle, "dismiss": answering.dismiss, "undo": answering.undo,
}  # fmt: skip
#: What brings the household over is no danger; the others end something.
_GLAD = frozenset({"accept", "settle", "urge"})


@door(Right.VIEW_HOUSEHOLDS)
@require_GET
def moves(request: StaffRequest) -> HttpResponse:
    """List the moves into one's areas and out of them, the newest first."""
    page = tables.table(request.user).page(tables.rows_for(request.user), request)
    return answer(request, "households/moving/list.html", page)


@door(Right.EDIT_HOUSEHOLDS)
@once
def propose(request: StaffRequest, pk: int) -> HttpResponse:
    """Propose that a household shall belong to another village: what follows is shown before it is written."""
    rows = Household.objects.visible_to(request.user, Right.EDIT_HOUSEHOLDS).select_related("area")
    home = get_visible_or_404(rows, request.user, pk=pk)
    begun = {name: request.GET[name] for name in ("moved_on", "document") if name in request.GET}
    form = ProposeForm(request.POST or None, user=request.user, initial=begun)
    cancel = reverse("households:household", args=[home.pk])
    context = {"form": form, "household": home, "cancel": cancel}
    if form.is_valid() and "back" not in request.POST:
        if request.POST.get("look"):
            answered = _look(request, form, context)
        else:
            answered = attempt(
                request,
                form,
                lambda: proposing.propose(home, form.wanted(), by=request.user),
                done=_proposed,
                then=page_of,
            )
        if answered:
            return answered
    context |= {"rule": recused(request.user, home.recusal_keys), "hinders": _hinders(home)}
    return render(request, "households/moving/propose.html", context)


@door(Right.VIEW_HOUSEHOLDS)
@require_GET
def move(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one move: what it proposes, what goes along, its clock, and what this person may do."""
    row, user = _found(request, pk), request.user
    waits = row.state in HOUSEHOLD_MOVE.find("accept").sources
    acts = _offers(row, user)
    before = before_move(row, user) if any(offer.move.verb == "undo" for offer in acts) else None
    known = set(User.objects.visible_to(user).values_list("pk", flat=True))
    context = {
        "row": row,
        "state": tables.state_badge(row),
        "clock": tables.clock_words(row),
        "origin": tables.place_words(row.from_area),
        "target": tables.place_words(row.to_area),
        **_running(row, user, waits),
        "files": file_list(row, PAPERS, user),
        "acts": [
            (offer, reverse("moves:act", args=[row.pk, offer.move.verb]))
            for offer in acts
            if offer.move.verb != "undo" or before is None
        ],
        "before": before,
        "household": Household.objects.visible_to(user)
        .filter(pk__in=[row.household_id, row.into_id])
        .first(),
        "waits": waits,
        "letter": paper.offered(row, user),
        "events": [
            (each, _label(each.verb), each.by.name if each.by_id in known else "") for each in history(row)
        ],
    }
    return render(request, "households/moving/move.html", context)


@door(Right.EDIT_HOUSEHOLDS, Right.ANSWER_MOVES, Right.SETTLE_MOVES)
@once
def act(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Accept, refuse, take back, urge, decide above, or move back; most with a reason."""
    if verb not in BY_PEOPLE:
        raise Http404(_("There is no such act."))
    row, step, run = _found(request, pk), HOUSEHOLD_MOVE.find(verb), _RUN[verb]
    if row.of_person and verb in ("accept", "settle"):
        return take(request, row, step)
    form = AnswerForm(request.POST or None, initial={"version": row.version}, needed="reason" in step.needs)
    if form.is_valid():
        row.version = form.cleaned_data["version"]
        done = attempt(
            request,
            form,
            lambda: run(row, form.cleaned_data["reason"], by=request.user),
            done=_("“%(move)s”: done.") % {"move": step.label},
            then=page_of(row),
        )
        if done:
            return done
    return form_page(
        request, form, title=f"{step.label} · {row.head}", submit=str(step.label), cancel=page_of(row),
        template=FORM if verb in _GLAD else CONFIRM, intro=_intro(verb, row),
        before=before_move(row, request.user) if verb == "undo" and row.state == "accepted" else None,
        consequences=_follows(row, verb, request.user),
    )  # fmt: skip


@door(Right.VIEW_HOUSEHOLDS)
@require_POST
def letter(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Hand out the letter that tells the household, or who went alone, which village answers for them now."""
    try:
        opened = paper.for_household(_found(request, pk), by=request.user)
    except Refused as refused:
        raise Http404(refused.sentence) from refused
    return download(opened.pieces, name=opened.name, media_type=opened.media_type, size=opened.size)


def _running(row: HouseholdMove, user: User, waits: bool) -> dict[str, Any]:
    """Return what goes along (or went), what stands before it, and of one person the family event that was written."""
    if row.of_person:
        told = [each.sentence for each in persons.follows(row, user)] if waits else []
        return {
            "told": told, "hinders": persons.hinders(row) if waits else [],
            "event": LineageAct.objects.visible_to(user).filter(pk=row.event_id or 0).first(),
        }  # fmt: skip
    journey = followers.way_there(row)
    return {
        "told": followers.told(journey) if waits else row.told,
        "hinders": followers.hindered(journey) if waits else [],
    }


def _look(request: StaffRequest, form: ProposeForm, context: dict[str, Any]) -> HttpResponse | None:
    """Show what the move would let follow; nothing is written. None where it would be refused: the form says why."""
    try:
        seen = proposing.foresee(context["household"], form.wanted(), by=request.user)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return None
    context |= {
        "seen": seen,
        "row": seen.move,
        "origin": tables.place_words(seen.move.from_area),
        "target": tables.place_words(seen.move.to_area),
        "sent": sent_before(request.POST),
    }
    return render(request, "households/moving/look.html", context)


def _hinders(home: Household) -> list[str]:
    """Say what must be finished before the household can go, wherever it goes."""
    imagined = HouseholdMove(household=home, from_area=home.area, to_area=home.area)
    return followers.hindered(followers.way_there(imagined))


def _proposed(row: HouseholdMove) -> str:
    if row.state == "accepted":
        return _("The household belongs to %(village)s now.") % {"village": row.to_area.name}
    return _("Proposed: until the receiving area accepts, the household is yours.")


def _follows(row: HouseholdMove, verb: str, user: User) -> list[str]:
    """Say what an act would let follow, before it is done."""
    if verb not in ("accept", "settle", "undo"):
        return []
    if row.of_person:
        return brought_back(row.event, user) if row.event is not None else []
    return followers.told(followers.way_back(row) if verb == "undo" else followers.way_there(row))


def _intro(verb: str, row: HouseholdMove) -> str:
    if verb in ("refuse", "dismiss"):
        return _(
            "Everybody stays where they are, and the area that proposed it answers for them as before and reads why."
        )
    if row.of_person:
        if verb != "undo":
            return ""
        return _("The person goes back to the household that they left, as a member of before.")
    return {
        "accept": _("From now on your area answers for this household, and everything below goes along."),
        "settle": _(
            "The household moves although the receiving area did not answer: it answers from now on."
        ),
        "undo": _("The household goes back with its history; this is refused once something was done here."),
    }.get(verb, "")


def _offers(row: HouseholdMove, user: User) -> list[Offer]:
    """Return what `user` may do from each side: as giver, as receiver, and above both."""
    sides = {
        row.from_area_id: ("withdraw",),
        row.to_area_id: ("accept", "refuse", "undo"),
        row.parent_area_id or "": ("urge", "settle", "dismiss"),
    }
    found = []
    for area, verbs in sides.items():
        if area:
            found += offers(row.on_the_side_of(area), user, verbs)
    row.on_the_side_of("")
    return found


def _label(verb: str) -> str:
    if verb == HOUSEHOLD_MOVE.created:
        return _("Move proposed")
    return str(HOUSEHOLD_MOVE.find(verb).label)


def _found(request: StaffRequest, pk: int) -> HouseholdMove:
    rows = HouseholdMove.objects.select_related(
        "household__area", "household__stay_area", "from_area__parent__parent", "to_area__parent__parent",
        "parent_area", "new_head", "into", "event__revision",
    )  # fmt: skip
    return get_visible_or_404(rows, request.user, pk=pk)
