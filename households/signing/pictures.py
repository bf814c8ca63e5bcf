"""The picture of a signature: drawn on the screen or photographed from paper, sealed like every file."""

import io

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.files.attaching import Upload, attach
from foundation.files.content import PICTURES, PNG
from foundation.files.drafts import Draft, draft_of
from foundation.files.looking import Opened, look, read_pictures, thumbnail
from foundation.files.models import Attachment
from foundation.files.owners import MB, AttachmentOwner, FileKind
from foundation.files.retention import remove
from households.models import Signature

#: Where no value holds (regulations: signature_retention).
_TEN_YEARS = 3653
#: A drawn signature has ink on so many pixels at least: less is a slip of the finger.
LEAST_INK = 120
#: Darker than this of 255 is ink.
_INK = 128
#: A picture of the pad is small; whatever is larger was not drawn on it.
LARGEST_DRAWING = MB

DRAWN = FileKind(
    "drawn",
    gettext_lazy("drawn signature"),
    keep_days=_TEN_YEARS,
    accepts=frozenset({PNG}),
    largest=LARGEST_DRAWING,
    most=1,
    kept_by="signature_retention",
    keeps_original=True,
)
PAPER = FileKind(
    "paper",
    gettext_lazy("photo of the signed paper"),
    keep_days=_TEN_YEARS,
    accepts=PICTURES,
    most=1,
    kept_by="signature_retention",
    keeps_original=True,
)


def _closed(signature: Signature) -> str:
    if signature.state in ("owed", "refused"):
        return ""
    return _("This is signed: its picture stays as it is, until the signature is taken back.")


SIGNATURES = AttachmentOwner(
    model=Signature,
    route="signature",
    kinds=(DRAWN, PAPER),
    view_right=Right.VIEW_HOUSEHOLDS,
    attach_right=Right.VISIT_HOUSEHOLDS,
    title=str,
    url=lambda signature: reverse("signatures:signature", args=[signature.pk]),
    closed=_closed,
    goes_with=lambda signature: signature.household,
)


def keep_drawing(signature: Signature, drawn: bytes, *, by: User) -> Attachment:
    """Keep a signature drawn on the pad, a PNG; refused where there is nothing on it."""
    check_inked(drawn)
    draft = draft_of([drawn])
    try:
        return _attach(signature, draft, "signature.png", DRAWN, by)
    finally:
        draft.discard()


def keep_photo(signature: Signature, photo: Draft, name: str, *, by: User) -> Attachment:
    """Keep the photo of a signed paper."""
    return _attach(signature, photo, name, PAPER, by)


def destroy(signature: Signature, *, by: User, reason: str) -> None:
    """Destroy the picture of a signature that was taken back; the record keeps that it was there."""
    for kept in Attachment.objects.of(signature).living():
        remove(kept, signature, owner=SIGNATURES, reason=reason, by=by)


def picture_of(signature: Signature) -> Attachment | None:
    """Return the picture of a signature that the caller came to through its door, or None."""
    return Attachment.objects.of(signature).living().with_copies().first()


def opened(signature: Signature, *, by: User) -> Opened:
    """Open the picture at its full size; the look is recorded."""
    return look(_there(signature), signature, owner=SIGNATURES, by=by)


def small(signature: Signature) -> Opened:
    """Open the small picture, as part of the page that shows the signature."""
    return thumbnail(_there(signature))


def jpeg_of(signature: Signature, *, by: User) -> bytes | None:
    """Return the picture for a printed document; the look is recorded. None where it was erased."""
    kept = picture_of(signature)
    read = read_pictures([kept] if kept else [], signature, owner=SIGNATURES, by=by)
    return read[0][1] if read else None


def check_inked(drawn: bytes) -> None:
    """Refuse a pad on which nothing was drawn. The size is bounded before anything is decoded."""
    empty = Refused(_("Nothing is drawn yet: sign in the box with a finger or the mouse."), field="drawn")
    if not drawn:
        raise empty
    if len(drawn) > LARGEST_DRAWING:
        raise Refused(_("The drawing is too large: clear the box and sign again."), field="drawn")
    try:
        with Image.open(io.BytesIO(drawn), formats=("PNG",)) as picture:
            if picture.width * picture.height > 16_000_000:
                raise Refused(_("The drawing is too large: clear the box and sign again."), field="drawn")
            white = Image.new("RGBA", picture.size, "white")
            white.alpha_composite(picture.convert("RGBA"))
    except (OSError, ValueError, SyntaxError) as broken:
        raise Refused(
            _("The drawing cannot be read: clear the box and sign again."), field="drawn"
        ) from broken
    if sum(white.convert("L").histogram()[:_INK]) < LEAST_INK:
        raise empty


def _there(signature: Signature) -> Attachment:
    kept = picture_of(signature)
    if kept is None:
        raise Refused(_("The picture of this signature was erased."))
    return kept


def _attach(signature: Signature, draft: Draft, name: str, kind: FileKind, by: User) -> Attachment:
    return attach(signature, Upload(draft, name, kind.code), owner=SIGNATURES, by=by)
