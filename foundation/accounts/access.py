"""The guarded doors. Every page, fragment, export and API route declares who may pass; a test walks them all.

    @door(Right.VIEW_STAFF)          staff who hold the right in some area; rows come from `visible_to`
    @own_door                        any signed-in person, for what is theirs alone (home, password, language)
    @public_door("reason")           nobody needs to be signed in; the reason is printed by the test that lists them

What lies outside a person's scope does not exist for them: 404, never 403. A page whose right they hold
nowhere says so in a sentence (403), because the page's existence is no secret.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db.models import Manager, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.roles import Right

View = Callable[..., HttpResponseBase]
M = TypeVar("M", bound=Model)


class StaffRequest(HttpRequest):
    """A request behind a door: whoever sent it is signed in. For signatures of views; nothing makes one."""

    user: User


@dataclass(frozen=True, slots=True)
class Door:
    """Who may pass: everybody (`public`, with the reason), every signed-in person, or holders of a right.

    `right` opens the door; so does any of `also`, where several offices do the same work, and so does a row of the
    model `lent` (its label, such as "households.household") that is lent to the person.
    """

    right: Right | None = None
    public: str = ""
    also: tuple[Right, ...] = ()
    lent: str = ""

    @property
    def rights(self) -> tuple[Right, ...]:
        """Rights of which one is needed; none at all for what is public or a person's own."""
        return () if self.right is None else (self.right, *self.also)

    def opens_to(self, user: User) -> bool:
        """Say whether `user` holds one of the rights somewhere, or was lent a row that the page shows."""
        if not self.rights or any(user.holds(right) for right in self.rights):
            return True
        return bool(self.lent) and user.borrows(self.lent)


def door(right: Right, *also: Right, lent: str = "") -> Callable[[View], View]:
    """Let pass who holds `right`, or one of `also`, somewhere, or was lent a row of the model `lent`.

    The view narrows rows with `visible_to`.
    """
    declared = Door(right=right, also=also, lent=lent)

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not declared.opens_to(request.user):  # type: ignore[arg-type]
                raise PermissionDenied(_("This page needs the right “%(right)s”.") % {"right": right.label})
            return view(request, *args, **kwargs)

        guarded.door = declared  # type: ignore[attr-defined]
        return guarded

    return guard


def own_door(view: View) -> View:
    """Let pass every signed-in person, to what is theirs alone."""
    view.door = Door()  # type: ignore[attr-defined]
    return view


def public_door(reason: str) -> Callable[[View], View]:
    """Let pass everybody, and write down why."""

    def open_up(view: View) -> View:
        opened = login_not_required(view)
        opened.door = Door(public=reason)  # type: ignore[attr-defined]
        return opened

    return open_up


def get_visible_or_404(rows: QuerySet[M] | Manager[M], user: Any, **lookup: Any) -> M:
    """Return the one row of `rows` that matches and that `user` may see; otherwise it does not exist (404)."""
    try:
        return rows.visible_to(user).get(**lookup)  # type: ignore[union-attr]
    except (ObjectDoesNotExist, ValueError, ValidationError) as missing:
        raise Http404(_("There is nothing here, or it belongs to another area.")) from missing
