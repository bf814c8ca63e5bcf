"""Returns and side doors of a case: each a form of its own that one stage function obeys."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from assistance import way_forms as forms
from assistance.enrolment import leaving, pieces, returning, skipping
from assistance.finding import case_named
from assistance.lifecycle import CASE
from assistance.models import Case, CasePiece
from assistance.telling import page_of
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.once import once

Run = Callable[[Case, Any, User], object]


@dataclass(frozen=True, slots=True)
class Step:
    """One move: the form that asks for what it needs, the stage function, and what the page says will happen."""

    form: type[forms.CaseForm]
    run: Run
    says: tuple[Any, ...] = ()


def _why(form: Any) -> str:
    return str(form.cleaned_data["reason"])


def _duplicate(row: Case, form: Any, by: User) -> Case:
    other = case_named(form.cleaned_data["other"], by)
    return leaving.mark_duplicate(row, other, _why(form), by=by)


_RETURN = Step(
    forms.ReturnForm,
    lambda row, form, by: returning.give_back(row, form.wanted(), _why(form), by=by),
    (
        gettext_lazy("Who prepares the case is told and gets the check list, with a deadline of its own."),
        gettext_lazy("Evaluation and notice are held once and not repeated. The third return is told to the leader."),
    ),
)  # fmt: skip
_NOTHING_DELETED = gettext_lazy("The procedure ends; everything that was written down stays.")
#: Every move that is made on a page of this kind.
STEPS: Mapping[str, Step] = {
    "return": _RETURN,
    "return_from_county": _RETURN,
    "withdraw": Step(
        forms.WithdrawForm,
        lambda row, form, by: leaving.withdraw(row, form.stated(), form.cleaned_data["words"], by=by),
        (
            _NOTHING_DELETED,
            gettext_lazy("What the household signed stays among the papers of the case."),
            gettext_lazy("The household may come back any day."),
        ),
    ),
    "mark_unauthorised": Step(
        forms.WhyForm,
        lambda row, form, by: leaving.mark_unauthorised(row, _why(form), by=by),
        (
            gettext_lazy("The procedure stops here. Not authorised is not ineligible."),
            gettext_lazy("It goes on any day with a signature; help that needs no asset check goes on."),
        ),
    ),
    "resume": Step(
        forms.WhyForm,
        lambda row, form, by: leaving.resume(row, _why(form), by=by),
        (gettext_lazy("The case begins again with its first step; a meeting or notice that was held counts."),),
    ),
    "give_up": Step(
        forms.WhyForm,
        lambda row, form, by: leaving.give_up(row, _why(form), by=by),
        (_NOTHING_DELETED, gettext_lazy("It is taken up again when somebody is reached.")),
    ),
    "die_out": Step(
        forms.WhyForm,
        lambda row, form, by: leaving.die_out(row, _why(form), by=by),
        (_NOTHING_DELETED, gettext_lazy("Departments that pay the household are to be told by the county.")),
    ),
    "move_away": Step(
        forms.WhyForm, lambda row, form, by: leaving.move_away(row, _why(form), by=by), (_NOTHING_DELETED,)
    ),
    "mark_duplicate": Step(forms.DuplicateForm, _duplicate, (_NOTHING_DELETED,)),
}  # fmt: skip
_DOOR = (Right.PREPARE_CASES, Right.REVIEW_CASES, Right.DECIDE_CASES)


@door(*_DOOR)
@once
def move(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Return a case or let it leave by a side door, with what that needs."""
    step = STEPS.get(verb)
    if step is None:
        raise Http404(_("There is no such act."))
    label, right = CASE.find(verb).label, CASE.find(verb).right
    row = _found(request, pk)
    may = request.user.holds(right, row.area_id)
    # Who may not make the move reads why, and not whom it could name.
    form = (step.form if may else forms.CaseForm)(request.POST or None, request.FILES or None, case=row)
    if form.is_valid():
        row.version = form.cleaned_data["version"]
        done = attempt(
            request,
            form,
            lambda: step.run(row, form, request.user) if may else request.user.authority(right, row.area_id),
            done=_("“%(move)s”: done.") % {"move": label},
            then=page_of(row),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=f"{label} · {row.number}",
        submit=str(label),
        cancel=page_of(row),
        template=CONFIRM,
        consequences=step.says,
    )


@door(Right.REVIEW_CASES)
@once
def skip(request: StaffRequest, pk: int, step: str) -> HttpResponse:
    """Skip a step for one of the reasons that the chain names."""
    rows = Case.objects.visible_to(request.user, Right.REVIEW_CASES).select_related("household", "area")
    row = get_visible_or_404(rows, request.user, pk=pk)
    form = forms.SkipForm(request.POST or None, case=row, step=step)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: skipping.skip(row, step, form.cleaned_data["reason"], by=request.user),
            done=_("The step is skipped; the reason is on record."),
            then=page_of(row),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=pgettext("case", "Skip a step"),
        submit=pgettext("case", "Skip"),
        cancel=page_of(row),
        template=CONFIRM,
        intro=row.number,
        consequences=[
            _("The case goes on as if the step were done; who skipped it and why stays on record.")
        ],
    )


@door(Right.PREPARE_CASES)
@once
def tick(request: StaffRequest, pk: int) -> HttpResponse:
    """Tick off a line of a check list that no step takes again."""
    rows = CasePiece.objects.visible_to(request.user, Right.PREPARE_CASES)
    row = get_visible_or_404(rows.select_related("case__household"), request.user, pk=pk)
    form = forms.CaseForm(request.POST or None, case=row.case)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: pieces.tick(row, by=request.user),
            done=_("The line is ticked off."),
            then=page_of(row.case),
        )
        if done:
            return done
    names = {each.piece: each.name for each in pieces.choices(row.case.area_id)}
    return form_page(
        request,
        form,
        title=_("Tick off what is there now"),
        submit=_("It is there now"),
        cancel=page_of(row.case),
        intro=f"{names.get(row.piece, row.piece)} {row.note}",
    )


def _found(request: StaffRequest, pk: int) -> Case:
    return get_visible_or_404(Case.objects.select_related("household", "area"), request.user, pk=pk)
