"""Look at a file: every look at its content is a ledger entry; thumbnails are part of the page that shows them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.files import stores
from foundation.files.attaching import act_on
from foundation.files.content import ENDINGS
from foundation.files.drafts import context_of
from foundation.files.models import Attachment, StoredCopy
from foundation.files.owners import AttachmentOwner
from foundation.files.querysets import copy_of
from foundation.ledger.record import record_many
from foundation.vault.streams import open_stream

Use = StoredCopy.Use


@dataclass(frozen=True, slots=True)
class Opened:
    """A file to hand out: its content piece by piece, and what a download says of it."""

    pieces: Iterator[bytes]
    name: str
    media_type: str
    size: int


def look(
    attachment: Attachment, row: Model, *, owner: AttachmentOwner, by: User, use: str = Use.SHOWN
) -> Opened:
    """Open a copy of an attachment and record who looked; Refused where it was erased or has no such copy."""
    actor = by.authority(owner.view_right, owner.area_of_reader(row, by))
    opened = _open(attachment, use)
    record_many([act_on(attachment, f"attachment.looked.{use}")], by=actor)
    return opened


def thumbnail(attachment: Attachment) -> Opened:
    """Open the thumbnail of an attachment whose page the reader may see."""
    return _open(attachment, Use.THUMBNAIL)


def read_pictures(
    attachments: Iterable[Attachment], row: Model, *, owner: AttachmentOwner, by: User
) -> list[tuple[Attachment, bytes]]:
    """Return the pictures among `attachments` with their content; one look each is recorded."""
    actor = by.authority(owner.view_right, owner.area_of_reader(row, by))
    pictures = [each for each in attachments if copy_of(each, Use.THUMBNAIL) is not None]
    read = [(each, b"".join(_open(each, Use.SHOWN).pieces)) for each in pictures]
    record_many([act_on(each, "attachment.looked.shown") for each in pictures], by=actor)
    return read


def _open(attachment: Attachment, use: str) -> Opened:
    copy: StoredCopy | None = copy_of(attachment, use)
    if copy is None:
        raise Refused(_("This file was erased, as its time had come or somebody took it away."))
    ending = ENDINGS[copy.media_type]
    name = attachment.name.rpartition(".")[0] + ending
    return Opened(_pieces(copy), name, copy.media_type, copy.size)


def _pieces(copy: StoredCopy) -> Iterator[bytes]:
    """Open the sealed file at once, so that what is missing or altered is known before anything is sent."""
    try:
        stream = stores.store().open(copy.key)
    except stores.Missing:
        copy.refresh_from_db()  # it may have been sealed anew a moment ago, under another name
        stream = stores.store().open(copy.key)
    try:
        pieces = open_stream(stream, context_of(copy.uuid))
    except BaseException:
        stream.close()
        raise
    return _closing(pieces, stream)


def _closing(pieces: Iterator[bytes], stream: object) -> Iterator[bytes]:
    try:
        yield from pieces
    finally:
        stream.close()  # type: ignore[attr-defined]
