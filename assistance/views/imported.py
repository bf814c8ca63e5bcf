"""Pages of cases from before this platform: what is missing village by village, and doubles to answer."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from assistance.imported import doubles as answering
from assistance.imported import selectors, tables
from assistance.models import Case
from foundation.accounts.access import StaffRequest, door
from foundation.accounts.models import Area
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import prefixes
from foundation.accounts.selectors import breadcrumb
from foundation.desk import focus
from foundation.desk.acts import attempt, form_page
from foundation.desk.area_page import crumbs
from foundation.desk.fields import ReasonField
from foundation.desk.once import once
from foundation.desk.paged import page_of
from foundation.desk.tables import answer
from households.quality.selectors import DAYS_BACK, grouped

_PAGE, _SALT = 20, "imported.worklist"


class AnswerForm(forms.Form):
    """What becomes of a running case beside the old register."""

    answer = forms.ChoiceField(
        label=pgettext_lazy("imported", "What becomes of the two"),
        choices=answering.Answer.choices,
        widget=forms.RadioSelect,
    )
    reason = ReasonField(label=gettext_lazy("Reason"))


@door(Right.VIEW_CASES)
@require_GET
def imported(request: StaffRequest, code: str = "") -> HttpResponse:
    """Count what is missing below an area, or list it for one village."""
    area = _area(request, code)
    context = {
        "area": area,
        "crumbs": crumbs(breadcrumb(area), request.user),
        "cases": selectors.imported(request.user).filter(area__code__startswith=area.code).count(),
        "doubles": answering.to_answer(request.user).count(),
        "days": DAYS_BACK,
    }
    if area.level < Level.VILLAGE:
        context["areas"] = selectors.by_area(request.user, area)
        return render(request, "assistance/imported.html", context)
    page = page_of(
        request, selectors.lacking(request.user, area.code), ("code", "pk"), size=_PAGE, salt=_SALT
    )
    context |= {
        "groups": grouped(page.rows, selectors.waiting(request.user), request.user),
        "next_url": page.next_url,
        "previous_url": page.previous_url,
        "may_judge": selectors.may_correct(request.user, area.code),
    }
    return render(request, "assistance/imported_village.html", context)


@door(Right.VIEW_CASES)
@require_GET
def doubles(request: StaffRequest) -> HttpResponse:
    """List monitored households of the old register that have a running case here."""
    table = tables.doubles(may_answer=request.user.holds(Right.REVIEW_CASES))
    return answer(
        request, "assistance/imported_doubles.html", table.page(tables.rows_for(request.user), request)
    )


@door(Right.REVIEW_CASES)
@once
def double(request: StaffRequest, pk: int) -> HttpResponse:
    """Answer for one of them."""
    rows = answering.to_answer(request.user, Right.REVIEW_CASES).select_related("household")
    standing = get_object_or_404(rows, pk=pk)
    case = Case.objects.visible_to(request.user).running().filter(household=standing.household_id).first()
    if case is None:
        raise Http404(_("Nothing is left to answer here."))
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: answering.answer(standing, given["answer"], given["reason"], by=request.user),
            done=_("The answer is written down."),
            then=reverse("cases:imported_doubles"),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Household %(code)s has two cases") % {"code": standing.household.code},
        submit=_("Answer"),
        cancel=reverse("cases:imported_doubles"),
        intro=_(
            "The old register has it as a monitored object (%(kind)s); here case %(case)s runs: %(state)s."
        )
        % {"kind": standing.get_kind_display(), "case": case.number, "state": case.state_label},
    )


def _area(request: StaffRequest, code: str) -> Area:
    """Return the area that is asked for, the one looked at, or the first of one's own."""
    mine = Area.objects.visible_to(request.user, Right.VIEW_CASES)
    wanted = code or focus.current(request) or min(prefixes(request.user, Right.VIEW_CASES), default="")
    return get_object_or_404(mine, code=wanted)
