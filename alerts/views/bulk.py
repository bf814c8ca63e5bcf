"""Acts on many alerts: asking for one, what became of each, and taking it back."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from alerts.bulk import asking, tables
from alerts.bulk.acts import AT_ONE_PRESS, CAN_BE_UNDONE, Kind, may_ask
from alerts.bulk.asking import Asked
from alerts.bulk.forms import BulkForm, ChoiceForm
from alerts.bulk.tables import job_of
from alerts.models import Alert, BulkAct, BulkItem
from alerts.querysets import AlertQuerySet
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk import exports
from foundation.desk.acts import attempt, form_page
from foundation.desk.once import once
from foundation.desk.tables import answer
from foundation.desk.views.exports import wanted_from
from foundation.desk.views.jobs import context_for

Rows = tuple[AlertQuerySet, str]


@door(Right.DISPATCH_ALERTS, Right.REVIEW_VISITS)
@require_POST
@once
def bulk(request: StaffRequest) -> HttpResponse:
    """Ask what an act on the chosen alerts is given, then do it or let it be done."""
    choice = ChoiceForm(_with_seen(request))
    if not choice.is_valid() or not may_ask(choice.cleaned_data["act"], request.user):
        messages.error(request, _("Choose warnings and what is to be done with them."))
        return redirect("alerts:queue")
    rows, filters = _chosen(request, choice)
    seen, kind = choice.versions(), choice.cleaned_data["act"]
    if seen is not None and not seen:
        messages.error(request, _("No warning is chosen: tick some, or take the whole view."))
        return redirect(choice.cleaned_data["address"])
    form = BulkForm(
        _given(request, choice),
        kind=kind,
        user=request.user,
        initial=choice.cleaned_data | {"confirmed": True},
    )
    if form.is_valid():
        asked = Asked(kind, form.wanted(), form.cleaned_data.get("reason", ""), filters)
        done = attempt(
            request,
            form,
            lambda: asking.ask(rows, asked, by=request.user, seen=seen),
            done=_said,
            then=lambda made: _then(made, choice.cleaned_data["address"]),
        )
        if done:
            return done
    return _asked(request, form, rows, seen, kind)


@door(Right.VIEW_ALERTS)
@require_GET
def bulk_acts(request: StaffRequest) -> HttpResponse:
    """List the acts on many alerts of one's areas, the newest first."""
    rows = tables.counted(BulkAct.objects.visible_to(request.user))
    page = tables.acts(request.user).page(rows, request)
    return answer(request, "alerts/bulk_acts.html", page, may_rule=may_ask(Kind.SNOOZE, request.user))


@door(Right.VIEW_ALERTS)
@require_GET
def bulk_act(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one act: how far it is, and what became of each alert."""
    row = get_visible_or_404(BulkAct.objects.select_related("by", "undoes", "area"), request.user, pk=pk)
    items = BulkItem.objects.visible_to(request.user).filter(bulk=row)
    page = tables.items().page(items.select_related("alert__household", "alert__area"), request)
    counts = tables.counted(BulkAct.objects.visible_to(request.user)).get(pk=row.pk)
    undoing = BulkAct.objects.visible_to(request.user).filter(undoes=row).first()
    waiting = counts.named - counts.done - counts.refused
    may_undo = row.kind in CAN_BE_UNDONE and not row.undoes_id and not undoing and counts.done and not waiting
    return answer(
        request,
        "alerts/bulk_act.html",
        page,
        bulk=row,
        counts=counts,
        undoing=undoing,
        may_undo=bool(may_undo) and may_ask(row.kind, request.user),
        work=_work(request, row),
    )


@door(Right.VIEW_ALERTS)
@require_GET
def bulk_progress(request: StaffRequest, pk: int) -> HttpResponse:
    """Answer the live part of the page of an act that is under way."""
    row = get_visible_or_404(BulkAct.objects, request.user, pk=pk)
    work = _work(request, row)
    response = render(request, "desk/_job_progress.html", work) if work else HttpResponse()
    if not work or not work["job"].is_open:
        response.headers["HX-Refresh"] = "true"
    return response


@door(Right.DISPATCH_ALERTS, Right.REVIEW_VISITS)
@require_POST
@once
def bulk_undo(request: StaffRequest, pk: int) -> HttpResponse:
    """Take an act back on every alert on which nobody has gone on since."""
    row = get_visible_or_404(BulkAct.objects, request.user, pk=pk)
    form = ChoiceForm()
    done = attempt(
        request,
        form,
        lambda: asking.undo(row, by=request.user),
        done=_said,
        then=lambda made: reverse("alerts:bulk_act", args=[made.pk]),
    )
    if done:
        return done
    messages.error(request, " ".join(map(str, form.non_field_errors())))
    return redirect("alerts:bulk_act", pk=pk)


def _given(request: StaffRequest, choice: ChoiceForm) -> Any:
    """Return what the act is given: what was confirmed, or nothing more where ticked ones need no second press."""
    if request.POST.get("confirmed"):
        return request.POST
    one_press = choice.cleaned_data["act"] in AT_ONE_PRESS and not choice.cleaned_data["everything"]
    return choice.cleaned_data | {"confirmed": True} if one_press else None


def _with_seen(request: StaffRequest) -> dict[str, str]:
    """Return what was posted, ticked rows with the versions that they have now: what the confirming page shows."""
    given = {name: request.POST.get(name, "") for name in ("act", "address", "everything", "seen")}
    ticked = [key for key in request.POST.getlist("row") if key.isdecimal()][:1_000]
    if ticked and not given["seen"]:
        rows = Alert.objects.visible_to(request.user).filter(pk__in=ticked)
        given["seen"] = ",".join(f"{key}:{version}" for key, version in asking.versions_of(rows).items())
    return given


def _chosen(request: StaffRequest, choice: ChoiceForm) -> Rows:
    """Return the alerts that an act may be for, and how their view is called, without words that were typed."""
    address = choice.cleaned_data["address"]
    if not choice.cleaned_data["everything"]:
        return Alert.objects.visible_to(request.user), ""
    if urlsplit(address).path not in (reverse("alerts:queue"), reverse("alerts:all")):
        raise Http404(_("This page is no list."))
    selection, _door = exports.selected(wanted_from(request, address), by=request.user)
    nameless = {str(each.label) for each in selection.table.filters if each.may_be_kept}
    told = [
        f"{chip.label} {'≠' if chip.negated else '='} {chip.value if str(chip.label) in nameless else '…'}"
        for chip in selection.chips
    ]
    rows: AlertQuerySet = selection.rows  # type: ignore[assignment]
    return rows, "；".join(told)


def _asked(
    request: StaffRequest, form: BulkForm, rows: AlertQuerySet, seen: dict[int, int] | None, kind: str
) -> HttpResponse:
    count = len(seen) if seen is not None else rows.order_by()[: asking.MOST + 1].count()
    said = ngettext("%(count)s warning is chosen.", "%(count)s warnings are chosen.", count) % {
        "count": f"{asking.MOST:,}+" if count > asking.MOST else f"{count:,}"
    }
    later = _(" It is done in the background, and each one's result stands on its page.")
    label = str(Kind(kind).label)
    return form_page(
        request,
        form,
        title=label,
        submit=label,
        cancel=form.initial["address"],
        intro=said + (later if count > asking.AT_ONCE else ""),
        template="alerts/bulk_ask.html",
    )


def _said(made: BulkAct) -> str:
    if made.job is not None:
        return _("The work has begun; this page shows how far it is.")
    refused = made.items.filter(result=BulkItem.Result.REFUSED).count()
    done = made.items.count() - refused
    if refused:
        return _("“%(act)s”: %(done)d done, %(refused)d not done.") % {
            "act": made.label, "done": done, "refused": refused,
        }  # fmt: skip
    return ngettext("“%(act)s”: %(done)d warning done.", "“%(act)s”: %(done)d warnings done.", done) % {
        "act": made.label,
        "done": done,
    }


def _then(made: BulkAct, address: str) -> str:
    """Lead back to the view where everything is done already; to the page of the act where there is more to see."""
    if made.job is None and not made.items.filter(result=BulkItem.Result.REFUSED).exists():
        return address
    return reverse("alerts:bulk_act", args=[made.pk])


def _work(request: StaffRequest, row: BulkAct) -> dict[str, Any] | None:
    """Return what the page shows of the job of an act; nothing where it was done at once."""
    if row.job is None:
        return None
    found = job_of(row, request.user)
    if found is None:
        return None
    url = reverse("alerts:bulk_progress", args=[row.pk])
    return context_for(found, request.user) | {"progress_url": url}
