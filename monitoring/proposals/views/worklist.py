"""The worklist: household by household what departments say otherwise, and deciding on several at once."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.accounts.access import StaffRequest, door
from foundation.accounts.models import Area
from foundation.accounts.roles import Right
from foundation.desk import focus
from foundation.desk.once import once
from foundation.desk.paged import page_of
from foundation.desk.punctuation import said_of
from foundation.workflow.move import Result
from monitoring.models import RegisterProposal
from monitoring.proposals import deciding, selectors
from monitoring.proposals.forms import DecideForm
from monitoring.proposals.groups import grouped
from monitoring.proposals.wording import Words

PAGE_SIZE = 50
_ORDER = ("area_id", "household_id", "pk")
_SALT = "proposals.worklist"


@door(Right.VIEW_HOUSEHOLDS)
@require_GET
def worklist(request: StaffRequest) -> HttpResponse:
    """Show what waits in one's areas; `?area=`, `?field=` and `?dataset=` narrow."""
    waiting = focus.narrow(selectors.proposals_for(request.user).waiting(), request)
    area = _area(request)
    if area is not None:
        waiting = waiting.filter(area__code__startswith=area.code)
    fields, datasets = selectors.counts_by_field(waiting), selectors.datasets_in(waiting)
    chosen = {"field": {code for code, _name, _count in fields}, "dataset": {each.pk for each in datasets}}
    filters = {name: request.GET.get(name, "") for name in chosen}
    filters = {name: value for name, value in filters.items() if value in chosen[name]}
    context = {
        "area": area,
        "fields": fields,
        "datasets": datasets,
        "chosen": filters,
        "total": sum(count for _code, _name, count in fields),
        "may_decide": request.user.holds(Right.EDIT_HOUSEHOLDS),
        "form": DecideForm(),
        "here": request.get_full_path(),
        **_page(request, waiting.filter(**filters)),
    }
    return render(request, "monitoring/proposals/worklist.html", context)


@door(Right.EDIT_HOUSEHOLDS)
@require_POST
@once
def decide(request: StaffRequest) -> HttpResponse:
    """Take or refuse the marked proposals, each on its own, and say what became of each."""
    form, back = DecideForm(request.POST), _back(request)
    rows = selectors.chosen(request.user, request.POST.getlist("proposal")[:PAGE_SIZE])
    if not form.is_valid():
        messages.error(request, _("Choose what to do with the marked changes."))
    elif not rows:
        messages.error(request, _("Mark the changes that you decide on first."))
    elif form.cleaned_data["act"] == DecideForm.TAKE:
        _tell(
            request, rows, deciding.take_many(rows, by=request.user), _("Taken into the register: %(count)d.")
        )
    else:
        results = deciding.refuse_many(rows, by=request.user, reason=form.cleaned_data["reason"])
        _tell(request, rows, results, _("Left as the register says: %(count)d."))
    return redirect(back)


def _tell(request: StaffRequest, rows: list[RegisterProposal], results: list[Result], done: str) -> None:
    """Say how many went, and of each of the others why not."""
    words, by_key = Words(), {row.pk: row for row in rows}
    if count := sum(result.moved for result in results):
        messages.success(request, done % {"count": count})
    for result in results:
        if result.refusal is not None:
            row = by_key[result.key]
            about = " · ".join(
                filter(None, (row.household.code, words.who(row), str(row.get_field_display())))
            )
            messages.warning(request, said_of(about, result.refusal.sentence))


def _back(request: StaffRequest) -> str:
    """Return where the person came from: a page of this platform, else the worklist."""
    asked = request.POST.get("back", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return reverse("proposals:list")


def _area(request: StaffRequest) -> Area | None:
    code = request.GET.get("area", "").strip()[:15].replace("\x00", "")
    return Area.objects.visible_to(request.user).filter(pk=code).first() if code else None


def _page(request: StaffRequest, rows: QuerySet[Any]) -> dict[str, Any]:
    """Return one page of proposals in words, and the ways to the pages beside it."""
    page = page_of(request, rows, _ORDER, size=PAGE_SIZE, salt=_SALT)
    told = Words().told(page.rows)
    groups = grouped(told, request.user)
    return {
        "groups": groups,
        "told": told,
        "may_mark": any(not each.is_event for each in told),
        "next_url": page.next_url,
        "previous_url": page.previous_url,
    }
