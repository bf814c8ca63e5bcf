"""Meetings: the list with what waits, calling one, its page, the votes, its conclusion, its papers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from assistance.evaluations import calling, concluding, forms, hall, paper, photos, selectors, tables, voting
from assistance.evaluations.concluding import Concluded
from assistance.evaluations.listing import listed
from assistance.evaluations.rules import rules_of
from assistance.models import Evaluation, EvaluationItem
from assistance.page import title_of
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import Area
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.file_lists import file_list
from foundation.desk.once import once
from foundation.desk.punctuation import said_of
from foundation.desk.tables import answer
from foundation.files.answers import download
from foundation.files.looking import Opened


@door(Right.VIEW_CASES)
@require_GET
def evaluations(request: StaffRequest) -> HttpResponse:
    """List the meetings of one's villages; villages where households wait for one stand above."""
    places = selectors.waiting_by_village(request.user)
    page = tables.table().page(tables.rows_for(request.user), request)
    return answer(request, "assistance/evaluations.html", page, places=places)


@door(Right.PREPARE_CASES)
@once
def call(request: StaffRequest, code: str) -> HttpResponse:
    """Call a meeting of a village on the households that wait for one."""
    area = _village(request, code)
    cases = selectors.waiting_here(area.code, request.user)
    form = forms.CallForm(request.POST or None, cases=cases)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: calling.call(area, form.cleaned_data["cases"], form.wanted(), by=request.user),
            done=_("The meeting is called: print the sheet for tonight."),
            then=tables.page_of,
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Call a democratic evaluation in %(village)s") % {"village": area.name},
        submit=_("Call the meeting"),
        cancel=reverse("cases:evaluations"),
        intro="" if cases else _("No household of this village waits for a meeting."),
    )


@door(Right.VIEW_CASES)
@require_safe
def evaluation(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a meeting: who must come, what the area asks, the households with their votes, the files."""
    row = _found(request, pk)
    items = selectors.items_of(row, request.user)
    staff, rules = selectors.of_staff(items), rules_of(row)
    may = request.user.holds(Right.PREPARE_CASES, row.area_id)
    context = {
        "evaluation": row,
        "state": tables.badge(row),
        "rules": rules.sentences(),
        "lacks": list(rules.lacks(row)) if row.open and row.came is not None else [],
        "list": listed(items, staff, request.GET),
        "of_staff": staff,
        "may": may and row.open,
        "too_early": forms.not_yet(row),
        "to_finish": may and row.concluded_on is not None and any(item.result == "" for item in items),
        "ready": row.open and row.came is not None and any(item.voted for item in items),
        "next": next((item for item in items if row.open and not item.voted and not item.result), None),
        "files": file_list(row, photos.PHOTOS, request.user),
    }
    return render(request, "assistance/evaluation.html", context)


@door(Right.PREPARE_CASES)
@require_safe
def to_hall(request: StaffRequest, word: str) -> HttpResponse:
    """Lead the phone that scanned the sheet to the entry of votes; whoever may not see the meeting finds nothing."""
    try:
        key = hall.read(word)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("cases:evaluations")
    row = _found(request, key)
    return redirect("cases:attend" if row.open and row.came is None else "cases:evaluation", pk=row.pk)


@door(Right.PREPARE_CASES)
@once
def attend(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down who came."""
    row = _found(request, pk)
    people = selectors.people_of(row, request.user)
    form = forms.AttendanceForm(request.POST or None, evaluation=row, people=people)
    return _act(
        request, form, lambda: voting.attend(row, form.told(), by=request.user), row,
        title=_("Who came"), submit=_("Save attendance"), done=_("Saved: now the votes, household by household."),
    )  # fmt: skip


@door(Right.PREPARE_CASES)
@once
def vote(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down the votes on one household, and lead on to the next one."""
    item = get_visible_or_404(selectors.items_to_vote_on(), request.user, pk=pk)
    initial = None
    if item.voted:
        initial = {name: getattr(item, name) for name in forms.VoteForm.base_fields}
    form = forms.VoteForm(request.POST or None, initial=initial)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: voting.vote(item, form.votes(), by=request.user),
            done=_("Votes saved."),
            then=lambda _saved: _next_of(item),
        )
        if done:
            return done
    context = {
        "item": item,
        "name": selectors.head_name(item),
        "form": form,
        "may_vote": None if item.evaluation.came is None else item.evaluation.came,
        "back": tables.page_of(item.evaluation),
    }
    return render(request, "assistance/vote.html", context)


@door(Right.PREPARE_CASES)
@once
def off(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a household off the list of a meeting."""
    item = get_visible_or_404(
        EvaluationItem.objects.select_related("evaluation", "case__household", "assessed__household"),
        request.user,
        pk=pk,
    )
    form = forms.WhyForm(request.POST or None)
    return _act(
        request, form, lambda: calling.take_off(item, form.cleaned_data["reason"], by=request.user), item.evaluation,
        title=_("Take a household off the list"), submit=_("Take off"), intro=title_of(item.matter),
        done=_("Taken off: it waits for another meeting."),
        template=CONFIRM,
    )  # fmt: skip


@door(Right.PREPARE_CASES)
@once
def more(request: StaffRequest, pk: int) -> HttpResponse:
    """Put more households on the list."""
    row = _found(request, pk)
    cases = selectors.waiting_here(row.area_id, request.user)
    form = forms.MoreForm(request.POST or None, cases=cases)
    return _act(
        request, form, lambda: calling.put_on(row, form.cleaned_data["cases"], by=request.user), row,
        title=_("More households"), submit=_("Put on the list"), done=_("They are on the list."),
    )  # fmt: skip


@door(Right.PREPARE_CASES)
@once
def conclude(request: StaffRequest, pk: int) -> HttpResponse:
    """Conclude a meeting with its minutes."""
    row = _found(request, pk)
    form = forms.ConcludeForm(request.POST or None)

    def run() -> Concluded:
        made = concluding.conclude(row, form.cleaned_data["minutes"], by=request.user)
        _say(request, made)
        return made

    left = row.items.filter(result="", agree__isnull=True).count()
    intro = _("Not voted on, they wait for another meeting: %(count)d") % {"count": left} if left else ""
    return _act(
        request, form, run, row, title=_("Conclude the meeting"), submit=_("Conclude"),
        done=_("The meeting is concluded."), intro=intro,
    )  # fmt: skip


@door(Right.PREPARE_CASES)
@once
@require_POST
def finish(request: StaffRequest, pk: int) -> HttpResponse:
    """Carry out what the meeting decided on households that its concluder could not act on."""
    row = _found(request, pk)
    try:
        _say(request, concluding.finish(row, by=request.user))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect(tables.page_of(row))


@door(Right.PREPARE_CASES)
@once
def call_off(request: StaffRequest, pk: int) -> HttpResponse:
    """Call a meeting off."""
    row = _found(request, pk)
    form = forms.WhyForm(request.POST or None)
    return _act(
        request, form, lambda: calling.call_off(row, form.cleaned_data["reason"], by=request.user), row,
        title=_("Call the meeting off"), submit=_("Call the meeting off"),
        done=_("Called off: its households wait for another."),
        template=CONFIRM,
    )  # fmt: skip


@door(Right.VIEW_CASES)
@require_POST
def sheet_pdf(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Hand out the sheet for the meeting, with the code that opens the entry of votes."""
    return _paper(request, pk, paper.sheet)


@door(Right.VIEW_CASES)
@require_POST
def minutes_pdf(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Hand out the minutes."""
    return _paper(request, pk, paper.minutes)


def _paper(request: StaffRequest, pk: int, make: Callable[..., Opened]) -> HttpResponseBase:
    opened = make(_found(request, pk), by=request.user)
    return download(opened.pieces, name=opened.name, media_type=opened.media_type, size=opened.size)


def _act(
    request: StaffRequest, form: Any, run: Callable[[], Any], row: Evaluation, *, done: str, **page: Any
) -> HttpResponse:
    """Run what a form of a meeting asks for; its page again where it is refused."""
    then = tables.page_of(row)
    if form.is_valid() and (went := attempt(request, form, run, done=done, then=then)):
        return went
    return form_page(request, form, cancel=then, **page)


def _say(request: StaffRequest, made: Concluded) -> None:
    for code, sentence in made.refused:
        messages.error(request, said_of(code, sentence))
    counts = {
        "passed": len(made.passed) + len(made.assessed_passed),
        "failed": len(made.failed) + len(made.assessed_failed),
    }
    messages.info(request, _("Passed: %(passed)d. Not passed: %(failed)d.") % counts)


def _next_of(item: EvaluationItem) -> str:
    """Return where the entry goes on: the next household without votes, else the meeting."""
    ahead = item.evaluation.items.filter(result="", agree__isnull=True).order_by("pk").first()
    return reverse("cases:vote", args=[ahead.pk]) if ahead else tables.page_of(item.evaluation)


def _found(request: StaffRequest, pk: int) -> Evaluation:
    return get_visible_or_404(Evaluation.objects.select_related("area", "called_by"), request.user, pk=pk)


def _village(request: StaffRequest, code: str) -> Area:
    places = Area.objects.visible_to(request.user, Right.PREPARE_CASES)
    return get_visible_or_404(places, request.user, code=code, level=12)
