"""What kinds of rows are signed, declared by their packages under SIGNED_DOCUMENTS of config/composition.py.

SHEET = SignedDocument(
    model=Visit, title=…, url=…, content=content_of, template="households/visits/_signed.html",
    context=lambda visit: {"visit": visit}, after=after_signature,
)
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import Model

from foundation.accounts.composition import parts
from foundation.accounts.models import User

if TYPE_CHECKING:
    from households.models import Signature


class AfterSignature(Protocol):
    """What the signed row does when one of its signatures is given, refused, or taken back."""

    def __call__(self, row: Any, signature: "Signature", *, by: User) -> None:
        """Follow in the same transaction; the row is locked and read afresh."""


def nothing_follows(row: Any, signature: "Signature", *, by: User) -> None:
    """Leave the signed row as it is."""


@dataclass(frozen=True, slots=True)
class SignedDocument:
    """A kind of row that is signed; the callables take the row."""

    model: type[Model]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    #: The exact bytes that are signed, as the row says them now.
    content: Callable[[Any], bytes]
    #: Shows what is signed above the pad, with what `context` gives.
    template: str
    context: Callable[[Any], Mapping[str, Any]]
    #: Why nothing of it is signed, refused or taken back (any more), or "".
    closed: Callable[[Any], str] = lambda row: ""
    after: AfterSignature = nothing_follows

    @property
    def label(self) -> str:
        """Name of the model as signatures keep it: `app.model`."""
        return self.model._meta.label_lower

    def digest(self, row: Any) -> str:
        """Return the SHA-256 of what is signed."""
        return hashlib.sha256(self.content(row)).hexdigest()


def document_of(signature: "Signature") -> SignedDocument:
    """Return the declaration of the kind of row that a signature belongs to; KeyError where there is none."""
    declared: dict[str, SignedDocument] = {each.label: each for each in parts("SIGNED_DOCUMENTS")}
    return declared[signature.owner_model]


def owner_of(signature: "Signature", *, lock: bool = False) -> Any:
    """Return the row that a signature belongs to, locked for a change of it where `lock`."""
    rows = document_of(signature).model._base_manager.all()
    return (rows.select_for_update() if lock else rows).get(pk=signature.owner_id)
