"""The exchange with civil affairs: lists that were compared, their differences, and ours taken out."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from assistance.models import RosterComparison, RosterDifference
from assistance.roster import exporting, job_kind, settling, tables
from assistance.roster.forms import HandInForm, TakeOutForm
from assistance.roster.rights import may_hand_in
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import Area
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.once import once
from foundation.desk.tables import answer
from foundation.files.answers import download

#: A number with so many digits is no key.
_TOO_LONG = 18


@door(Right.VIEW_CASES, Right.ANSWER_MEASURES)
@require_GET
def rosters(request: StaffRequest) -> HttpResponse:
    """List the compared lists of one's areas, each with what waits in it."""
    table, rows = tables.comparisons(request.user)
    context = {
        "may_hand_in": bool(may_hand_in(request.user)),
        "may_take_out": request.user.holds(Right.REVEAL_NUMBERS),
    }
    return answer(request, "assistance/roster/list.html", table.page(rows, request), **context)


@door(Right.VIEW_CASES, Right.ANSWER_MEASURES)
def roster(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the differences to one list, and settle those that are ticked."""
    rows = RosterComparison.objects.select_related("area", "made_by")
    found = get_visible_or_404(rows, request.user, pk=pk)
    if request.method == "POST":
        return _settle(request, found)
    own = RosterDifference.objects.visible_to(request.user).filter(comparison=found)
    may = bool(may_hand_in(request.user))
    page = tables.differences(request.user, "settle" if may else "").page(
        own.select_related("household__area", "settled_by"), request
    )
    context = {
        "row": found,
        "waiting": own.unsettled().count(),
        "all": own.count(),
        "outcomes": RosterDifference.Outcome.choices,
        "may_settle": may,
    }
    return answer(request, "assistance/roster/page.html", page, **context)


@door(Right.REVIEW_CASES, Right.ANSWER_MEASURES)
@once
def hand_in(request: StaffRequest) -> HttpResponse:
    """Take a list of civil affairs in; a job compares it."""
    form = HandInForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: job_kind.hand_in(said["file"].file, said["area"], said["as_of"], by=request.user),
            done=_("The file is safe here; its comparison goes on even if you close this page."),
            then=lambda job: reverse("desk:job", args=[job.uuid]),
        )
        if done:
            return done
    return form_page(
        request, form, title=_("Compare with a list of civil affairs"), submit=_("Compare"),
        cancel=reverse("cases:rosters"),
        intro=_("One row per person, with 身份证号, 姓名 and 救助类别 (低保, 特困, 低保边缘, 刚性支出困难). "
                "Nothing is changed by it: every difference waits until somebody settles it."),
    )  # fmt: skip


@door(Right.REVEAL_NUMBERS)
@once
def take_out(request: StaffRequest) -> HttpResponseBase:
    """Hand our list out: who is monitored, and what assessments came to."""
    form = TakeOutForm(request.POST or None, user=request.user)
    if form.is_valid():
        area = get_visible_or_404(
            Area.objects.visible_to(request.user, Right.REVEAL_NUMBERS), request.user, code=form.cleaned_data["area"]
        )  # fmt: skip
        try:
            made = exporting.take_out(area, form.cleaned_data["purpose"], by=request.user)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            return download(made.pieces, name=made.name, media_type=made.media_type, size=made.size)
    return form_page(
        request, form, title=_("Take our list out for civil affairs"), submit=_("Take out"),
        cancel=reverse("cases:rosters"),
        intro=_("Members of monitored and assessed households with ID number, category and result. It is marked with "
                "your name and the time, and stands in the record."),
    )  # fmt: skip


def _settle(request: StaffRequest, found: RosterComparison) -> HttpResponse:
    keys = [int(key) for key in request.POST.getlist("row") if key.isdecimal() and len(key) < _TOO_LONG]
    said, reason = request.POST.get("outcome", ""), request.POST.get("reason", "")
    try:
        count = settling.settle(found, keys, said, reason, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        words = ngettext("%(count)d difference is settled.", "%(count)d differences are settled.", count)
        messages.success(request, words % {"count": count})
    return redirect(request.get_full_path())
