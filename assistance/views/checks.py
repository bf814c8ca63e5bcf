"""Asset checks: asked for, shown by what the reader may see, verified, printed; and the list of them."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from assistance.checks import looking, printing, tables, whys
from assistance.checks.forms import VerifyForm
from assistance.checks.panel import may_run
from assistance.checks.running import STEP, members_of, run, to_ask
from assistance.checks.verifying import verify
from assistance.models import AssetCheck, AssetHit, Case
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.once import once
from foundation.desk.tables import answer
from foundation.files.answers import download
from foundation.regulations.units import in_language
from households.openings import record_opening


@door(Right.VIEW_CASES)
@require_GET
def checks(request: StaffRequest) -> HttpResponse:
    """List the asset checks of one's areas, the newest first."""
    page = tables.table().page(tables.rows_for(request.user), request)
    return answer(request, "assistance/checks/checks.html", page)


@door(Right.VIEW_CASES)
@require_GET
def check(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what a check brought: kind and band to the village, detail to the township; the look is on record."""
    row = _found(request, pk)
    record_opening(row.case.household, by=request.user, through="asset_check")
    context = {
        "check": row,
        "name": looking.check_name(row.area_code),
        "badge": tables.badge(row),
        "shown": looking.shown(row, request.user),
        "not_asked": whys.told(row),
        "kinds": [in_language(each["zh"], each["en"]) for each in row.kinds],
        "may_verify": row.is_done and STEP in row.case.waits_for and may_run(row.case, request.user),
        "may_run": STEP in row.case.waits_for and may_run(row.case, request.user),
    }
    return render(request, "assistance/checks/check.html", context)


@door(Right.PREPARE_CASES)
@once
def check_run(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask the departments' data about the members of a case, now."""
    rows = Case.objects.visible_to(request.user, Right.PREPARE_CASES)
    case = get_visible_or_404(rows.select_related("household"), request.user, pk=pk)
    back = reverse("cases:case", args=[case.pk])
    if request.method == "POST":
        try:
            made = run(case, by=request.user)
        except Refused as refused:
            messages.error(request, refused.sentence)
            return redirect(back)
        _tell(request, made)
        return redirect("cases:check", made.pk)
    context = {
        "case": case,
        "name": looking.check_name(case.area_id),
        "people": len(members_of(case)),
        "kinds": [in_language(each["zh"], each["en"]) for each in to_ask(case)],
        "waits": STEP in case.waits_for,
        "cancel": back,
    }
    return render(request, "assistance/checks/run.html", context)


@door(Right.PREPARE_CASES)
@once
def hit_verify(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down what verifying a hit came to; the last one completes the step."""
    rows = AssetHit.objects.visible_to(request.user, Right.PREPARE_CASES)
    related = rows.select_related("asset_check__case__household", "asset_check__authorisation")
    hit = get_visible_or_404(related, request.user, pk=pk)
    made = hit.asset_check
    form = VerifyForm(request.POST or None, hit=hit)
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: verify(hit, given["verdict"], given["note"], by=request.user),
            done=_("Written down."),
            then=tables.page_of(made),
        )
        if done:
            return done
    kind = looking.kind_names(made).get(hit.kind, hit.kind)
    return form_page(
        request,
        form,
        title=_("Verify: %(kind)s") % {"kind": kind},
        submit=_("Write down"),
        cancel=tables.page_of(made),
        intro=" · ".join([*looking.words_of(hit.band), _("A hit is a flag to verify, never a refusal.")]),
    )


@door(Right.VIEW_CASES)
@require_POST
def check_pdf(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Hand out the result sheet (F5) as PDF."""
    opened = printing.printed(_found(request, pk), by=request.user)
    return download(opened.pieces, name=opened.name, media_type=opened.media_type, size=opened.size)


def _tell(request: StaffRequest, made: AssetCheck) -> None:
    if made.stopped:
        messages.error(
            request, _("Stopped: the authorisation ended meanwhile. Nothing that was read was kept.")
        )
        return
    count = made.hits.count()
    said = ngettext("Done: %(count)d hit to verify.", "Done: %(count)d hits to verify.", count)
    messages.success(request, said % {"count": count} if count else _("Done: no hit in what was answered."))


def _found(request: StaffRequest, pk: int) -> AssetCheck:
    rows = AssetCheck.objects.select_related("case__household", "case__area", "authorisation", "by")
    return get_visible_or_404(rows, request.user, pk=pk)
