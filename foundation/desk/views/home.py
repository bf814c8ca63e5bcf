"""The first page of a person, search, the area they look at, and the health of the process."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from prometheus_client import CONTENT_TYPE_LATEST

from foundation.accounts.access import own_door, public_door
from foundation.accounts.clock import is_demonstration
from foundation.accounts.refusals import Refused
from foundation.desk import focus, readiness
from foundation.desk import metrics as watching
from foundation.desk.home import groups, tiles
from foundation.desk.search import may_be_a_number
from foundation.desk.search import search as search_for
from foundation.desk.views.demo import demo
from foundation.desk.views.sign_in import back_to


@public_door("signed out it is the first page of the demonstration, or the way to the sign-in page")
@require_GET
def home(request: HttpRequest) -> HttpResponseBase:
    """Show the person's own list: overdue, due today, due this week, waiting for others, done this week."""
    user = request.user
    if not user.is_authenticated:
        return demo(request) if is_demonstration() else redirect("desk:sign_in")
    empty = (
        _("Nothing waits for you. Work comes here by itself as soon as something needs you.")
        if user.duties()
        else _(
            "You hold no post today, so no work comes here. "
            "A security administrator of your county grants posts."
        )
    )
    return render(
        request,
        "desk/home.html",
        {"groups": groups(user), "tiles": tiles(user), "empty": empty},
    )


@own_door
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponseBase:
    """Find areas, people and more by what was typed, within the person's own scope.

    Words go into the address, so that one can come back to what was found; numbers never do, and one that stands
    there all the same is not looked up.
    """
    typed = request.POST.get("q", "")
    if typed and not may_be_a_number(typed):
        return redirect(f"{request.path}?{urlencode({'q': typed})}")
    asked = request.GET.get("q", "")
    in_address = may_be_a_number(asked)
    typed = typed or ("" if in_address else asked)
    return render(
        request,
        "desk/search.html",
        {"q": typed, "found": search_for(request.user, typed), "number_in_address": in_address},  # type: ignore[arg-type]
    )


@own_door
@require_POST
def look_at_area(request: HttpRequest) -> HttpResponse:
    """Look at one of one's areas from now on, or at all of them."""
    try:
        focus.choose(request, request.POST.get("area", ""))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect(back_to(request))


@public_door("a watcher asks whether the process lives; it learns nothing else")
def health(request: HttpRequest) -> HttpResponse:
    """Answer `ok` as long as the web process can answer at all."""
    return HttpResponse("ok", content_type="text/plain")


@public_door(
    "a watcher asks whether requests may be sent here; it learns which part is missing, and nothing of it"
)
def ready(request: HttpRequest) -> HttpResponse:
    """Answer `ready`, or 503 with the names of the parts that do not answer, one in a line."""
    missing = readiness.missing()
    return HttpResponse(
        "\n".join(missing) or "ready", content_type="text/plain", status=503 if missing else 200
    )


@public_door("a watcher shows the token of the installation; without it, it learns nothing")
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with counts for Prometheus; where no token was made there is nothing here (docs/operations.md)."""
    if not watching.token():
        raise Http404
    if not watching.may_read(request):
        return HttpResponse(status=401, headers={"WWW-Authenticate": 'Bearer realm="metrics"'})
    answer = HttpResponse(watching.exposition(), content_type=CONTENT_TYPE_LATEST)
    answer.headers["Cache-Control"] = "no-store"
    return answer
