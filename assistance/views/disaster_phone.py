"""The list of a disaster on the phone: tick households, press what is true of them; and help for one case alone."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from assistance.disasters import acts, selectors, tables
from assistance.disasters.forms import HelpForm
from assistance.disasters.guarding import Done
from assistance.fast_track import helping
from assistance.fast_track.papers import name_of
from assistance.models import Case, Disaster, DisasterHousehold, FirstHelp
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.once import once
from foundation.desk.punctuation import said_of
from foundation.desk.tables import answer

_AT_ONCE = 100
#: What a person goes through on the phone: parameter → its words.
SHOWN = {
    "": pgettext_lazy("disaster list", "All"),
    "unsafe": pgettext_lazy("disaster list", "Not known to be safe"),
    "unhelped": pgettext_lazy("disaster list", "Not helped yet"),
    "caseless": pgettext_lazy("disaster list", "Without a case"),
    "left": pgettext_lazy("disaster list", "Off the list"),
}


@door(Right.PREPARE_CASES, Right.REVIEW_CASES)
@once
def phone(request: StaffRequest, pk: int) -> HttpResponse:
    """Go through the list household by household, or many at once."""
    row = get_visible_or_404(Disaster.objects.select_related("area"), request.user, pk=pk)
    shown = request.GET.get("shown", "") if request.GET.get("shown", "") in SHOWN else ""
    form = HelpForm(request.POST if request.POST.get("act") == "help" else None, area=row.area_id)
    ticked = [int(key) for key in request.POST.getlist("row") if key.isdecimal()]
    if request.POST.get("everything"):
        ticked = list(_rows(row, request, shown).values_list("pk", flat=True))
    if request.method == "POST" and _record(request, row, form, ticked):
        return redirect(f"{reverse('cases:disaster_phone', args=[row.pk])}?{request.GET.urlencode()}")
    page = Paginator(_rows(row, request, shown), _AT_ONCE).get_page(request.GET.get("page"))
    names = dict(selectors.kinds_of(helping.KINDS, row.area_id))
    context = {
        "disaster": row,
        "page": page,
        "lines": [(each, tables.harm_badge(each), tables.helped_words(each, names)) for each in page],
        "shown": shown,
        "choices": list(SHOWN.items()),
        "offered": acts.offered(row, request.user, left=shown == "left"),
        "form": form,
        "ticked": ticked,
        "reason": request.POST.get("reason", ""),
        "may_record": request.user.holds(Right.PREPARE_CASES),
        "everything": bool(request.POST.get("everything")),
    }
    return render(request, "assistance/disaster_phone.html", context)


@door(Right.VIEW_CASES)
@require_GET
def papers(request: StaffRequest) -> HttpResponse:
    """List the cases that owe papers since help came first."""
    table, rows = tables.papers_owed(request.user)
    return answer(request, "assistance/papers_owed.html", table.page(rows, request))


@door(Right.PREPARE_CASES)
@once
def help_case(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down help that came before the procedure of one case is over."""
    case = get_visible_or_404(Case.objects.select_related("household"), request.user, pk=pk)
    form = HelpForm(request.POST or None, area=case.area_id)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            request,
            form,
            lambda: helping.help_first(case, form.help(), by=request.user),
            done=_said_due,
            then=reverse("cases:case", args=[case.pk]),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=name_of(case.area_id),
        submit=_("Write down"),
        cancel=reverse("cases:case", args=[case.pk]),
        intro=_(
            "Help that cannot wait comes first; from its day on the papers of this case have a day of their own."
        ),
    )


def _said_due(made: FirstHelp) -> str:
    due = made.case.papers_due_on if made.case else None
    if due is None:
        return _("The help is written down.")
    return _("The help is written down. The papers are owed until %(day)s.") % {"day": due}


def _rows(row: Disaster, request: StaffRequest, shown: str) -> QuerySet[DisasterHousehold]:
    rows = selectors.rows_of(row, request.user).filter(left_on__isnull=shown != "left")
    narrowed = {
        "unsafe": {"safe_on__isnull": True}, "unhelped": {"helps__isnull": True}, "caseless": {"case__isnull": True},
    }  # fmt: skip
    return rows.filter(**narrowed.get(shown, {})).order_by("household__area_id", "household__code", "pk")


def _record(request: StaffRequest, row: Disaster, form: HelpForm, ticked: list[int]) -> bool:
    """Do what was pressed and say what came of it; False where the page is shown again with what was typed."""
    act = request.POST.get("act", "")
    if act == "help" and not form.is_valid():
        return False
    try:
        if act == "help":
            done = helping.help_listed(row, ticked, form.help(), by=request.user)
        else:
            done = acts.do(row, act, ticked, request.POST.get("reason", ""), by=request.user)
    except Refused as refused:
        if act == "help":
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            messages.error(request, refused.sentence)
        return False
    _say(request, done)
    return True


def _say(request: StaffRequest, done: Done) -> None:
    if done.count:
        messages.success(request, _("Written down for %(count)d households.") % {"count": done.count})
    for code, sentence in list(done.refused.items())[:10]:
        messages.error(request, said_of(code, sentence))
    if len(done.refused) > 10:
        messages.error(request, _("And %(count)d more.") % {"count": len(done.refused) - 10})
