"""From a button to move(): the page that every move of every lifecycle shares.

    @door(Right.VIEW_STAFF)
    @once
    def grant_move(request, pk, verb):
        row = get_visible_or_404(GrantProposal.objects, request.user, pk=pk)
        return move_page(request, row, verb, then=reverse("desk:grant", args=[pk]))

The page asks for the reason where the move needs one and for the day it happened, carries the version that the
person saw (a row that changed meanwhile is refused, not overwritten), and says why a move is not possible now.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts import clock
from foundation.accounts.access import StaffRequest
from foundation.desk.acts import CONFIRM, FORM, attempt, form_page
from foundation.desk.fields import DayField, ReasonField
from foundation.workflow.models import Stateful
from foundation.workflow.move import Request, move

S = TypeVar("S", bound=Stateful)


class MoveForm(forms.Form):
    """Why and when: what every move may be asked. `version` is what the person saw of the row."""

    reason = ReasonField()
    happened_on = DayField(
        label=gettext_lazy("Happened on"),
        help_text=gettext_lazy("The day it was decided; today unless it is entered later."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Stateful, needs_reason: bool, **options: Any) -> None:
        """Begin with today and the row's version; mark the reason as required where the move needs one."""
        options.setdefault("initial", {"happened_on": clock.today(), "version": row.version})
        super().__init__(*args, **options)
        self.fields["reason"].required = needs_reason


@dataclass(frozen=True, slots=True)
class Page:
    """Where a move leads afterwards, what it runs (default: the move alone), and what the page adds to say.

    `name` is what people call the row, where its own word is not for them.
    `calm` is a move that ends nothing although it needs a reason: its button does not warn.
    """

    then: str
    run: Callable[[Any, Request], Any] | None = None
    consequences: tuple[str, ...] = ()
    name: str = ""
    calm: bool = False


def move_page(request: StaffRequest, row: S, verb: str, page: Page) -> HttpResponse:
    """Ask for what the move needs and make it; the refusal stands in the form, what was typed is kept."""
    try:
        step = row.lifecycle.find(verb)
    except KeyError as unknown:
        raise Http404 from unknown
    form = MoveForm(request.POST or None, row=row, needs_reason="reason" in step.needs)
    if form.is_valid():
        wanted = Request(verb, on=form.cleaned_data["happened_on"], reason=form.cleaned_data["reason"])
        row.version = form.cleaned_data["version"]
        run = page.run or (lambda seen, asked: move(seen, asked, by=request.user))
        answer = attempt(
            request,
            form,
            lambda: run(row, wanted),
            done=_("“%(move)s”: done.") % {"move": step.label},
            then=page.then,
        )
        if answer:
            return answer
    return form_page(
        request,
        form,
        title=f"{step.label} · {page.name or row}",
        submit=str(step.label),
        cancel=page.then,
        template=CONFIRM if "reason" in step.needs and not page.calm else FORM,
        consequences=page.consequences,
    )
