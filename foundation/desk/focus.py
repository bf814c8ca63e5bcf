"""The area a person looks at: one of the areas of their duties, or all of them together.

Somebody with posts in several areas chooses one in the top bar; lists are then narrowed to it. The focus only
ever narrows: rows still begin at `visible_to(user)`.
"""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.accounts.scope import within

SESSION_KEY = "area_focus"
M = TypeVar("M", bound=Model)


def choices(user: User) -> list[Area]:
    """Return the areas of a person's duties, each once, by code; one query."""
    return list(Area.objects.filter(code__in={duty.area for duty in user.duties()}).order_by("code"))


def choose(request: HttpRequest, code: str) -> None:
    """Look at one area from now on, or with "" at all of one's own; refused for an area without a duty."""
    if code and code not in _codes(request):
        raise Refused(_("You have no post in this area: choose one of yours."))
    request.session[SESSION_KEY] = code


def current(request: HttpRequest) -> str:
    """Return the code of the area looked at, or "" for all; a duty that has ended no longer counts."""
    code: str = request.session.get(SESSION_KEY, "") if request.user.is_authenticated else ""
    return code if code in _codes(request) else ""


def narrow(rows: QuerySet[M], request: HttpRequest) -> QuerySet[M]:
    """Narrow rows that lie in areas to the area looked at; other rows stay as they are.

    Rows of a `ScopedQuerySet` are narrowed by its `area_field`; people by their postings
    and the area they were opened for.
    """
    code = current(request)
    if not code:
        return rows
    if rows.model is User:
        belongs = within("postings__area__code", [code]) | within("home__code", [code])
        return rows.filter(pk__in=User.objects.filter(belongs).values("pk"))
    field = getattr(rows, "area_field", None)
    return rows.filter(within(field, [code])) if field else rows


def _codes(request: HttpRequest) -> set[str]:
    user = request.user
    return {duty.area for duty in user.duties()} if isinstance(user, User) else set()
