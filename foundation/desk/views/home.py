"""The first page of a person, and the health of the process."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from foundation.accounts.access import own_door, public_door


@own_door
def home(request: HttpRequest) -> HttpResponse:
    """Show the person's own list: overdue, due today, due this week, waiting for others, done this week."""
    return render(request, "desk/home.html")


@public_door("a watcher asks whether the process lives; it learns nothing else")
def health(request: HttpRequest) -> HttpResponse:
    """Answer `ok` as long as the web process can answer at all."""
    return HttpResponse("ok", content_type="text/plain")
