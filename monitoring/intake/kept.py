"""What is kept of a delivery, sealed: the file as it came, and its rejected rows.

They are attachments of the delivery, so that retention, erasing and a change of keys (foundation.files) reach them
too; but nobody opens them as files: rows are read through monitoring.intake.rejects, which says so in the record.
"""

import io
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.files import stores
from foundation.files.arriving import Arrival
from foundation.files.drafts import Draft, context_of, draft_of
from foundation.files.models import Attachment, StoredCopy
from foundation.regulations.working_days import add_months
from foundation.vault.reading import SealedReader
from foundation.vault.streams import PIECE
from monitoring.models import Delivery

ORIGINAL, REJECTS = "original", "rejects"
_AT_ONCE = 1 << 20
#: What is digested and sealed at a time: it stays in the cache of the processor.
_SEALED_AT_ONCE = 1 << 18
_LONGEST_NAME = 100


def sealed(file: BinaryIO) -> Draft:
    """Return the sealed draft of a file: the one that an upload already is, or a new one."""
    if isinstance(file, Arrival):
        file.refuse_if_cut()
        return file.draft
    file.seek(0)
    return draft_of(iter(lambda: file.read(_SEALED_AT_ONCE), b""))


def keep(delivery: Delivery, kind: str, draft: Draft, *, media_type: str, by: User) -> None:
    """Put a finished draft into the store as the file of this kind of a delivery; in the caller's transaction."""
    stores.store().put(draft.path, draft.key)
    months = delivery.dataset.contract.retention_months
    attachment = Attachment.objects.create(
        owner_model=Delivery._meta.label_lower,
        owner_id=str(delivery.pk),
        area=delivery.area_code,
        kind=kind,
        name=delivery.file_name[:_LONGEST_NAME],
        media_type=media_type,
        size=draft.size,
        sha256=draft.sha256,
        uploaded_by=by,
        uploaded_on=clock.today(),
        retention_until=add_months(clock.today(), months),
    )
    StoredCopy.objects.create(
        uuid=draft.uuid,
        attachment=attachment,
        use=StoredCopy.Use.SHOWN,
        media_type=media_type,
        size=draft.size,
        sha256=draft.sha256,
        key=draft.key,
        sealed_size=draft.sealed_size,
        sealed_with=draft.sealed_with,
    )


def follow(deliveries: Iterable[int], area: str) -> None:
    """Let the files of deliveries take another area, where their deliveries do."""
    keys = [str(pk) for pk in deliveries]
    Attachment.objects.filter(owner_model=Delivery._meta.label_lower, owner_id__in=keys).update(area=area)


def has(delivery: Delivery, kind: str) -> bool:
    """Say whether the file of this kind is still kept."""
    return _copy(delivery, kind) is not None


@contextmanager
def opened(delivery: Delivery, kind: str) -> Iterator[BinaryIO]:
    """Open the file of this kind, which can be sought in; Refused where it was erased."""
    copy = _copy(delivery, kind)
    if copy is None:
        raise Refused(_("This file was erased at the end of its time of keeping."))
    with stores.opened(copy.key) as stored, _seekable(stored) as file:
        yield io.BufferedReader(SealedReader(file, context_of(copy.uuid)), PIECE)


@contextmanager
def _seekable(stored: BinaryIO) -> Iterator[BinaryIO]:
    """Yield a file that can be sought in; what comes over a network is first fetched, sealed as it is."""
    if hasattr(stored, "seek"):
        yield stored
        return
    with tempfile.TemporaryFile() as fetched:
        while piece := stored.read(_AT_ONCE):
            fetched.write(piece)
        fetched.seek(0)
        yield fetched


def _copy(delivery: Delivery, kind: str) -> StoredCopy | None:
    of_delivery = Attachment.objects.of(delivery).living().filter(kind=kind)
    return StoredCopy.objects.filter(attachment__in=of_delivery).order_by("-pk").first()
