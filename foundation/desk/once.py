"""The same form sent twice does nothing twice: the second time answers with the first one's redirect.

    @door(Right.GRANT_POSTINGS)
    @once
    def grant(request): ...

`components/form.html` carries the token (`{% once %}`). The token and its answer are kept in the session, the
last `KEPT` of them. Twins that arrive together wait for each other on a lock of the database.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

FIELD = "once"
SESSION_KEY = "once"
KEPT = 30


def new_token() -> str:
    """Return a token for one form as shown to one person."""
    return secrets.token_urlsafe(18)


def once(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Run `view` for the first POST of a token only; a refused form (no redirect) may be sent again."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        token = request.POST.get(FIELD, "")[:64] if request.method == "POST" else ""
        if not token:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            _wait_for_twin(f"{request.session.session_key}:{token}")
            if answer := _answers(request).get(token):
                return HttpResponseRedirect(answer)
            response = view(request, *args, **kwargs)
            if isinstance(response, HttpResponseRedirect):
                _remember(request, token, response.url)
            return response

    return guarded


def _wait_for_twin(name: str) -> None:
    """Hold a lock under `name` until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _answers(request: HttpRequest) -> dict[str, str]:
    """Read the answers given so far from the database: a twin may have written since the request began."""
    fresh = type(request.session)(request.session.session_key)
    answers: dict[str, str] = fresh.get(SESSION_KEY, {})
    return answers


def _remember(request: HttpRequest, token: str, url: str) -> None:
    """Keep the answer in the session, and the session in this transaction."""
    answers = _answers(request) | {token: url}
    request.session[SESSION_KEY] = dict(list(answers.items())[-KEPT:])
    request.session.save()
