"""Who is signed in proves anew who they are: before a new password, a token, new codes, or an end of the second factor.

Whoever finds a browser open could guess there without end. So every proof counts against one allowance of the person,
whichever page asks: before it is looked at, and before the transaction of the act, so that a refused act takes nothing
back. Wrong ones and those that came too often stand in the record (safety.md L03, L13, 6.3.1).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.hashers import check_password
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.entry import halfway
from foundation.accounts.limits import Limit, forgive, wait
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.record import Act, Actor, record

#: Wrong proofs of one person on all pages together, and how long they wait then; as at sign-in.
FAILURES, SECONDS = 5, 15 * 60


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that is asked for: the field it is typed into, and whether what was typed is right."""

    field: str
    fits: Callable[[], bool]


def password(user: User, typed: str, *, field: str = "password") -> Piece:
    """Return the present password as a piece of a proof.

    It is only looked at: a hash that is made anew in passing, as at sign-in, would sign the person out on the spot.
    """
    return Piece(field, lambda: check_password(typed, user.password))


def ask(user: User, *pieces: Piece) -> None:
    """Refuse who does not prove who they are with every piece, or tried too often; call it outside a transaction.

    A code also counts against the codes of sign-in: there is one allowance for guessing them, wherever they are typed.
    """
    own = Limit("proof", str(user.pk), FAILURES, SECONDS, holds=True)
    if wait([own]):
        raise _too_often(user, pieces[0].field)
    for piece in pieces:
        is_code = piece.field == "code"
        if is_code and not halfway.attempt(user):
            raise _too_often(user, piece.field)
        if not piece.fits():
            _note(user, "code" if is_code else "password")
            wrong = _("This code does not fit.") if is_code else _("This is not your present password.")
            raise Refused(wrong, field=piece.field)
        if is_code:
            halfway.passed(user)
    forgive([own])


def _too_often(user: User, field: str) -> Refused:
    _note(user, "locked")
    return Refused(_("Too many wrong passwords or codes: wait a quarter of an hour."), field=field)


def _note(user: User, why: str) -> None:
    """Record a proof that failed, and what failed (password, code, locked); never what was typed."""
    first = next(iter(user.duties()), None)
    area, day = first.area if first else user.home_id or "", clock.today()
    actor = Actor(f"staff:{user.pk}", first.role if first else "", area)
    record(
        Act("staff.proof_failed", "staff", str(user.pk), day, day, area=area, details={"why": why}), by=actor
    )
