"""The demonstration's own pages: its first page with a door for everybody of the cast, and the next day."""

import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.accounts import next_day as days
from foundation.accounts.access import own_door, public_door
from foundation.accounts.clock import is_demonstration
from foundation.accounts.refusals import Refused
from foundation.accounts.sign_in import sign_in_by_one_press
from foundation.desk.demo import entrances
from foundation.desk.demo_news import funnel, news, numbers, stories
from foundation.desk.views.sign_in import back_to
from foundation.desk.walk import presses_left


@public_door("the demonstration shows itself to everybody; elsewhere this leads home")
@require_GET
def demo(request: HttpRequest) -> HttpResponse:
    """Show what the demonstration holds, and the doors through which one sees it as somebody."""
    if not is_demonstration():
        return redirect("desk:home")
    shown = {"groups": entrances(), "numbers": numbers(), "stories": stories(), "news": news()}
    return render(request, "desk/demo.html", shown | {"funnel": funnel(), "walk": presses_left()})


@public_door("in the demonstration anybody becomes anybody of its cast; elsewhere it is refused")
@require_POST
def one_press(request: HttpRequest) -> HttpResponse:
    """Go in as somebody of the cast, to their home or to the page of a story (`next`)."""
    try:
        sign_in_by_one_press(request, request.POST.get("username", ""))
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("desk:home")
    return redirect(back_to(request))


@own_door
@require_POST
def next_day(request: HttpRequest) -> HttpResponse:
    """Turn the demonstration from the day that was shown to the next."""
    try:
        day = days.turn(_shown(request), by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("It is now %(day)s.") % {"day": day})
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect(back_to(request))


def _shown(request: HttpRequest) -> datetime.date:
    try:
        return datetime.date.fromisoformat(request.POST.get("shown", ""))
    except ValueError as unreadable:
        raise Refused(_("Reload the page and press again: the day it showed is unreadable.")) from unreadable
