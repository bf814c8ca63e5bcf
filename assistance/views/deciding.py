"""Review, approval and announcement: the cases that wait, the paper that decides many, and what became of each."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from assistance.assessment import places
from assistance.deciding import batches, papers, tables
from assistance.deciding.files import FILES
from assistance.deciding.forms import ChoiceOfCases, PaperForm
from assistance.deciding.kinds import Kind, Rule
from assistance.models import Case, CaseBatch, Removal
from assistance.removal.selectors import waiting_for_paper
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk import exports
from foundation.desk.acts import attempt, form_page
from foundation.desk.file_lists import file_list
from foundation.desk.once import once
from foundation.desk.tables import answer
from foundation.desk.views.exports import wanted_from
from foundation.desk.views.jobs import context_for
from foundation.files.answers import download

_MOST_TICKED = 1_000


@door(Right.VIEW_CASES)
@require_GET
def waiting(request: StaffRequest, word: str) -> HttpResponse:
    """List the cases that wait for this decision of the reader."""
    rule = tables.rule_of(word)
    may = request.user.holds(rule.right)
    listed = tables.waiting(rule, form=tables.FORM if may else "")
    page = listed.page(tables.waiting_rows(rule, request.user), request)
    leaving = len(waiting_for_paper(rule.step, rule.right, request.user)) if may else 0
    return answer(request, "assistance/deciding/waiting.html", page, rule=rule, may=may, form_id=tables.FORM,
                  leaving=leaving, assessed=places.waiting_for(rule.kind, request.user) if may else [],
                  new_url=reverse(f"cases:{word}_new"), papers_url=reverse(f"cases:{word}_papers"))  # fmt: skip


@door(Right.REVIEW_CASES, Right.DECIDE_CASES)
@once
def new(request: StaffRequest, word: str) -> HttpResponse:
    """Ask for the paper of the chosen cases, then decide."""
    rule = tables.rule_of(word)
    back = reverse(f"cases:{word}")
    choice = ChoiceOfCases(_with_seen(request))
    removals = waiting_for_paper(rule.step, rule.right, request.user)
    wanted = _removals_wanted(request, removals)
    if not choice.is_valid() or not (choice.versions() is None or choice.versions() or wanted):
        messages.error(request, _("No case is chosen: tick some, or take the whole view."))
        return redirect(back)
    form = PaperForm(
        request.POST if request.POST.get("confirmed") else None,
        kind=rule.kind,
        removals=removals,
        initial=choice.cleaned_data | {"confirmed": True, "removals": wanted},
    )
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: batches.decide(
                rule.kind,
                _chosen(request, rule, choice),
                form.paper(),
                by=request.user,
                removals=form.removals(),
            ),
            done=_said,
            then=lambda made: reverse(f"cases:{word}_paper", args=[made.pk]),
        )
        if done:
            return done
    return _asked(request, form, rule, _count(request, rule, choice), back)


@door(Right.VIEW_CASES)
@require_GET
def made(request: StaffRequest, word: str) -> HttpResponse:
    """List the papers of this kind, the newest first."""
    rule = tables.rule_of(word)
    page = tables.papers(rule, request.user).page(tables.papers_of(rule, request.user), request)
    return answer(request, "assistance/deciding/papers.html", page, rule=rule, back=reverse(f"cases:{word}"))


@door(Right.VIEW_CASES)
@require_GET
def paper(request: StaffRequest, word: str, pk: int) -> HttpResponse:
    """Show one paper: its number and day, its files, how far it is, and what became of each case."""
    rule = tables.rule_of(word)
    row = get_visible_or_404(
        tables.counted(CaseBatch.objects.visible_to(request.user)), request.user, pk=pk, kind=rule.kind
    )
    rows = tables.items_of(row, request.user)
    page = tables.items(rule).page(rows, request)
    return answer(
        request, "assistance/deciding/paper.html", page, batch=row, rule=rule, work=_work(request, row, word),
        files=file_list(row, FILES, request.user),
        list_url=reverse(f"cases:{word}_papers"), may_print=row.done and request.user.holds(Right.VIEW_FINDINGS),
        print_url=reverse(f"cases:{word}_print", args=[row.pk]),
    )  # fmt: skip


@door(Right.VIEW_CASES)
@require_GET
def progress(request: StaffRequest, word: str, pk: int) -> HttpResponse:
    """Answer the live part of the page of a paper that is under way."""
    row = get_visible_or_404(CaseBatch.objects, request.user, pk=pk, kind=tables.rule_of(word).kind)
    work = _work(request, row, word)
    response = render(request, "desk/_job_progress.html", work) if work else HttpResponse()
    if not work or not work["job"].is_open:
        response.headers["HX-Refresh"] = "true"
    return response


@door(Right.VIEW_FINDINGS)
@require_POST
def print_paper(request: StaffRequest, word: str, pk: int) -> HttpResponseBase:
    """Hand out the list of a paper as PDF: of an announcement masked, one page for each village (F9)."""
    row = get_visible_or_404(
        CaseBatch.objects.select_related("area"), request.user, pk=pk, kind=tables.rule_of(word).kind
    )
    opened = papers.list_of(row, by=request.user)
    return download(opened.pieces, name=opened.name, media_type=opened.media_type, size=opened.size)


def _with_seen(request: StaffRequest) -> dict[str, str]:
    """Return what was sent, ticked cases with the versions that they have now: what the confirming page shows."""
    sent = request.POST if request.method == "POST" else request.GET
    given = {name: sent.get(name, "") for name in ("address", "everything", "seen")}
    ticked = [key for key in sent.getlist("row") if key.isdecimal()][:_MOST_TICKED]
    if ticked and not given["seen"]:
        rows = Case.objects.visible_to(request.user).filter(pk__in=ticked).order_by("pk")
        given["seen"] = ",".join(f"{key}:{version}" for key, version in rows.values_list("pk", "version"))
    return given


def _removals_wanted(request: StaffRequest, removals: Sequence[Removal]) -> list[str]:
    """Return the removals that were ticked or named in the address, as the form writes them: key and version."""
    sent = request.POST if request.method == "POST" else request.GET
    if sent.get("removal") == "all":
        return [f"{row.pk}:{row.version}" for row in removals]
    keys = {*sent.getlist("removal"), *(word.partition(":")[0] for word in sent.getlist("removals"))}
    return [f"{row.pk}:{row.version}" for row in removals if str(row.pk) in keys]


def _rows(request: StaffRequest, rule: Rule, choice: ChoiceOfCases) -> Any:
    """Return the cases that a choice means, as a query."""
    seen, address = choice.versions(), choice.cleaned_data["address"]
    if seen is not None:
        return Case.objects.visible_to(request.user).filter(pk__in=list(seen))
    if urlsplit(address).path != reverse(f"cases:{rule.word}"):
        raise Http404(_("This page is no list."))
    selection, _door = exports.selected(wanted_from(request, address), by=request.user)
    return selection.rows


def _chosen(request: StaffRequest, rule: Rule, choice: ChoiceOfCases) -> list[Case]:
    """Return the chosen cases, in the versions that the asker saw."""
    rows = _rows(request, rule, choice).order_by("pk").prefetch_related(None).select_related("household")
    return batches.versions_seen(list(rows[: batches.MOST + 1]), choice.versions() or {})


def _count(request: StaffRequest, rule: Rule, choice: ChoiceOfCases) -> int:
    found: int = _rows(request, rule, choice).order_by().count()
    return found


def _asked(request: StaffRequest, form: PaperForm, rule: Rule, count: int, back: str) -> HttpResponse:
    said = ngettext("%(count)d case is chosen.", "%(count)d cases are chosen.", count) % {"count": count}
    said = said if count or not form.fields.get("removals") else ""
    follows = {
        Kind.REVIEW: _(
            " What passes goes to the county; a case that cannot go on stays out with the reason."
        ),
        Kind.APPROVAL: _(
            " One number and one day for all; a case that cannot go on stays out with the reason."
        ),
        Kind.ANNOUNCEMENT: _(" From the day of the decision these households are monitored."),
    }[Kind(rule.kind)]
    later = _(" It is done in the background, and each one's result stands on its page.")
    return form_page(
        request,
        form,
        title=str(rule.title),
        submit=str(rule.act),
        cancel=back,
        intro=said + follows + (later if count > batches.AT_ONCE else ""),
        action=reverse(f"cases:{rule.word}_new"),
    )


def _said(batch: CaseBatch) -> str:
    if batch.job is not None:
        return _("The work has begun; this page shows how far it is.")
    left = batch.items.filter(result="left").count()
    done = batch.items.count() - left
    if left:
        return _("Decided: %(done)d. Stay out: %(left)d.") % {"done": done, "left": left}
    return ngettext("%(done)d case decided.", "%(done)d cases decided.", done) % {"done": done}


def _work(request: StaffRequest, row: CaseBatch, word: str) -> dict[str, Any] | None:
    """Return what the page shows of the job of a paper; nothing where it was done at once."""
    found = tables.job_of(row, request.user)
    if found is None:
        return None
    url = reverse(f"cases:{word}_progress", args=[row.pk])
    return context_for(found, request.user) | {"progress_url": url}
