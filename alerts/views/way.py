"""The moves of an alert on its way: each a form of its own that one stage function obeys."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alerts import way_forms as forms
from alerts.lifecycle import ALERT
from alerts.models import Alert, Signal
from alerts.verification import answering, assigning, batches, meeting, proving, reported, reviewing
from alerts.views.alerts import page_url
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, FORM, attempt, form_page
from foundation.desk.once import once
from foundation.workflow.move import Request

Words = Any


@dataclass(frozen=True, slots=True)
class Step:
    """One move: the form that asks for what it needs, the stage function, and what the page says will happen."""

    form: type[forms.WayForm]
    run: Callable[[Alert, Any, User], object]
    says: tuple[Words, ...] = ()


def _why(form: Any) -> str:
    return str(form.cleaned_data["reason"])


def _outcome(form: Any) -> str:
    return str(form.cleaned_data["outcome"])


_BACK = gettext_lazy("It waits to be dispatched again, and nobody is sent any more.")
_SENT = gettext_lazy("Who is sent is told, and finds the household on their list.")
_ENDS = gettext_lazy("The warning ends; its standards are quiet for their cool-down.")
#: Every move that is made on a page of this kind, in the order of the table.
STEPS: Mapping[str, Step] = {
    "send": Step(forms.VisitorForm, lambda row, form, by: assigning.assign(row, form.chosen(), by=by), (_SENT,)),
    "take_up": Step(
        forms.RemarkForm, lambda row, form, by: assigning.take_up(row, Request("take_up", reason=_why(form)), by=by)
    ),
    "recall": Step(forms.WhyForm, lambda row, form, by: assigning.recall(row, _why(form), by), (_BACK,)),
    "assess": Step(forms.WhyForm, lambda row, form, by: meeting.assess(row, _why(form), by)),
    "dismiss": Step(
        forms.DismissForm, lambda row, form, by: meeting.dismiss(row, _outcome(form), _why(form), by), (_ENDS,)
    ),
    "assign": Step(forms.VisitorForm, lambda row, form, by: assigning.assign(row, form.chosen(), by=by), (_SENT,)),
    "reassign": Step(
        forms.VisitorForm, lambda row, form, by: assigning.reassign(row, form.chosen(), by=by), (_SENT,)
    ),
    "report_up": Step(forms.WhyForm, lambda row, form, by: assigning.report_up(row, _why(form), by), (_BACK,)),
    "report": Step(
        forms.WhyForm,
        lambda row, form, by: reported.report_unreachable(row, _why(form), by),
        (gettext_lazy("The recorded attempts go to the township, which decides what follows."),),
    ),
    "withdraw": Step(
        forms.WhyForm,
        lambda row, form, by: reported.withdraw_report(row, _why(form), by),
        (gettext_lazy("The household is still to be visited; the visit itself stays."),),
    ),
    "mark_unauthorised": Step(
        forms.WhyForm,
        lambda row, form, by: reported.mark_unauthorised(row, _why(form), by),
        (
            gettext_lazy("The procedure stops here. Not authorised is not ineligible."),
            gettext_lazy("It goes on any day with a signature; help that needs no asset check goes on."),
        ),
    ),
    "propose": Step(forms.RemarkForm, lambda row, form, by: reviewing.propose(row, _why(form), by)),
    "confirm_end": Step(
        forms.OutcomeForm, lambda row, form, by: reviewing.confirm_end(row, _outcome(form), _why(form), by), (_ENDS,)
    ),
    "watch": Step(
        forms.WatchForm,
        lambda row, form, by: reviewing.watch(row, form.cleaned_data["relook_on"], _why(form), by),
    ),
    "refer": Step(
        forms.WhyForm,
        lambda row, form, by: reviewing.refer(row, _why(form), by),
        (gettext_lazy("Say to which department, and what for."),),
    ),
    "draw": Step(
        forms.RemarkForm,
        lambda row, _form, by: batches.draw_one(row, by),
        (gettext_lazy("It cannot be confirmed before the second check is entered."),),
    ),
    "recheck": Step(
        forms.RecheckForm,
        lambda row, form, by: batches.recheck(
            row, form.cleaned_data["holds"] == "yes", _why(form), form.cleaned_data["way"], by
        ),
    ),
    "return": Step(
        forms.ReturnForm,
        lambda row, form, by: reviewing.give_back(row, form.wanted(), _why(form), by),
        (gettext_lazy("Who visited is told and gets the check list; the third time the township's leader is told."),),
    ),
    "resume": Step(
        forms.WhyForm,
        lambda row, form, by: reviewing.resume(row, _why(form), by),
        (gettext_lazy("Somebody is sent to the household anew."),),
    ),
    "end_by_proof": Step(
        forms.ProofForm,
        lambda row, form, by: proving.end_by_proof(
            row, _outcome(form), form.cleaned_data["proof"], _why(form), by
        ),
        (gettext_lazy("Nobody visits; the proof is shown on the page of the warning."),),
    ),
}  # fmt: skip
#: Moves whose page asks twice: they end something, or send it back.
_WEIGHTY = frozenset(
    {"recall", "report_up", "dismiss", "confirm_end", "return", "mark_unauthorised", "end_by_proof"}
)


@door(Right.REVIEW_VISITS, Right.DISPATCH_ALERTS, Right.VISIT_HOUSEHOLDS)
@once
def way(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Make one move of an alert on its way, with what it needs."""
    step = STEPS.get(verb)
    if step is None:
        raise Http404(_("There is no such act."))
    move = ALERT.find(verb)
    row = get_visible_or_404(Alert.objects.select_related("household", "area"), request.user, pk=pk)
    may = request.user.holds(move.right, row.area_id, of=row)
    # Who may not make the move reads why, and not whom it could name.
    form = (step.form if may else forms.WayForm)(request.POST or None, alert=row)
    if form.is_valid():
        row.version = form.cleaned_data["version"]
        done = attempt(
            request,
            form,
            lambda: (
                step.run(row, form, request.user) if may else request.user.authority(move.right, row.area_id)
            ),
            done=_("“%(move)s”: done.") % {"move": move.label},
            then=page_url(row),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=f"{move.label} · {row.household.code}",
        submit=str(move.label),
        cancel=page_url(row),
        template=CONFIRM if verb in _WEIGHTY else FORM,
        consequences=step.says,
        intro="" if verb in _WEIGHTY else " ".join(str(each) for each in step.says),
    )


@door(Right.VISIT_HOUSEHOLDS)
@once
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Say what a signal means that came after the visit was reported."""
    rows = Signal.objects.visible_to(request.user, Right.VISIT_HOUSEHOLDS)
    row = get_visible_or_404(rows.select_related("alert__household", "standard"), request.user, pk=pk)
    form = forms.AnswerForm(request.POST or None)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: answering.answer(row, form.cleaned_data["answer"], by=request.user),
            done=_("The signal is answered."),
            then=page_url(row.alert),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Answer a signal that came after the visit"),
        submit=_("Answer"),
        cancel=page_url(row.alert),
        intro=str(row.standard or row.get_channel_display()),
    )
