"""One person in two households: both sides as far as the reader may see them, and what is decided."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.once import once
from households.lineage.views import consequences
from households.models import Duplicate, Household, PairDecision
from households.pairs import deciding
from households.pairs.effects import other_home
from households.pairs.forms import DecideForm, WhyForm
from households.pairs.lifecycle import PAIR
from households.pairs.selectors import happened, left_by_itself, numbers_to_correct, sides_of
from households.pairs.sides import is_late, is_overdue
from households.pairs.telling import page_of
from households.pairs.wording import back, foretold, name_of, why_not_back

#: What the pages offer.
VERBS = ("decide", "pass_up", "undo")


@door(Right.VIEW_HOUSEHOLDS)
@require_GET
def pair(request: StaffRequest, pk: int) -> HttpResponse:
    """Show both households; of one that lies outside one's areas, only that it is there."""
    row, user = _found(request, pk), request.user
    decision = deciding.current(row)
    codes = prefixes(user, Right.VIEW_HOUSEHOLDS)
    sees_claim = any(row.claimed_area_id.startswith(code) for code in codes)
    home = Household.objects.visible_to(user).filter(pk=row.household_id).select_related("area").first()
    other = other_home(row)
    context = {
        "pair": row,
        "decision": decision,
        "home": home,
        "person": name_of(row, user),
        "sides": sides_of(row, user),
        "overdue": is_overdue(decision) if decision is not None else is_late(row),
        "claimed": row.claimed_code if sees_claim else "",
        "other": other if other and sees_claim else None,
        "acts": [(verb, PAIR.find(verb).label) for verb in _offered(row, decision, user)],
        "gone": left_by_itself(row, decision) if home else None,
        "wrong_numbers": numbers_to_correct(row, decision, user),
        "events": [(each, _label(each.verb)) for each in happened(row)],
    }
    return render(request, "households/pairs/pair.html", context)


@door(Right.EDIT_HOUSEHOLDS, Right.SETTLE_MOVES)
@once
def act(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Decide, pass up, or take the decision back."""
    if verb not in VERBS:
        raise Http404(_("There is no such act."))
    row, label = _found(request, pk), str(PAIR.find(verb).label)
    if verb == "decide":
        return _decide(request, row, label)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        done = attempt(
            request, form, lambda: _run(verb, row, form.cleaned_data["reason"], request.user),
            done=_("“%(move)s”: done.") % {"move": label}, then=page_of(row),
        )  # fmt: skip
        if done:
            return done
    words = {"title": _title(label), "submit": label, "cancel": page_of(row)}
    decision = deciding.current(row)
    if verb == "pass_up" or decision is None or decision.state != "decided":
        return form_page(request, form, **words)
    told, hinder = back(decision, request.user), why_not_back(decision)
    return form_page(request, form, template=CONFIRM, consequences=told, intro=hinder, **words)


def _decide(request: StaffRequest, row: Duplicate, label: str) -> HttpResponse:
    """Ask where the person belongs, show what follows, then decide: as with every family event."""
    form, user = DecideForm(request.POST or None, pair=row, user=request.user), request.user
    words = {"title": _title(label), "cancel": page_of(row)}
    if form.is_valid() and "back" not in request.POST:
        said = form.said()
        if request.POST.get("look"):
            try:
                plan = deciding.planned(row, said, by=user)
            except Refused as refused:
                form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
            else:
                told = foretold(row, said.outcome, plan, user)
                return consequences(request, told, said.told.on, submit=label, **words)
        else:
            done = attempt(
                request, form, lambda: deciding.decide(row, said, by=user),
                done=_("“%(move)s”: done.") % {"move": label}, then=page_of(row),
            )  # fmt: skip
            if done:
                return done
    return form_page(request, form, submit=pgettext("lineage", "Look at what follows"), **words)


def _title(label: str) -> str:
    return f"{label} · {_('Person in two households')}"


def _run(verb: str, row: Duplicate, reason: str, user: User) -> PairDecision:
    if verb == "pass_up":
        return deciding.pass_up(row, reason, by=user)
    decision = deciding.current(row)
    if decision is None:
        raise Http404(_("There is no such act."))
    return deciding.undo(decision, reason, by=user)


def _offered(row: Duplicate, decision: PairDecision | None, user: User) -> list[str]:
    if decision is not None and decision.state == "decided":
        area = decision.parent_area_id
        above = user.holds(Right.EDIT_HOUSEHOLDS, area) or user.holds(Right.SETTLE_MOVES, area)
        return ["undo"] if above else []
    if deciding.may_decide(row, user):
        return ["decide"]
    return ["pass_up"] if deciding.may_pass(row, user) else []


def _label(verb: str) -> str:
    return _("Taken up") if verb == PAIR.created else str(PAIR.find(verb).label)


def _found(request: StaffRequest, pk: int) -> Duplicate:
    rows = Duplicate.objects.select_related("household__area", "claimed_area", "resident", "other__household")
    return get_visible_or_404(rows, request.user, pk=pk)
