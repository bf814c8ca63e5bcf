"""What is counted of requests, and how they are named: by route, never by address (addresses hold numbers of records).

The counts of all web processes are added up where they are asked for (foundation/desk/metrics.py).
"""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from prometheus_client import Counter, Histogram

from foundation.accounts.counting import COUNTED
from foundation.ledger.tracing import Doing

#: Of other methods a stranger could make up as many as they like.
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

REQUESTS = Counter(
    "shouwang_http_requests",
    "Requests answered, by name of the route, method and status.",
    ["route", "method", "status"],
    registry=COUNTED,
)
DURATION = Histogram(
    "shouwang_http_request_duration_seconds",
    "How long answers took, by name of the route and method.",
    ["route", "method"],
    buckets=_SECONDS,
    registry=COUNTED,
)


def method_of(request: HttpRequest) -> str:
    """Return the method of a request, "other" for one that no page of ours knows."""
    return request.method if request.method in METHODS else "other"


def route_of(request: HttpRequest) -> str:
    """Return the name of the route that answered, "none" where there was none."""
    found = request.resolver_match
    return (found.view_name or "unnamed") if found else "none"


def user_of(request: HttpRequest) -> int | None:
    """Return the number of the person, where answering has asked who it is; never asks the database itself."""
    told = vars(request).get("user")
    known = (None if isinstance(told, SimpleLazyObject) else told, getattr(request, "_cached_user", None))
    return next((each.pk for each in known if each is not None and each.is_authenticated), None)


def count(doing: Doing, status: int, seconds: float) -> None:
    """Count one answer."""
    REQUESTS.labels(doing.route, doing.method, str(status)).inc()
    DURATION.labels(doing.route, doing.method).observe(seconds)
