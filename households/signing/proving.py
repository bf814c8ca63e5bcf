"""What a signature proves: who, when, how, under which bytes; and whether all of it still is what it was.

The binding is a digest over everything that was said at the signing. It stands in the row, and in the ledger entry of
the same transaction, which nobody can change: whoever alters document, row or picture is found out on view.
"""

import enum
import hashlib
from collections.abc import Iterable
from typing import Any

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.files.models import Attachment
from foundation.ledger.models import Entry
from foundation.ledger.record import canonical, read_body
from foundation.workflow.models import Passage
from households.models import Signature

_SIGNED = (
    "pk", "owner_model", "owner_id", "household_id", "party", "resident_id", "user_id", "name", "signed_for_id",
    "document", "way", "picture", "signed_on", "signed_at", "proxy_name", "proxy_relation", "proxy_reason",
    "written_by", "read_to", "printed_by",
)  # fmt: skip


class Verdict(enum.StrEnum):
    """What looking at a signature found."""

    INTACT = "intact"
    DOCUMENT_CHANGED = "document_changed"
    SIGNATURE_CHANGED = "signature_changed"
    PICTURE_GONE = "picture_gone"
    PERSON_ERASED = "person_erased"

    @property
    def label(self) -> Promise:
        """The verdict in words."""
        return _LABELS[self]


_LABELS: dict[Verdict, Promise] = {
    Verdict.INTACT: _("unchanged since it was signed"),
    Verdict.DOCUMENT_CHANGED: _("the document is no longer what was signed"),
    Verdict.SIGNATURE_CHANGED: _("the signature is no longer what was recorded"),
    Verdict.PICTURE_GONE: _("the picture of the signature was erased"),
    Verdict.PERSON_ERASED: _("the person was erased: who signed can no longer be shown"),
}


def binding_of(signature: Signature) -> str:
    """Return the digest over everything that a signature says: who, for whom, when, how, under which bytes."""
    # Words as plain words: a choice that was not read from the database yet is an object of its own.
    said = {name: _plain(getattr(signature, name)) for name in _SIGNED}
    return hashlib.sha256(canonical(said)).hexdigest()


def verdicts(signatures: Iterable[Signature], document: bytes) -> dict[int, Verdict]:
    """Return by key what is found on the signed ones of `signatures` of one row, whose bytes are now `document`.

    Three queries, however many there are.
    """
    signed = [each for each in signatures if each.state == "signed"]
    digest, recorded, pictures = hashlib.sha256(document).hexdigest(), _recorded(signed), _pictures(signed)
    return {each.pk: _verdict(each, digest, recorded, pictures) for each in signed}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


def _verdict(
    signature: Signature, digest: str, recorded: dict[str, dict[str, Any]], pictures: dict[str, str]
) -> Verdict:
    if signature.resident is not None and signature.resident.is_erased:
        return Verdict.PERSON_ERASED
    told = recorded.get(str(signature.pk), {})
    if told.get("binding") != signature.binding or binding_of(signature) != signature.binding:
        return Verdict.SIGNATURE_CHANGED
    if signature.document != digest or told.get("document") != digest:
        return Verdict.DOCUMENT_CHANGED
    found = pictures.get(str(signature.pk))
    if found is None:
        return Verdict.PICTURE_GONE
    return Verdict.INTACT if found == signature.picture else Verdict.SIGNATURE_CHANGED


def _recorded(signed: list[Signature]) -> dict[str, dict[str, Any]]:
    """Return by key what the ledger was told at the last signing."""
    keys = [str(each.pk) for each in signed]
    moves = Passage.objects.filter(model=Signature._meta.label_lower, object_id__in=keys, verb="sign")
    newest = moves.order_by().values("object_id").annotate(last=Max("pk")).values("last")
    entries = Passage.objects.filter(pk__in=newest).values("entry")
    found = Entry.objects.filter(uuid__in=entries)
    return {entry.object_id: read_body(entry)["details"] for entry in found}


def _pictures(signed: list[Signature]) -> dict[str, str]:
    """Return by key the digest of the picture that is kept."""
    files = Attachment.objects.living().filter(
        owner_model=Signature._meta.label_lower, owner_id__in=[str(each.pk) for each in signed]
    )
    return dict(files.values_list("owner_id", "sha256"))
