"""Pages of disasters: the list, one event with its counts, and what puts households onto it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assistance.disasters import keeping, listing, opening, reading, selectors, tables
from assistance.disasters.forms import DisasterForm, ListForm, VillagesForm
from assistance.disasters.listing import Found, Listed
from assistance.fast_track.papers import name_of
from assistance.models import Disaster
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.once import once
from foundation.desk.punctuation import said_of
from foundation.desk.tables import answer


@door(Right.VIEW_CASES)
@require_GET
def disasters(request: StaffRequest) -> HttpResponse:
    """List the disasters of one's areas."""
    page = tables.disasters().page(tables.rows_for(request.user), request)
    may_enter = request.user.holds(Right.REVIEW_CASES)
    return answer(request, "assistance/disasters.html", page, may_enter=may_enter)


@door(Right.REVIEW_CASES)
@once
def new(request: StaffRequest) -> HttpResponse:
    """Enter a disaster."""
    form = DisasterForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            request,
            form,
            lambda: keeping.open_disaster(form.struck(), by=request.user),
            done=_("The disaster is entered. Now put its households onto the list."),
            then=lambda made: reverse("cases:disaster", args=[made.pk]),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Enter a disaster"),
        submit=_("Enter"),
        cancel=reverse("cases:disasters"),
        intro=_("Many households hit at once are worked on as one event: help first, the papers later."),
    )


@door(Right.VIEW_CASES)
@require_GET
def disaster(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one event: its counts, and its households."""
    row = get_visible_or_404(Disaster.objects.select_related("area"), request.user, pk=pk)
    rows = selectors.rows_of(row, request.user)
    if not request.GET.get("left"):
        rows = rows.living()
    page = tables.households(row).page(rows, request)
    user = request.user
    may_list = user.holds(Right.REVIEW_CASES, row.area_id)
    return answer(
        request,
        "assistance/disaster.html",
        page,
        disaster=row,
        kind=dict(selectors.kinds_of(keeping.KINDS, row.area_id)).get(row.kind, row.kind),
        counts=selectors.counts_of(row, user),
        fast_track=name_of(row.area_id),
        may_list=may_list,
        may_record=user.holds(Right.PREPARE_CASES) or user.holds(Right.REVIEW_CASES),
        to_open=selectors.without_case(row, user).count() if may_list else 0,
    )


@door(Right.REVIEW_CASES)
@once
def take_list(request: StaffRequest, pk: int) -> HttpResponse:
    """Put the households of an emergency list onto the event."""
    row = get_visible_or_404(Disaster.objects, request.user, pk=pk)
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            request,
            form,
            lambda: _taken(request, row, form),
            done=_told,
            then=lambda _listed: reverse("cases:disaster", args=[row.pk]),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Take in an emergency list"),
        submit=_("Put onto the list"),
        cancel=reverse("cases:disaster", args=[row.pk]),
        intro=_(
            "A file names a column 户编号 or 身份证号, and 房屋损坏 where it has one. Handing the same list in again "
            "changes nothing."
        ),
    )


@door(Right.REVIEW_CASES)
@once
def take_villages(request: StaffRequest, pk: int) -> HttpResponse:
    """Put every household of villages onto the event."""
    row = get_visible_or_404(Disaster.objects, request.user, pk=pk)
    form = VillagesForm(request.POST or None, disaster=row, user=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: listing.add_villages(row, given["villages"], given["harm"], by=request.user),
            done=_told,
            then=lambda _listed: reverse("cases:disaster", args=[row.pk]),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Take whole villages"),
        submit=_("Put onto the list"),
        cancel=reverse("cases:disaster", args=[row.pk]),
        intro=_(
            "Every household of the villages comes onto the list; who is unharmed leaves it with one press."
        ),
    )


@door(Right.REVIEW_CASES)
@require_POST
@once
def open_heavy(request: StaffRequest, pk: int) -> HttpResponse:
    """Open the cases of every heavily harmed household that has none."""
    row = get_visible_or_404(Disaster.objects, request.user, pk=pk)
    keys = list(selectors.without_case(row, request.user).values_list("pk", flat=True))
    try:
        done = opening.open_cases(row, keys, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Cases opened: %(count)d.") % {"count": done.count})
        for code, sentence in list(done.refused.items())[:10]:
            messages.warning(request, said_of(code, sentence))
    return redirect("cases:disaster", pk=row.pk)


def _taken(request: StaffRequest, row: Disaster, form: ListForm) -> Listed:
    """Read what was handed in and put it onto the list; says which lines name nobody."""
    given = form.cleaned_data
    file = given.get("file")
    if file:
        read = reading.read_file(file.file, given["harm"], by=request.user)
    else:
        read = reading.read_text(given["text"], given["harm"], by=request.user)
    if not read.harms:
        raise Refused(
            _("None of the lines names a household of your areas."), field="file" if file else "text"
        )
    listed = listing.add_households(row, read.harms, Found.LIST, by=request.user)
    if read.unknown:
        some = "、".join(str(line) for line in read.unknown[:20])
        messages.warning(
            request,
            _("Lines that name no household of your areas: %(count)d (line %(lines)s).")
            % {"count": len(read.unknown), "lines": some + ("…" if len(read.unknown) > 20 else "")},
        )
    return listed


def _told(listed: Listed) -> str:
    words = _("New on the list: %(added)d. There already: %(known)d, hit harder now: %(raised)d.") % {
        "added": listed.added, "known": listed.known, "raised": listed.raised,
    }  # fmt: skip
    if listed.outside:
        words += " " + _("Outside the place of this disaster: %(count)d.") % {"count": listed.outside}
    return words
