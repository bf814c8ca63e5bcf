"""How an upload arrives: sealed piece by piece into a draft, whatever its size (settings.FILE_UPLOAD_HANDLERS)."""

import io
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext as _

from foundation.accounts.refusals import Refused
from foundation.files.drafts import Draft, context_of
from foundation.vault.reading import SealedReader


class Arrival(UploadedFile):
    """An uploaded file. `draft` is its sealed form; it reads like any file."""

    def __init__(self, draft: Draft, *, name: str, size: int, content_type: str) -> None:
        """Stand for a finished draft; `size` is what arrived, of which no more than allowed was kept."""
        self.draft = draft
        self._whole = size == draft.size
        super().__init__(io.BufferedReader(self._opened()), name, content_type, size)

    def refuse_if_cut(self) -> None:
        """Refuse a file of which more arrived than is ever kept: its draft is not the whole of it."""
        if not self._whole:
            raise Refused(
                _("The file is larger than %(limit)d MB.") % {"limit": settings.FILES_LARGEST // 2**20},
                field="file",
            )

    def _opened(self) -> io.RawIOBase:
        if not self._whole:
            return _Cut(self)
        return SealedReader(self.draft.path.open("rb"), context_of(self.draft.uuid))

    def close(self) -> None:
        """Discard the draft, unless the store has taken it over."""
        super().close()
        self.draft.discard()


class _Cut(io.RawIOBase):
    """The content of an arrival that was too large: there is none."""

    def __init__(self, arrival: Arrival) -> None:
        self._arrival = arrival

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._arrival.refuse_if_cut()
        return 0


class SealingUploadHandler(FileUploadHandler):
    """Seals every upload on arrival; beyond settings.FILES_LARGEST only the size is counted."""

    draft: Draft | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a draft."""
        super().new_file(*args, **kwargs)
        self.draft = Draft()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal a piece, unless the file has become too large for any use."""
        assert self.draft is not None  # noqa: S101  (new_file came first)
        if start + len(raw_data) <= settings.FILES_LARGEST:
            self.draft.write(raw_data)

    def file_complete(self, file_size: int) -> Arrival:
        """Finish the draft and hand it to the form."""
        assert self.draft is not None  # noqa: S101  (new_file came first)
        self.draft.close()
        draft, self.draft = self.draft, None
        return Arrival(draft, name=self.file_name or "", size=file_size, content_type=self.content_type or "")

    def upload_interrupted(self) -> None:
        """Discard what a broken connection left."""
        if self.draft is not None:
            self.draft.discard()
