"""Where sealed files lie: a folder, or by setting an S3-compatible store. Neither ever sees content.

A file is named by the SHA-256 of its sealed form, so a store can be checked without any key. PostgreSQL decides what
exists: a file goes into the store before its row is committed, so a file that no row names is a stray.
"""

import datetime
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from minio import Minio
from minio.error import S3Error

from foundation.tables.strays import untouched_since

#: Parts of a multipart upload; at most two of them are in memory.
PART = 8 * 2**20


class Missing(Exception):  # noqa: N818  (says what is wrong)
    """The store does not have a file that a row names."""


class BlobStore(Protocol):
    """Keeps sealed files by the digest of their bytes."""

    def put(self, path: Path, key: str) -> None:
        """Take over the file at `path`, which is gone afterwards; putting the same file again does no harm."""

    def open(self, key: str) -> BinaryIO:
        """Return a stream to read the file from, to be closed; raises Missing."""

    def delete(self, key: str) -> None:
        """Destroy the file, if it is still there."""

    def exists(self, key: str) -> bool:
        """Say whether the file is there."""

    def older_than(self, moment: datetime.datetime) -> Iterator[str]:
        """Yield the keys of the files put before `moment`."""


class FolderStore:
    """Files in a folder, two levels deep: `ab/cd/abcd…`; each is whole and on the disk before it has its name."""

    def __init__(self, folder: Path) -> None:
        """Keep files under `folder`, which is made when the first one comes."""
        self._folder = folder

    def put(self, path: Path, key: str) -> None:
        """Move the file in by renaming, or by copying where it lies on another disk."""
        target = self.path(key)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.stat().st_dev != target.parent.stat().st_dev:
            copy = target.with_suffix(".part")
            with path.open("rb") as source, copy.open("wb") as sink:
                copy.chmod(0o600)
                shutil.copyfileobj(source, sink, 2**20)
                sink.flush()
                os.fsync(sink.fileno())
            path.unlink()
            path = copy
        path.rename(target)
        descriptor = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def open(self, key: str) -> BinaryIO:
        """Open the file."""
        try:
            return self.path(key).open("rb")
        except FileNotFoundError:
            raise Missing(key) from None

    def delete(self, key: str) -> None:
        """Unlink the file."""
        self.path(key).unlink(missing_ok=True)

    def exists(self, key: str) -> bool:
        """Look for the file."""
        return self.path(key).is_file()

    def older_than(self, moment: datetime.datetime) -> Iterator[str]:
        """Walk the folder."""
        for path in untouched_since(self._folder.glob("??/??/*"), moment.timestamp()):
            if path.suffix != ".part":
                yield path.name

    def path(self, key: str) -> Path:
        """Return where a file lies, or would lie."""
        if len(key) != 64 or not set(key) <= set("0123456789abcdef"):
            raise ValueError("A key of the store is a SHA-256 in hex.")
        return self._folder / key[:2] / key[2:4] / key


class S3Store:
    """Files in a bucket of any S3-compatible store (MinIO, Ceph, OBS, OSS, COS)."""

    def __init__(self, client: Minio, bucket: str) -> None:
        """Keep files in `bucket`, which must exist."""
        self._client, self._bucket = client, bucket

    def put(self, path: Path, key: str) -> None:
        """Upload in parts; the store shows the file only when it is whole."""
        self._client.fput_object(
            self._bucket, _object(key), str(path), part_size=PART, num_parallel_uploads=1
        )
        path.unlink()

    def open(self, key: str) -> BinaryIO:
        """Begin to download the file."""
        try:
            return _Download(self._client.get_object(self._bucket, _object(key)))  # type: ignore[return-value]
        except S3Error as error:
            raise _named(error, key) from None

    def delete(self, key: str) -> None:
        """Remove the object."""
        self._client.remove_object(self._bucket, _object(key))

    def exists(self, key: str) -> bool:
        """Ask for the object's head."""
        try:
            self._client.stat_object(self._bucket, _object(key))
        except S3Error as error:
            if isinstance(_named(error, key), Missing):
                return False
            raise
        return True

    def older_than(self, moment: datetime.datetime) -> Iterator[str]:
        """List the bucket, a thousand objects at a time."""
        for found in self._client.list_objects(self._bucket, recursive=True):
            if found.object_name and found.last_modified and found.last_modified < moment:
                yield found.object_name.rpartition("/")[2]


class _Download:
    """The body of an answer as a stream; closing gives the connection back."""

    def __init__(self, answer: object) -> None:
        self._answer = answer

    def read(self, size: int = -1) -> bytes:
        content: bytes = self._answer.read(size if size >= 0 else None)  # type: ignore[attr-defined]
        return content

    def close(self) -> None:
        self._answer.close()  # type: ignore[attr-defined]
        self._answer.release_conn()  # type: ignore[attr-defined]


def store() -> BlobStore:
    """Return the store of this installation (settings.FILES_STORE)."""
    return at(settings.FILES_STORE, settings.FILES_FOLDER)


@contextmanager
def opened(key: str) -> Iterator[BinaryIO]:
    """Open a file of the store for a while."""
    stream = store().open(key)
    try:
        yield stream
    finally:
        stream.close()


@cache
def at(address: str, folder: Path) -> BlobStore:
    """Return the store at `address`: s3://HOST[:PORT]/BUCKET[?region=…&insecure=1], or `folder` where it is empty."""
    if not address:
        return FolderStore(folder)
    parts = urlsplit(address)
    bucket = parts.path.strip("/")
    if parts.scheme != "s3" or not parts.netloc or not bucket or "/" in bucket:
        raise ImproperlyConfigured(
            "SHOUWANG_FILE_STORE and SHOUWANG_ARCHIVE_STORE must read s3://HOST[:PORT]/BUCKET, or stay unset."
        )
    options = parse_qs(parts.query)
    access, secret = _credentials()
    client = Minio(
        parts.netloc,
        access_key=access,
        secret_key=secret,
        secure=options.get("insecure") != ["1"],
        region=options.get("region", ["us-east-1"])[0],
    )
    return S3Store(client, bucket)


def _credentials() -> tuple[str, str]:
    """Read access key and secret key, one a line, from KEYS_DIR/file_store."""
    path: Path = settings.KEYS_DIR / "file_store"
    try:
        access, secret = path.read_text().split()
    except (FileNotFoundError, ValueError):
        raise ImproperlyConfigured(
            f"{path.name} in the folder of the keys must hold access and secret key."
        ) from None
    return access, secret


def _object(key: str) -> str:
    return f"{key[:2]}/{key}"


def _named(error: S3Error, key: str) -> Exception:
    """Turn “no such key” into Missing; other faults stay what they are."""
    return Missing(key) if error.code in ("NoSuchKey", "NoSuchObject", "404") else error
