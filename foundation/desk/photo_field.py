"""A field of forms for the photo of a paper, or its scan: taken with the phone, sealed on arrival."""

from typing import Any

from django import forms

from foundation.files.arriving import Arrival
from foundation.files.attaching import Upload
from foundation.files.content import PDF, PICTURES
from foundation.files.owners import FileKind


class PaperPhotoField(forms.FileField):
    """One picture or PDF. The form goes with `request.FILES`; `upload_of` turns what came into what is attached."""

    def __init__(self, **options: Any) -> None:
        """Open the camera of a phone at once."""
        accepted = ",".join(sorted(PICTURES | {PDF}))
        options.setdefault("widget", forms.FileInput(attrs={"accept": accepted, "capture": "environment"}))
        super().__init__(**options)


def upload_of(photo: object, kind: FileKind) -> Upload:
    """Return what a cleaned field holds as a file of a kind; Refused where it is too large."""
    if not isinstance(photo, Arrival):
        raise TypeError("Uploads arrive sealed (settings.FILE_UPLOAD_HANDLERS).")
    photo.refuse_if_cut()
    return Upload(photo.draft, photo.name or "", kind.code)
