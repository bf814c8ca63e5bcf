"""The guided way through the demonstration: begin or go on, leave, and be led on after each press."""

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.accounts.access import public_door
from foundation.accounts.refusals import Refused
from foundation.accounts.sign_in import sign_in_by_one_press
from foundation.desk import walk as walking

Answer = Callable[[HttpRequest], HttpResponse]


@public_door("in the demonstration anybody follows the household of the walk; elsewhere it is refused")
@require_POST
def walk(request: HttpRequest) -> HttpResponse:
    """Begin the walk, or go on with it, where the household stands."""
    return lead(request)


@public_door("leaving the walk changes what this browser shows, and nothing else")
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Stop following the household; what was done stays done."""
    request.session.pop(walking.KEY, None)
    return redirect("desk:home")


def lead(request: HttpRequest) -> HttpResponse:
    """Let others do what comes before the next press, and become who presses; at the end, say so."""
    try:
        with transaction.atomic():
            place = walking.current()
            if place is None:
                request.session.pop(walking.KEY, None)
                messages.success(request, _("The household has arrived: this was the whole way."))
                return redirect("desk:demo")
            place.stop.before()
        sign_in_by_one_press(request, place.stop.username)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("desk:home")
    request.session[walking.KEY] = place.number
    return redirect(place.stop.page())


def guided_walk(get_response: Answer) -> Answer:
    """Lead who follows the household on to the next person, once the press of a stop was made."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        pressed = request.method == "POST" and response.status_code in (302, 303)
        if not pressed or not walking.is_walking(request) or not request.user.is_authenticated:
            return response
        place = walking.current()
        if place is not None and place.number == request.session[walking.KEY]:
            return response  # another press than that of the stop
        return lead(request)

    return middleware
