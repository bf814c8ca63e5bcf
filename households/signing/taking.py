"""Take a signature, record that it was refused, take it back when it was wrong.

Each act locks the row that is signed, so that of two people who sign at the same moment the second one completes it.
"""

import datetime
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.files.drafts import Draft
from foundation.workflow.move import Request, move
from households.models import Signature
from households.signing import pictures
from households.signing.documents import SignedDocument, document_of, owner_of
from households.signing.proving import binding_of

Way = Signature.Way
#: Ways that can be chosen; by link comes with the pages for households.
OFFERED = (Way.DRAWN, Way.PAPER, Way.THUMB)
_NOTHING: dict[str, Any] = {
    "way": "",
    "picture": "",
    "binding": "",
    "signed_on": None,
    "signed_at": None,
    "proxy_name": "",
    "proxy_relation": "",
    "proxy_reason": "",
    "written_by": "",
    "read_to": "",
    "printed_by": "",
}


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of signed paper as it was handed in: its sealed draft and the name its bringer gave it."""

    draft: Draft
    name: str


@dataclass(frozen=True, slots=True)
class Proxy:
    """Who signs in the place of the one who owes it, what they are to each other, and why."""

    name: str
    relation: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How somebody signs who cannot write: who wrote it down, to whom it was read aloud, who put the print."""

    written_by: str
    read_to: str
    printed_by: str


@dataclass(frozen=True, slots=True)
class How:
    """How it was signed: the way with its drawing (PNG) or photo, by whom in whose place, and read to whom."""

    way: Signature.Way
    drawn: bytes | None = None
    photo: Photo | None = None
    proxy: Proxy | None = None
    reading: Reading | None = None


@transaction.atomic
def sign(
    signature: Signature,
    how: How,
    *,
    by: User,
    happened_on: datetime.date | None = None,
    reason: str = "",
) -> Signature:
    """Take a signature that is owed, or was refused before.

    Refused where the document is no longer what was asked for, where nothing is drawn or photographed, and where it
    is not said who signed for whom. `reason` is needed for a day long past.
    """
    by.authority(Right.VISIT_HOUSEHOLDS, signature.area_code, of=signature.household)
    document, row = _open(signature)
    if document.digest(row) != signature.document:
        raise Refused(_("What is to be signed has changed since it was asked for: ask for it again."))
    _check(signature, how)
    kept = _keep(signature, how, by)
    said: dict[str, Any] = _NOTHING | {
        "way": how.way,
        "picture": kept,
        "signed_on": clock.happened(happened_on, reason=reason, areas=[signature.area_code]),
        "signed_at": timezone.now(),
    }
    if how.proxy is not None:
        said |= {f"proxy_{name}": words.strip() for name, words in asdict(how.proxy).items()}
    if how.reading is not None:
        said |= {name: words.strip() for name, words in asdict(how.reading).items()}
    said["binding"] = binding_of(_as_signed(signature, said))
    told = {name: said[name] for name in ("way", "picture", "binding")} | {"document": signature.document}
    request = Request("sign", on=happened_on, reason=reason, writes=said, details=told)
    return _move(signature, request, document, row, by)


@transaction.atomic
def refuse(
    signature: Signature,
    *,
    told: str,
    by: User,
    happened_on: datetime.date | None = None,
    reason: str = "",
) -> Signature:
    """Record that somebody does not sign, on which day, and what they were told; it may be signed any later day."""
    document, row = _open(signature)
    told = told.strip()
    if not told:
        raise Refused(_("Say what the person was told: it stands in the record."), field="told")
    day = clock.happened(happened_on, reason=reason, areas=[signature.area_code])
    request = Request(
        "refuse",
        on=happened_on,
        reason=reason,
        given={"told": told},
        writes={"told": told, "refused_on": day},
    )
    return _move(signature, request, document, row, by)


@transaction.atomic
def undo(signature: Signature, *, reason: str, by: User) -> Signature:
    """Take back a signature that was taken by mistake: it is owed again, and its picture is destroyed."""
    document, row = _open(signature)
    was = signature.binding
    request = Request("undo", reason=reason, writes=_NOTHING, details={"binding": was})
    moved = _move(signature, request, document, row, by)
    pictures.destroy(moved, by=by, reason=reason)
    return moved


def _open(signature: Signature) -> tuple[SignedDocument, Any]:
    """Return the declaration and the locked row; refused where the row takes no signatures any more."""
    document, row = document_of(signature), owner_of(signature, lock=True)
    if sentence := document.closed(row):
        raise Refused(sentence)
    return document, row


def _move(signature: Signature, request: Request, document: SignedDocument, row: Any, by: User) -> Signature:
    moved = move(signature, request, by=by)
    document.after(row, moved, by=by)
    return moved


def _check(signature: Signature, how: How) -> None:
    """Refuse what does not fit: who signs for whom, and who cannot write."""
    if how.way not in OFFERED:
        raise Refused(_("Choose how it was signed."), field="way")
    if how.proxy is not None:
        if signature.party == Signature.Party.CHECKER:
            raise Refused(_("Nobody signs for a checker: who checked signs."), field="proxy_name")
        for name, words in asdict(how.proxy).items():
            if not words.strip():
                raise Refused(
                    _("Somebody else signs: say who, what they are to each other, and why."),
                    field=f"proxy_{name}",
                )
    reading = asdict(how.reading) if how.reading is not None else {}
    if how.way == Way.THUMB and not reading:
        reading = {"written_by": "", "read_to": "", "printed_by": ""}
    for name, words in reading.items():
        if not words.strip():
            raise Refused(
                _(
                    "A print stands for who cannot write: say who wrote, to whom it was read aloud, who put it."
                ),
                field=name,
            )


def _keep(signature: Signature, how: How, by: User) -> str:
    """Keep drawing or photo; returns the digest of the bytes as they came."""
    if how.way == Way.DRAWN:
        return str(pictures.keep_drawing(signature, how.drawn or b"", by=by).sha256)
    if how.photo is None:
        raise Refused(_("Photograph the signed paper, or choose the photo."), field="photo")
    return str(pictures.keep_photo(signature, how.photo.draft, how.photo.name, by=by).sha256)


def _as_signed(signature: Signature, said: dict[str, Any]) -> Signature:
    """Return the row as it will stand after the move, without touching the one at hand."""
    fields = {each.attname: getattr(signature, each.attname) for each in Signature._meta.concrete_fields}
    return Signature(**fields | said)
