"""How an upload arrives: sealed piece by piece into a draft, whatever its size (settings.FILE_UPLOAD_HANDLERS)."""

import io
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext as _

from foundation.accounts.refusals import Refused
from foundation.files.drafts import Draft


class Arrival(UploadedFile):
    """An uploaded file. `draft` is its sealed form; reading it opens it again from the beginning."""

    def __init__(self, draft: Draft, *, name: str, size: int, content_type: str) -> None:
        """Stand for a finished draft; `size` is what arrived, of which no more than allowed was kept."""
        self.draft = draft
        self._whole = size == draft.size
        super().__init__(io.BufferedReader(_Opened(self)), name, content_type, size)

    def pieces(self) -> Iterator[bytes]:
        """Yield the content; Refused where more arrived than is ever kept."""
        self.refuse_if_cut()
        return self.draft.pieces()

    def refuse_if_cut(self) -> None:
        """Refuse a file of which more arrived than is ever kept: its draft is not the whole of it."""
        if not self._whole:
            raise Refused(
                _("The file is larger than %(limit)d MB.") % {"limit": settings.FILES_LARGEST // 2**20},
                field="file",
            )

    def close(self) -> None:
        """Discard the draft, unless the store has taken it over."""
        super().close()
        self.draft.discard()


class _Opened(io.RawIOBase):
    """The content of an arrival as a file that can be read, and read again from its beginning."""

    def __init__(self, arrival: Arrival) -> None:
        self._arrival = arrival
        self._pieces: Iterator[bytes] | None = None
        self._rest = b""
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        wanted = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._arrival.draft.size}[
            whence
        ] + offset
        if wanted < self._at or self._pieces is None:
            self._pieces, self._rest, self._at = self._arrival.pieces(), b"", 0
        while self._at < wanted and self.readinto(bytearray(min(wanted - self._at, 64 * 1024))):
            pass
        return self._at

    def readinto(self, buffer: Any) -> int:
        if self._pieces is None:
            self.seek(0)
        while not self._rest:
            piece = next(self._pieces, None)  # type: ignore[arg-type]
            if piece is None:
                return 0
            self._rest = piece
        count = min(len(buffer), len(self._rest))
        buffer[:count], self._rest = self._rest[:count], self._rest[count:]
        self._at += count
        return count


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
