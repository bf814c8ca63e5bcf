"""Not enrolled: the township's refusal, the county's no; and a mistaken approval, taken back."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.deciding import refusing, undoing
from assistance.deciding.forms import WhyForm
from assistance.models import Case
from assistance.page import title_of
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, FORM, attempt, form_page
from foundation.desk.once import once


@door(Right.REVIEW_CASES)
@once
def refuse(request: StaffRequest, pk: int) -> HttpResponse:
    """End a case by the township's review."""
    return _ended(request, pk, _("Township review: not enrolled"), refusing.refuse)


@door(Right.DECIDE_CASES)
@once
def decline(request: StaffRequest, pk: int) -> HttpResponse:
    """End a case by the county's decision."""
    return _ended(request, pk, _("County decision: not enrolled"), refusing.decline)


@door(Right.DECIDE_CASES)
@once
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a mistaken approval back on its own day."""
    case = _found(request, pk)
    form = WhyForm(request.POST if request.method == "POST" else None)
    intro = _(
        "Only for a mistaken click: on the same day, by who approved it, before the announcement. The case waits for "
        "the decision again."
    )
    return _sent(
        request, case, form, _("Take the decision back"), intro, undoing.undo_approval, template=FORM
    )


def _ended(request: StaffRequest, pk: int, title: str, act: Callable[..., Case]) -> HttpResponse:
    case = _found(request, pk)
    form = WhyForm(request.POST if request.method == "POST" else None)
    intro = _(
        "The household hears the reason word for word in a letter, with how to ask for a second check. Write it in "
        "plain words, and name nobody's illness or number."
    )
    return _sent(request, case, form, title, intro, act, template=CONFIRM)


def _sent(
    request: StaffRequest,
    case: Case,
    form: WhyForm,
    title: str,
    intro: str,
    act: Callable[..., Case],
    *,
    template: str,
) -> HttpResponse:
    page = reverse("cases:case", args=[case.pk])
    by: User = request.user
    if form.is_valid():
        done = attempt(
            request, form, lambda: act(case, form.cleaned_data["reason"], by=by), done=_("Done."), then=page
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=f"{title} · {title_of(case)}",
        submit=title,
        cancel=page,
        intro=intro,
        template=template,
    )


def _found(request: StaffRequest, pk: int) -> Case:
    return get_visible_or_404(Case.objects.select_related("household", "area"), request.user, pk=pk)
