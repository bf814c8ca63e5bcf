"""Authorisations for tests: asked for in a line, signed by everybody in another."""

import datetime
from typing import Any

from foundation.accounts.models import User
from households.authorisations.asking import Basis, Wanted, ask
from households.models import Authorisation, Household, Resident
from households.signing.selectors import signatures_of
from households.signing.taking import sign
from tests.households.signing.made import drawn

DAY = datetime.date(2026, 11, 4)
#: Twelve months from the demo's day.
LAST_DAY = datetime.date(2027, 11, 3)


def wanted(home: Household, **fields: Any) -> Wanted:
    """Say what is asked: the asset check of two kinds of data about everybody, for a year, unless said otherwise."""
    people = list(home.residents.present().order_by("relation", "pk"))
    told: dict[str, Any] = {
        "household": home,
        "basis": Basis.WRITTEN,
        "purposes": ["asset_check"],
        "kinds": ["vehicle", "deposit"],
        "members": people,
        "valid_from": DAY,
        "valid_until": LAST_DAY,
        "guardian": people[0] if people else None,
    }
    return Wanted(**told | fields)


def asked(home: Household, *, by: User, **fields: Any) -> Authorisation:
    """Ask a household, as `wanted` says it."""
    return ask(wanted(home, **fields), by=by)


def sign_all(row: Authorisation, *, by: User) -> Authorisation:
    """Let everybody sign who has not yet."""
    for signature in signatures_of(row):
        if signature.state in ("owed", "refused"):
            sign(signature, drawn(), by=by)
    row.refresh_from_db()
    return row


def signed(home: Household, *, by: User, **fields: Any) -> Authorisation:
    """Ask a household, and let everybody sign."""
    return sign_all(asked(home, by=by, **fields), by=by)


def adults(home: Household) -> list[Resident]:
    """Return head, spouse and mother of a family of four."""
    return list(home.residents.exclude(relation="03").order_by("relation", "pk"))
