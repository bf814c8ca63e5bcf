"""The application as something that is signed: its exact bytes, its words, and what follows a signature."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.applying.taking import STEP, take_if_ready
from assistance.applying.words import told
from assistance.models import Application
from foundation.accounts.models import User
from foundation.ledger.record import canonical, commitment
from households.models import Signature
from households.signing.documents import SignedDocument
from households.signing.selectors import progress, signatures_of


def content_of(row: Application) -> bytes:
    """Return the exact bytes that are signed: facts and promise, and a commitment to what names people."""
    return canonical(
        {"schema": 1, "body": row.body, "promise": row.promise, "told": row.commitment, "on": row.applied_on}
    )


def committed(row: Application) -> str:
    """Return the commitment to the words of an application, under its salt."""
    return commitment(canonical(row.told), bytes(row.salt))


def words_stand(row: Application) -> bool:
    """Say whether the words shown are those that were signed; erased ones have nothing to be compared."""
    return not row.salt or committed(row) == row.commitment


def closed(row: Application) -> str:
    """Say why nothing of an application is signed any more, or ""."""
    if not row.is_living:
        return _("A later application took the place of this one.")
    if row.case is not None and STEP not in row.case.waits_for:
        return _("The application is complete: what was signed stays.")
    return ""


def after_signature(row: Application, signature: Signature, *, by: User) -> None:
    """Let an application be complete when everybody has signed, and the chain go on when nothing else is missing."""
    days = [each.signed_on for each in signatures_of(row) if each.signed_on is not None]
    row.complete_on = max(days) if progress(row).complete else None
    Application.objects.filter(pk=row.pk).update(complete_on=row.complete_on)
    if row.complete_on is not None and row.case is not None:
        take_if_ready(row.case, by=by)


def context_of(row: Application) -> Mapping[str, Any]:
    """Return what the template of the signed words needs."""
    return {"words": told(row)}


DOCUMENT = SignedDocument(
    model=Application,
    title=str,
    url=lambda row: reverse("cases:application", args=[row.pk]),
    content=content_of,
    template="assistance/applications/_words.html",
    context=context_of,
    closed=closed,
    after=after_signature,
)
