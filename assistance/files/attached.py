"""What was attached to a row, as papers of the file: photos on pages of their own, scanned papers as they came."""

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Model

from assistance.files.parts import Paper
from foundation.accounts.models import User
from foundation.desk import sharing
from foundation.files.content import PDF
from foundation.files.looking import look
from foundation.files.models import Attachment, StoredCopy
from foundation.files.owners import AttachmentOwner
from foundation.files.querysets import copy_of


@dataclass(frozen=True, slots=True)
class Bound:
    """How photos are called in the contents, their day, and which document a photo of these kinds proves."""

    title: str
    on: datetime.date | None = None
    kinds: Collection[str] = ()
    proves: str = ""


def attached(row: Model, owner: AttachmentOwner, user: User, how: Bound) -> Iterator[Paper]:
    """Yield photos and scanned papers of a row; every look is recorded."""
    files = list(Attachment.objects.visible_to(user).of(row).living().with_copies().order_by("pk"))
    photos = [each for each in files if copy_of(each, StoredCopy.Use.THUMBNAIL) is not None]
    if photos:
        proves = (how.proves,) if any(each.kind in how.kinds for each in photos) else ()
        content = b"".join(sharing.pictures(photos, row, owner=owner, by=user).pieces)
        yield Paper(how.title, content, how.on, proves)
    for each in files:
        if each.media_type == PDF:
            proves = (how.proves,) if each.kind in how.kinds else ()
            yield Paper(each.name, b"".join(look(each, row, owner=owner, by=user).pieces), how.on, proves)
