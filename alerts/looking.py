"""The view that somebody looks through: kept in their session, so that “next” leads on after every act."""

from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse

from alerts.models import Alert
from foundation.accounts.models import User
from foundation.desk import exports, focus
from foundation.desk.exports import Wanted
from foundation.desk.filtering import PLACE

_KEY = "alerts_view"


def remember(request: HttpRequest) -> None:
    """Remember the list that is looked at, without the place in its pages."""
    if getattr(request, "wants_rows", False):
        return
    params = request.GET.copy()
    for name in PLACE:
        params.pop(name, None)
    seen = [request.path, params.urlencode()]
    if request.session.get(_KEY) != seen:
        request.session[_KEY] = seen


def back(request: HttpRequest) -> str:
    """Return the address of the view that was looked through last; the queue, where there was none."""
    path, query = _seen(request)
    return f"{path}?{query}" if query else path


def after(alert: Alert, request: HttpRequest) -> Alert | None:
    """Return the alert that follows in the remembered view, also where `alert` has left it by now."""
    path, query = _seen(request)
    user = request.user
    if not isinstance(user, User):
        return None
    wanted = Wanted(path, query, focus.current(request), "xlsx")
    try:
        selection, _door = exports.selected(wanted, by=user)
    except Http404:
        return None
    found: Alert | None = selection.after(alert)
    return found


def _seen(request: HttpRequest) -> tuple[str, str]:
    path, query = request.session.get(_KEY) or (reverse("alerts:queue"), "")
    return path, QueryDict(query).urlencode()
