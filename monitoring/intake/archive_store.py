"""The archive of feeds: one immutable Parquet file for each delivery, named by the SHA-256 of its bytes.

PostgreSQL decides what exists: a file is put here before the row of its Batch is committed, so a file that no batch
names is a stray of a killed process. Files lie in a folder, or by setting in an S3-compatible store with a local cache.
"""

import datetime
import hashlib
import os
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils import timezone

from foundation.files.stores import BlobStore, FolderStore, Missing, at
from foundation.tables.strays import remove, untouched_since
from monitoring.models import Batch

_PIECE = 1 << 20
STRAY_AFTER = datetime.timedelta(days=1)
_STRAYS_AT_ONCE = 1000


class Altered(Exception):  # noqa: N818  (says what is wrong)
    """A file of the archive does not hold what its name says."""


class ArchiveStore(Protocol):
    """Keeps batches by the digest of their bytes, and hands them to DuckDB as local files."""

    def put(self, path: Path, digest: str) -> None:
        """Take over the file at `path`, which is gone afterwards; putting the same file again does no harm."""

    def local(self, digest: str) -> Path:
        """Return a file on this machine that holds the batch; raises Missing."""

    def exists(self, digest: str) -> bool:
        """Say whether the batch is there."""

    def delete(self, digest: str) -> None:
        """Destroy the batch, if it is still there."""

    def older_than(self, moment: datetime.datetime) -> Iterator[str]:
        """Yield the digests of the files put before `moment`."""


class FolderArchive(FolderStore):
    """Batches in a folder, where DuckDB reads them."""

    def local(self, digest: str) -> Path:
        """Return the file itself."""
        path = self.path(digest)
        if not path.is_file():
            raise Missing(digest)
        return path


class RemoteArchive:
    """Batches in an S3-compatible store; what is read is fetched once and checked against its digest."""

    def __init__(self, blobs: BlobStore, cached: FolderArchive) -> None:
        """Keep batches in `blobs`; `cached` may be emptied at any time."""
        self._blobs, self._cached = blobs, cached

    def put(self, path: Path, digest: str) -> None:
        """Upload the file."""
        self._blobs.put(path, digest)

    def local(self, digest: str) -> Path:
        """Fetch the file where it is not here yet; Altered where it is not what its name says."""
        if not self._cached.exists(digest):
            draft = drafted()
            try:
                self._fetch(digest, draft)
                self._cached.put(draft, digest)
            finally:
                draft.unlink(missing_ok=True)
        return self._cached.local(digest)

    def exists(self, digest: str) -> bool:
        """Ask the store."""
        return self._blobs.exists(digest)

    def delete(self, digest: str) -> None:
        """Destroy the file here and there."""
        self._cached.delete(digest)
        self._blobs.delete(digest)

    def older_than(self, moment: datetime.datetime) -> Iterator[str]:
        """Ask the store."""
        return self._blobs.older_than(moment)

    def _fetch(self, digest: str, draft: Path) -> None:
        seen, stream = hashlib.sha256(), self._blobs.open(digest)
        try:
            with draft.open("wb") as sink:
                while piece := stream.read(_PIECE):
                    seen.update(piece)
                    sink.write(piece)
        finally:
            stream.close()
        if seen.hexdigest() != digest:
            raise Altered(digest)


def store() -> ArchiveStore:
    """Return the archive of this installation (settings.ARCHIVE_STORE)."""
    return _store(settings.ARCHIVE_STORE, settings.ARCHIVE_FOLDER, settings.ARCHIVE_CACHE)


@cache
def _store(address: str, folder: Path, cache_folder: Path) -> ArchiveStore:
    if not address:
        return FolderArchive(folder)
    return RemoteArchive(at(address, folder), FolderArchive(cache_folder))


def folders() -> list[Path]:
    """Return the folders that a DuckDB connection needs for the archive, made at first use."""
    places = [settings.ARCHIVE_INCOMING, settings.ARCHIVE_FOLDER, settings.ARCHIVE_CACHE]
    for place in places:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return places


def drafted() -> Path:
    """Return the path of a new private draft; what a killed process leaves there is removed after a day."""
    incoming, *_kept = folders()
    path: Path = incoming / f"{uuid.uuid4()}.part"
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return path


def digested(path: Path) -> str:
    """Bring a finished draft down to the disk and return its SHA-256."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()


def remove_strays() -> int:
    """Remove drafts and files that no batch names for more than a day: their delivery never came to an end."""
    before = timezone.now() - STRAY_AFTER
    for draft in untouched_since(folders()[0].iterdir(), before.timestamp()):
        remove(draft)
    removed, some = 0, []
    for digest in store().older_than(before):
        some.append(digest)
        if len(some) == _STRAYS_AT_ONCE:
            removed += remove_unnamed(some)
            some = []
    return removed + remove_unnamed(some)


def remove_unnamed(digests: list[str]) -> int:
    """Destroy those files that no living batch names (two areas may have delivered the same); returns how many."""
    named = set(
        Batch.objects.filter(digest__in=digests, deleted_on__isnull=True).values_list("digest", flat=True)
    )
    strays = [digest for digest in digests if digest not in named]
    for digest in strays:
        store().delete(digest)
    return len(strays)
