"""The page behind a code, for whoever scans it: the one page of the register that needs no signing in."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foundation.accounts.access import public_door
from foundation.accounts.models import User
from households.codes import limits, scanning, tokens

_MANY_REQUESTS = 429


@public_door("who scans a code reads a telephone of the township, and nothing of any household")
@never_cache
@require_safe
def scan(request: HttpRequest, word: str) -> HttpResponse:
    """Lead staff to the household, where it is theirs to see; show everybody else whom to call.

    The page for everybody else is the same, by the same way, whether or not there is such a household.
    """
    scanned = tokens.read(word)
    wait = limits.wait(request, word)
    user: User | AnonymousUser = request.user
    if not wait and isinstance(user, User) and scanned.token:
        household = scanning.household_of(scanned, user)
        if household is not None:
            return redirect("households:household", pk=household.pk)
    context: dict[str, object] = {
        "contact": scanning.contact_of(scanned.area),
        "wait": wait,
        "minutes": -(-wait // 60),
    }
    context["links"] = scanning.links_of(scanned.area)
    answer = render(request, "households/codes/public.html", context, status=_MANY_REQUESTS if wait else 200)
    answer.headers["X-Robots-Tag"] = "noindex"
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer
