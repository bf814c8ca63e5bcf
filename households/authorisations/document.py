"""The bytes of an authorisation that are signed, and how it is shown and followed when signatures come in.

Canonical JSON (RFC 8785) of everything that was told: a changed word, day, purpose or member gives other bytes.
"""

import datetime
import secrets
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.record import canonical, commitment
from foundation.workflow.move import Request, move
from households.authorisations.followers import tell_in_force
from households.authorisations.words import told
from households.models import Authorisation, AuthorisationMember, Resident, Signature
from households.models.households import NAMELESS
from households.signing.documents import SignedDocument
from households.signing.selectors import progress, signatures_of

_OPEN = ("pending", "refused", "in_force")


def content_of(row: Authorisation) -> bytes:
    """Return the exact bytes that are signed; one query for the members."""
    members = row.members.order_by("resident").values("resident", "commitment")
    return canonical(
        {
            "schema": 1,
            "household": row.household_code,
            "basis": row.basis,
            "clause": row.clause,
            "text": row.text,
            "purposes": row.purposes,
            "kinds": row.kinds,
            "members": list(members),
            "valid_from": row.valid_from,
            "valid_until": row.valid_until,
        }
    )


def covered(row: Authorisation, resident: Resident) -> AuthorisationMember:
    """Return, not yet saved, that an authorisation covers a member."""
    salt = secrets.token_bytes(32)
    return AuthorisationMember(
        authorisation=row,
        resident=resident,
        name=resident.name,
        salt=salt,
        commitment=commitment(resident.name.encode(), salt),
    )


def names_stand(row: Authorisation) -> bool:
    """Say whether the names shown are those that were signed; an erased one has nothing to be compared."""
    return all(
        each.name == NAMELESS or commitment(each.name.encode(), bytes(each.salt)) == each.commitment
        for each in row.members.all()
    )


def url_of(row: Authorisation) -> str:
    """Return the address of an authorisation."""
    return reverse("authorisations:authorisation", args=[row.pk])


def closed(row: Authorisation) -> str:
    """Say why nothing of an authorisation is signed any more, or ""."""
    if row.state in _OPEN:
        return ""
    return _("This authorisation is %(state)s: ask for a new one.") % {"state": row.state_label}


def after_signature(row: Authorisation, signature: Signature, *, by: User) -> None:
    """Bring an authorisation to where its signatures are (households.signing.documents.AfterSignature)."""
    done = progress(row)
    if done.complete and row.state != "in_force":
        take_effect(row, by=by, on=signature.signed_on)
    elif done.refused and row.state == "pending":
        move(row, Request("refuse", on=signature.refused_on, details=_counted(row)), by=by)
    elif not done.refused and row.state == "refused":
        move(row, Request("resume", details=_counted(row)), by=by)
    elif not done.complete and row.state == "in_force":
        writes = {"in_force_on": None}
        move(row, Request("fall_back", writes=writes, details=_counted(row)), by=by)


def take_effect(row: Authorisation, *, by: User, on: datetime.date | None = None) -> None:
    """Put an authorisation into force; those whose purposes it takes over are replaced by it."""
    if row.valid_until < clock.today():
        raise Refused(_("Its time was over on %(day)s: ask for a new one.") % {"day": row.valid_until})
    # Signatures are not always entered in the order they were given: the latest day counts.
    days = [each.signed_on for each in signatures_of(row) if each.signed_on is not None]
    writes = {"in_force_on": max([row.valid_from, *days])}
    move(row, Request("take_effect", on=on, writes=writes, details=_counted(row)), by=by)
    for older in Authorisation.objects.filter(household=row.household, state="in_force", basis=row.basis):
        if older.pk != row.pk and older.purpose_codes <= row.purpose_codes:
            gone = {"replaced_by": row.pk, "ended_on": clock.today()}
            move(older, Request("replace", writes=gone, details={"by": row.pk}), by=by)
    tell_in_force(row, by=by)


def context_of(row: Authorisation) -> Mapping[str, Any]:
    """Return what the template of the signed words needs."""
    return {"words": told(row)}


def _counted(row: Authorisation) -> dict[str, Any]:
    done = progress(row)
    return {"signed": done.signed, "of": done.of, "refused": done.refused}


DOCUMENT = SignedDocument(
    model=Authorisation,
    title=str,
    url=url_of,
    content=content_of,
    template="households/authorisations/_words.html",
    context=context_of,
    closed=closed,
    after=after_signature,
)
