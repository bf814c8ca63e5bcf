"""Attachments for the scope walk."""

from collections.abc import Iterator

from foundation.desk.models import GrantProposal
from foundation.files import stores
from foundation.files.content import JPEG
from foundation.files.drafts import draft_of
from foundation.files.models import Attachment, StoredCopy
from tests.house.things import DAY, Thing


def attachments() -> Iterator[Thing]:
    """Let every proposal have a picture, attached by who proposed it."""
    for proposal in GrantProposal.objects.select_related("proposed_by"):
        thumbnail = draft_of([b"thumbnail"])
        stores.store().put(thumbnail.path, thumbnail.key)
        made = Attachment.objects.create(
            owner_model="desk.grantproposal",
            owner_id=str(proposal.pk),
            area=proposal.area_id,
            kind="appointment",
            name="letter.jpg",
            media_type=JPEG,
            size=9,
            sha256=thumbnail.sha256,
            uploaded_by=proposal.proposed_by,
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
        yield Thing(made.uuid, proposal.area_id)
