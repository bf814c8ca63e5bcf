"""Pages of family events: choose one, say what happened, look at what follows, confirm; look back and undo."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.kin import recused
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.file_lists import file_list
from foundation.desk.once import once
from households.lineage import planning, undoing
from households.lineage.acting import perform
from households.lineage.checking import LivesElsewhereError, members_of
from households.lineage.fields import sent_before
from households.lineage.followers import Consequence, foreseen
from households.lineage.forms import JoinForm, MergeForm, SplitForm, UndoForm
from households.lineage.looking_back import brought_back
from households.lineage.papers import PAPERS
from households.lineage.plans import Departure, Kind, Plan
from households.lineage.wording import grouped, sentences, told_acts
from households.models import Household, HouseholdMove, LineageAct
from households.models.households import HEAD
from households.moving.waiting import before_event
from households.pairs.noting import note_pair
from households.pairs.telling import page_of
from households.places import HOUSEHOLD
from households.views.corrections import page_address, shut

Act = Callable[[Plan], object]
#: Why somebody leaves the register, in the order in which a village assistant looks for it.
_GOINGS = (Departure.DIED, Departure.MARRIED_OUT, Departure.MOVED_OUT, Departure.OTHER)


def event_page(
    request: StaffRequest,
    form: BaseForm,
    plan: Callable[[], Plan],
    *,
    title: str,
    submit: str,
    cancel: str,
    done: str,
    act: Act | None = None,
    then: str = "",
    **context: Any,
) -> HttpResponse:
    """Show the form of an event, then what follows it, then do it: `act` (default: `perform`) gets the plan.

    The form sends `look` and gets the preview, which sends the same without it; `back` leads to the form again.
    """
    if form.is_valid() and "back" not in request.POST:
        try:
            planned = plan()
        except LivesElsewhereError as elsewhere:
            if noted := _noted(request, form, elsewhere):
                return noted
            context |= {"intro": _hand_on(), "also": ("note_pair", pgettext("pair", "Note the pair"))}
            form.add_error(elsewhere.field if elsewhere.field in form.fields else None, elsewhere.sentence)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            if request.POST.get("look"):
                return preview(request, planned, title=title, submit=submit, cancel=cancel)
            write: Act = act or (lambda made: perform(made, by=request.user))
            answered = attempt(
                request, form, lambda: write(planned), done=done, then=then or page_address(planned.home.pk)
            )
            if answered:
                return answered
    look = pgettext("lineage", "Look at what follows")
    return form_page(request, form, title=title, submit=look, cancel=cancel, **context)


def _noted(request: StaffRequest, form: BaseForm, elsewhere: LivesElsewhereError) -> HttpResponse | None:
    """Note the pair where that button was pressed, and lead to it."""
    if not request.POST.get("note_pair"):
        return None
    return attempt(
        request,
        form,
        lambda: note_pair(elsewhere.subject, elsewhere.household, elsewhere.name, by=request.user),
        done=pgettext("pair", "Noted: decide where the person belongs, or pass it to the area above both."),
        then=page_of,
    )


def _hand_on() -> str:
    return pgettext(
        "pair",
        "If they belong here, note the pair: who answers for both villages decides where the person belongs. "
        "Nothing else is written.",
    )


def preview(request: StaffRequest, plan: Plan, *, title: str, submit: str, cancel: str) -> HttpResponse:
    """Show what an event would write and what would follow it; nothing is written yet."""
    told = [*sentences(plan), *foreseen(plan, request.user)]
    return consequences(request, told, plan.on, title=title, submit=submit, cancel=cancel, plan=plan)


def consequences(
    request: StaffRequest,
    told: Sequence[Consequence],
    on: datetime.date,
    *,
    title: str,
    submit: str,
    cancel: str,
    **context: Any,
) -> HttpResponse:
    """Show sentences of what would follow from a day on; the page sends what was typed once more, without `look`."""
    return render(
        request,
        "households/lineage/preview.html",
        {
            "title": title, "submit": submit, "cancel": cancel, "sent": sent_before(request.POST), "on": on,
            "groups": grouped(told), "grave": [each for each in told if each.grave],
            **context,
        },
    )  # fmt: skip


@door(Right.EDIT_HOUSEHOLDS)
@require_GET
def choose(request: StaffRequest, pk: int) -> HttpResponse:
    """Choose what happened in a household."""
    home = get_visible_or_404(Household.objects, request.user, pk=pk)
    if (refused := shut(request, home)) is not None:
        return refused
    members = members_of(home)
    came = reverse("households:member_came", args=[pk])
    comings = [(kind.label, f"{came}?kind={kind.value}") for kind in planning.COMINGS]
    between = []
    if home.dissolved_on is None and members:
        between = [
            (Kind.MARRIAGE.label, reverse("households:family_join", args=[pk])),
            (Kind.MERGE.label, reverse("households:family_merge", args=[pk])),
        ]
        if len(members) > 1:
            between.insert(0, (Kind.SPLIT.label, reverse("households:family_split", args=[pk])))
    return render(
        request,
        "households/lineage/choose.html",
        {
            "home": home, "members": members, "comings": comings, "between": between, "back": page_address(pk),
            "away": reverse("moves:propose_person", args=[pk]) if between else "",
            "goings": [(planning.LEAVINGS[each].label, each.value) for each in _GOINGS],
        },
    )  # fmt: skip


@door(Right.EDIT_HOUSEHOLDS)
@once
def split(request: StaffRequest, pk: int) -> HttpResponse:
    """Let some members form a household of their own."""
    home = get_visible_or_404(Household.objects, request.user, pk=pk)
    if (refused := shut(request, home)) is not None:
        return refused
    form = SplitForm(request.POST or None, home=home, members=members_of(home))
    return event_page(
        request,
        form,
        lambda: planning.plan_split(home, form.splitting(), form.told(), by=request.user),
        title=pgettext("lineage", "Split household %(code)s") % {"code": home.code},
        submit=pgettext("lineage", "Split"),
        cancel=page_address(pk),
        done=pgettext("lineage", "The household is split."),
        intro=pgettext(
            "lineage", "Choose for each who leaves what they are in the new household; one is its head."
        ),
    )


@door(Right.EDIT_HOUSEHOLDS)
@once
def join(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a member marry, or go otherwise, into another household of the register."""
    home = get_visible_or_404(Household.objects, request.user, pk=pk)
    if (refused := shut(request, home)) is not None:
        return refused
    form = JoinForm(request.POST or None, home=home, members=members_of(home), user=request.user)

    def plan() -> Plan:
        given, goes = form.cleaned_data, form.goes()
        new_head = form.new_head() if goes.relation == HEAD else None
        return planning.plan_joining(
            goes, given["other"], given["kind"], given["relation"], form.told(), by=request.user,
            new_head=new_head,
        )  # fmt: skip

    return event_page(
        request,
        form,
        plan,
        title=pgettext("lineage", "Somebody of %(code)s joins another household") % {"code": home.code},
        submit=pgettext("lineage", "Enter"),
        cancel=page_address(pk),
        done=pgettext("lineage", "Entered in both households."),
    )


@door(Right.EDIT_HOUSEHOLDS)
@once
def merge(request: StaffRequest, pk: int) -> HttpResponse:
    """Let everybody of a household join another one, and close it."""
    home = get_visible_or_404(Household.objects, request.user, pk=pk)
    if (refused := shut(request, home)) is not None:
        return refused
    form = MergeForm(request.POST or None, home=home, members=members_of(home), user=request.user)
    return event_page(
        request,
        form,
        lambda: planning.plan_merge(
            home, form.cleaned_data["other"], form.answers(), form.told(), by=request.user
        ),
        title=pgettext("lineage", "Merge household %(code)s into another") % {"code": home.code},
        submit=pgettext("lineage", "Merge"),
        cancel=page_address(pk),
        done=pgettext("lineage", "The households are merged; this one is closed."),
    )


@door(Right.VIEW_HOUSEHOLDS, lent=HOUSEHOLD)
@require_GET
def event(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one event: who, where, which paper, and whether it can be taken back."""
    act = _found(request, pk)
    told = told_acts([act], request.user)[0]
    homes = [part.household for part in act.parts.all() if part.household is not None]
    edits = all(
        request.user.holds(Right.EDIT_HOUSEHOLDS, home.area_id)
        and not recused(request.user, home.recusal_keys)
        for home in homes
    )
    may_undo = edits and act.undoes_id is None and not act.is_undone
    return render(
        request,
        "households/lineage/event.html",
        {
            "act": act, "told": told, "files": file_list(act, PAPERS, request.user),
            "move": HouseholdMove.objects.visible_to(request.user).filter(event=act).first(),
            "before": before_event(act, request.user) if may_undo else None, "may_undo": may_undo,
        },
    )  # fmt: skip


@door(Right.EDIT_HOUSEHOLDS)
@once
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    """Take an event back, with the reason."""
    act = _found(request, pk)
    form = UndoForm(request.POST or None)
    told = told_acts([act], request.user)[0]
    address = reverse("households:family_event", args=[pk])
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: undoing.undo(act, by=request.user, reason=form.cleaned_data["reason"]),
            done=pgettext("lineage", "The event is taken back; both stay in the history."),
            then=address,
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=pgettext("lineage", "Take back: %(kind)s") % {"kind": told.label},
        submit=pgettext("lineage", "Take back"),
        cancel=address,
        template=CONFIRM,
        before=before_event(act, request.user),
        consequences=brought_back(act, request.user),
    )


def _found(request: StaffRequest, pk: int) -> LineageAct:
    rows = LineageAct.objects.select_related("revision__by", "undoes", "undone_by").prefetch_related(
        "parts__household__area", "people__resident", "people__became"
    )
    return get_visible_or_404(rows, request.user, pk=pk)
