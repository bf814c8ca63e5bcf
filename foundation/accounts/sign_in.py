"""Signing in: the backend that knows our accounts, and the acts that the ledger keeps."""

from typing import Any

from django.contrib.auth import login
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.clock import is_demonstration
from foundation.accounts.counting import SIGN_INS
from foundation.accounts.demo.cast import BY_LOGIN
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.record import Act, Actor, record

BACKEND = "foundation.accounts.sign_in.StaffBackend"
_WHO_MAY_SIGN_IN = "SELECT * FROM accounts_user WHERE id = %s AND is_active AND NOT is_built_in"


class StaffBackend(BaseBackend):
    """Name and password of an active member of staff. Rights never come from here: they come from postings."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """Return the account, or None; takes the same time whether or not the name exists."""
        if not username or password is None:
            return None
        try:
            user = User.objects.get_by_natural_key(username)
        except User.DoesNotExist:
            User().set_password(password)
            return None
        if user.check_password(password) and user.is_active and not user.is_built_in:
            return user
        return None

    def get_user(self, user_id: int) -> User | None:
        """Return the account of a session as long as it may sign in; a statement that stands ready: every page asks."""
        return next(iter(User.objects.raw(_WHO_MAY_SIGN_IN, [user_id])), None)


def note_sign_in(user: User, *, way: str) -> None:
    """Record that `user` signed in, and how (password, demo)."""
    SIGN_INS.labels("ok").inc()
    _note("staff.signed_in", user, {"way": way})


def note_failed_sign_in(username: str, *, why: str = "password") -> None:
    """Record a failed sign-in, and what failed (password, locked, code).

    The typed name is left out: it may be a password typed in the wrong field.

    It belongs to the area that the account is for, so that whoever reads the record there sees it; a name that
    nobody has belongs nowhere.
    """
    SIGN_INS.labels(why).inc()
    user = User.objects.filter(username=username).first()
    day = clock.today()
    area = _area_of(user) if user else ""
    record(
        Act(
            "staff.sign_in_failed",
            "staff",
            str(user.pk) if user else "",
            day,
            day,
            area=area,
            details={"why": why},
        ),
        by=Actor(ref=f"staff:{user.pk}" if user else "visitor"),
    )


def note_sign_out(user: User) -> None:
    """Record that `user` signed out."""
    _note("staff.signed_out", user, {})


def sign_in_by_one_press(request: HttpRequest, username: str) -> User:
    """Sign in as somebody of the demonstration's cast without a password.

    Refused outside the demonstration, and for everybody else: whoever opens an account of their own beside
    the cast keeps it to themselves.
    """
    if not is_demonstration():
        raise Refused(_("One-press sign-in exists only in the demonstration."))
    cast = User.objects.filter(username__in=BY_LOGIN, is_active=True, is_built_in=False)
    user = cast.filter(username=username).first()
    if user is None:
        raise Refused(_("There is no such demo person."))
    login(request, user, backend=BACKEND)
    note_sign_in(user, way="demo")
    return user


def _area_of(user: User) -> str:
    """Return the area that an account was opened for, or that of its first post."""
    first = next(iter(user.duties()), None)
    return user.home_id or (first.area if first else "")


def _note(verb: str, user: User, details: dict[str, Any]) -> None:
    day = clock.today()
    first = next(iter(user.duties()), None)
    actor = Actor(f"staff:{user.pk}", first.role if first else "", first.area if first else "")
    record(Act(verb, "staff", str(user.pk), day, day, details=details), by=actor)
