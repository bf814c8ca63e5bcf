"""From a posted form to a stage function and back.

    @door(Right.GRANT_POSTINGS)
    @once
    def grant(request):
        form = GrantForm(request.POST or None, user=request.user)
        if form.is_valid():
            answer = attempt(
                request, form, lambda: postings.grant(form.wanted(), by=request.user),
                done=lambda posting: _("%(name)s now is …") % {…}, then=lambda posting: posting_url(posting),
            )
            if answer:
                return answer
        return form_page(request, form, title=_("Grant a posting"), submit=_("Grant"), cancel=reverse(…))

A destructive act is the same with `template=CONFIRM`: the page says what will happen and asks for a reason.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render

from foundation.accounts.refusals import Refused

FORM = "components/form_page.html"
CONFIRM = "components/confirm.html"
R = TypeVar("R")


def attempt(
    request: HttpRequest,
    form: BaseForm,
    run: Callable[[], R],
    *,
    done: str | Callable[[R], str],
    then: str | Callable[[R], str],
) -> HttpResponseRedirect | None:
    """Run a stage function. Success: message `done` and a redirect to `then` (route name or URL).

    Refused: the sentence stands at the form field it names (or above the form), and None comes back, so that
    the view shows the form again with what was typed.
    """
    try:
        result = run()
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return None
    messages.success(request, done(result) if callable(done) else str(done))
    return redirect(then(result) if callable(then) else then)


def form_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    title: str,
    submit: str,
    cancel: str,
    template: str = FORM,
    **context: Any,
) -> HttpResponse:
    """Show a form on a page of its own; `intro=` and the like as in templates/components/form_page.html."""
    return render(
        request, template, {"form": form, "title": title, "submit": submit, "cancel": cancel, **context}
    )
