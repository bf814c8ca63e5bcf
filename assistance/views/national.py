"""The list for the national system, and what its exports say otherwise."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from assistance.models import ComparedExport, Difference
from assistance.national import deciding, exporting, tables, ticking
from assistance.national.changes import lines
from assistance.national.exporting import words_of
from assistance.national.job_kind import EXPORT
from assistance.views.board import area_of
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import Area
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import prefixes, within
from foundation.desk import focus
from foundation.desk.acts import attempt, form_page
from foundation.desk.fields import ReasonField
from foundation.desk.imports import hand_in
from foundation.desk.once import once
from foundation.desk.tables import answer
from foundation.desk.views.imports import FileForm
from foundation.files.answers import download

#: A number with so many digits is no key.
_TOO_LONG = 18


class TakeOutForm(forms.Form):
    """Which households go into the workbook; numbers in full are offered to who may reveal them."""

    everything = forms.BooleanField(
        label=gettext_lazy("All households, not only those to be entered or changed"), required=False
    )
    in_full = forms.BooleanField(
        label=gettext_lazy("With ID numbers in full"),
        required=False,
        help_text=gettext_lazy("Otherwise they are masked. Your own and your kin's households stay masked."),
    )
    reason = ReasonField(
        required=False, help_text=gettext_lazy("Needed for numbers in full; it stays in the record.")
    )

    def __init__(self, *args: object, may_reveal: bool, **options: object) -> None:
        """Leave out what this person may not have."""
        super().__init__(*args, **options)  # type: ignore[arg-type]
        if not may_reveal:
            del self.fields["in_full"], self.fields["reason"]

    def wanted(self) -> exporting.Wanted:
        """Return what was asked for."""
        said = self.cleaned_data
        return exporting.Wanted(said["everything"], said.get("in_full", False), said.get("reason", ""))


@door(Right.VIEW_CASES)
@require_GET
def overview(request: StaffRequest) -> HttpResponseBase:
    """Show the list of the area looked at; of a county its townships and villages to choose from."""
    own = prefixes(request.user, Right.VIEW_CASES)
    code = focus.current(request) or min(own)
    return redirect("cases:national_of", code=code)


@door(Right.VIEW_CASES)
@require_GET
def national(request: StaffRequest, code: str) -> HttpResponse:
    """Show what must be entered or changed in the national system for a village or a township."""
    area = area_of(request, code)
    context = {"area": area, "exports": _exports(request, area)[:5], "may_prepare": _may(request, area)}
    if area.level < Level.TOWNSHIP:
        below = Area.objects.visible_to(request.user, Right.VIEW_CASES).living()
        places = below.filter(within("code", [area.code]), level=Level.TOWNSHIP).order_by("code")
        context["may_hand_back"] = area.level == Level.COUNTY and request.user.holds(
            Right.REVEAL_NUMBERS, area.code
        )
        return render(request, "assistance/national_places.html", {**context, "places": places})
    found = list(lines(request.user, area.code))
    told = [(line, words_of(line)) for line in found if line.is_to_do]
    counts = {
        state: sum(line.state == state for line in found) for state in ("new", "changed", "there", "presumed")
    }
    done = [line for line in found if line.entry is not None and not line.is_to_do]
    return render(
        request, "assistance/national.html", {**context, "lines": told, "counts": counts, "done": done}
    )


@door(Right.PREPARE_CASES)
@require_POST
@once
def tick(request: StaffRequest, code: str) -> HttpResponse:
    """Tick off what was entered; or take what came from there as it stands."""
    area = area_of(request, code)
    chosen = _keys(request, "household")
    try:
        if "take_over" in request.POST:
            count = ticking.take_over(area.code, by=request.user)
        else:
            count = ticking.tick(area.code, chosen, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        said = ngettext("%(count)d household is ticked off.", "%(count)d households are ticked off.", count)
        messages.success(request, said % {"count": count})
    return redirect("cases:national_of", code=area.code)


@door(Right.VIEW_CASES)
@once
def take_out(request: StaffRequest, code: str) -> HttpResponseBase:
    """Hand the list out as a workbook in the column order of the national system."""
    area = area_of(request, code)
    may_reveal = request.user.holds(Right.REVEAL_NUMBERS, area.code)
    form = TakeOutForm(request.POST if request.method == "POST" else None, may_reveal=may_reveal)
    if form.is_valid():
        try:
            made = exporting.take_out(area, form.wanted(), by=request.user)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            return download(made.pieces, name=made.name, media_type=made.media_type, size=made.size)
    return form_page(
        request,
        form,
        title=_("Take out the list for the national system: %(area)s") % {"area": area.name},
        submit=_("Take out"),
        cancel=reverse("cases:national_of", args=[area.code]),
        intro=_("Two sheets, households and people, with the columns in the order of the national system."),
    )


@door(Right.PREPARE_CASES)
@once
def hand_in_export(request: StaffRequest) -> HttpResponse:
    """Take an export of the national system in; a job compares it."""
    form = FileForm(request.POST or None, request.FILES or None, accept=".xlsx,.xls,.csv,.tsv,.txt,.zip")
    if request.method == "POST" and form.is_valid():
        found = attempt(
            request,
            form,
            lambda: hand_in(form.cleaned_data["file"].file, EXPORT.code, by=request.user),
            done=_("The file is safe here; its comparison goes on even if you close this page."),
            then=lambda job: reverse("desk:job", args=[job.uuid]),
        )
        if found:
            return found
    return form_page(
        request,
        form,
        title=_("Compare with an export of the national system"),
        submit=_("Compare"),
        cancel=reverse("cases:national"),
        intro=_(
            "One row per person, as the list of monitored objects is exported there. Nothing is changed by it: you see "
            "what stands only there, only here, or differs, and decide line by line."
        ),
    )


@door(Right.VIEW_CASES)
def compared(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the differences to one export, and decide on those that are ticked."""
    export = get_visible_or_404(ComparedExport.objects.select_related("area", "made_by"), request.user, pk=pk)
    if request.method == "POST":
        return _decide(request, export)
    rows = (
        Difference.objects.visible_to(request.user)
        .filter(export=export)
        .select_related("household", "decided_by")
    )
    page = tables.differences().page(rows, request)
    context = {
        "export": export,
        "decisions": Difference.Decision.choices,
        "may_prepare": _may(request, export.area),
    }
    return answer(request, "assistance/compared.html", page, **context)


def _decide(request: StaffRequest, export: ComparedExport) -> HttpResponse:
    chosen = _keys(request, "row")
    said, note = request.POST.get("decision", ""), request.POST.get("note", "")
    try:
        count = deciding.decide(export, chosen, said, note, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        words = ngettext("%(count)d difference is decided.", "%(count)d differences are decided.", count)
        messages.success(request, words % {"count": count})
    return redirect(request.get_full_path())


def _keys(request: StaffRequest, name: str) -> list[int]:
    """Return the ticked keys; what is no key of a row is passed over."""
    return [int(key) for key in request.POST.getlist(name) if key.isdecimal() and len(key) < _TOO_LONG]


def _exports(request: StaffRequest, area: Area) -> list[ComparedExport]:
    rows = ComparedExport.objects.visible_to(request.user).filter(within("area__code", [area.code]))
    return list(rows.select_related("area")[:5])


def _may(request: StaffRequest, area: Area) -> bool:
    return request.user.holds(Right.PREPARE_CASES, area.code)
