"""Attachments for the scope walk."""

from collections.abc import Iterable, Iterator
from typing import Any

from foundation.accounts.models import User
from foundation.desk.models import GrantProposal
from foundation.files import stores
from foundation.files.content import JPEG
from foundation.files.drafts import draft_of
from foundation.files.models import Attachment, StoredCopy
from foundation.files.owners import owners
from tests.house.things import DAY, Thing


def attachments() -> Iterator[Thing]:
    """Let every proposal have a picture, attached by who proposed it."""
    for proposal in GrantProposal.objects.select_related("proposed_by"):
        yield from attached([proposal], proposal.proposed_by, "appointment")


def attached(rows: Iterable[Any], by: User, kind: str) -> Iterator[Thing]:
    """Let every row have a picture."""
    for row in rows:
        area = owners()[row._meta.label_lower].area(row)
        thumbnail = draft_of([b"thumbnail"])
        stores.store().put(thumbnail.path, thumbnail.key)
        made = Attachment.objects.create(
            owner_model=row._meta.label_lower,
            owner_id=str(row.pk),
            area=area,
            kind=kind,
            name="letter.jpg",
            media_type=JPEG,
            size=9,
            sha256=thumbnail.sha256,
            uploaded_by=by,
            uploaded_on=DAY,
            retention_until=DAY,
        )
        StoredCopy.objects.create(
            attachment=made,
            uuid=thumbnail.uuid,
            use=StoredCopy.Use.THUMBNAIL,
            media_type=JPEG,
            size=thumbnail.size,
            sha256=thumbnail.sha256,
            key=thumbnail.key,
            sealed_size=thumbnail.sealed_size,
        )
        yield Thing(made.uuid, area)
