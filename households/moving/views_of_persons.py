"""Pages of one person who goes to a household of another area: proposed by the giver, taken in by the receiver."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.once import once
from foundation.workflow.lifecycle import Move
from households.lineage.checking import members_of
from households.lineage.views import consequences
from households.models import Household, HouseholdMove
from households.moving import answering, persons
from households.moving.forms import PersonForm, TakeForm
from households.moving.telling import page_of

#: What a page that leads here fills in: what a department registered.
_BEGUN = ("kind", "member", "happened_on", "document")
_RUN = {"accept": answering.accept, "settle": answering.settle}


@door(Right.EDIT_HOUSEHOLDS)
@once
def propose_person(request: StaffRequest, pk: int) -> HttpResponse:
    """Propose that somebody of a household goes to one of another area; what follows is shown before it is written."""
    rows = Household.objects.visible_to(request.user, Right.EDIT_HOUSEHOLDS).select_related("area")
    home = get_visible_or_404(rows, request.user, pk=pk)
    begun = {name: request.GET[name] for name in _BEGUN if name in request.GET}
    form = PersonForm(request.POST or None, user=request.user, members=members_of(home), initial=begun)
    page = {
        "title": _("Somebody of %(code)s goes to a household of another area") % {"code": home.code},
        "cancel": reverse("households:family", args=[home.pk]),
    }
    if form.is_valid() and "back" not in request.POST:
        if request.POST.get("look"):
            try:
                row, told = persons.foresee(form.asked(), by=request.user)
            except Refused as refused:
                form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
            else:
                about = pgettext("move", "Until it is accepted")
                told.insert(0, persons.Consequence(about, _stays()))
                return consequences(
                    request,
                    told,
                    row.proposed_on,
                    submit=pgettext("move", "Propose"),
                    on_acceptance=True,
                    **page,
                )
        elif done := attempt(
            request, form, lambda: persons.propose(form.asked(), by=request.user), done=_waits(), then=page_of
        ):
            return done
    return form_page(
        request, form, submit=pgettext("lineage", "Look at what follows"),
        intro=_(
            "For who marries, is adopted or goes into a household for which another area answers. It sees the masked "
            "name, what happened, and the papers that you attach, and accepts or refuses."
        ),
        **page,
    )  # fmt: skip


def take(request: StaffRequest, row: HouseholdMove, step: Move) -> HttpResponse:
    """Accept a person into a household, or decide so above both areas: choose it, look at what follows, confirm."""
    form = TakeForm(
        request.POST or None, user=request.user, row=row, initial={"version": row.version},
        needed="reason" in step.needs,
    )  # fmt: skip
    page = {"title": f"{step.label} · {row.head}", "cancel": page_of(row)}
    if form.is_valid() and "back" not in request.POST:
        row.version = form.cleaned_data["version"]
        if request.POST.get("look"):
            try:
                plan = persons.planned(row, form.place(), by=request.user)
            except Refused as refused:
                form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
            else:
                told = persons.foretold(row, plan, request.user)
                return consequences(request, told, plan.on, submit=str(step.label), **page)
        elif done := attempt(
            request,
            form,
            lambda: _RUN[step.verb](row, form.cleaned_data["reason"], by=request.user, place=form.place()),
            done=_("“%(move)s”: done.") % {"move": step.label},
            then=page_of(row),
        ):
            return done
    return form_page(
        request, form, submit=pgettext("lineage", "Look at what follows"),
        intro=_("From now on the person is a member of this household, and your area answers for them."),
        **page,
    )  # fmt: skip


def _stays() -> str:
    return _("The person stays a member here, and you answer for them.")


def _waits() -> str:
    return _("Proposed: until the receiving area accepts, the person is a member here, and yours.")
