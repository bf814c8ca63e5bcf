"""Files that a job needs until it ends: an upload, and the rejected rows that its asker may fetch.

They lie sealed (foundation/vault) under random names in VAR/uploads/spool, which every machine
with workers must share. A file is kept before its job is asked for; one that no job claims is a stray and is removed
after a day.
"""

import hashlib
import io
import logging
import os
import re
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from foundation.accounts.refusals import Refused
from foundation.jobs.models import Job
from foundation.tables.strays import untouched_since
from foundation.vault import keys, streams
from foundation.vault.keys import UnknownKey
from foundation.vault.reading import SealedReader
from foundation.vault.sealing import DoesNotOpen

log = logging.getLogger(__name__)
STRAY_AFTER_SECONDS = 24 * 3600
_NAME = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the spool: its random name, and digest and size of its content."""

    name: str
    sha256: str
    size: int


def keep(content: Iterable[bytes]) -> Kept:
    """Keep a stream of bytes so that it survives a crash."""
    name = secrets.token_hex(16)
    draft = _folder() / f"{name}.part"
    try:
        sha256, size = _write(draft, content, name)
        draft.rename(_folder() / name)
    finally:
        draft.unlink(missing_ok=True)
    _sync(_folder())
    return Kept(name, sha256, size)


def keep_file(file: BinaryIO) -> Kept:
    """Keep what an open file holds from its beginning."""
    file.seek(0)
    return keep(iter(lambda: file.read(streams.PIECE), b""))


def opened(name: str) -> BinaryIO:
    """Open a kept file for reading; Refused where it is gone or damaged."""
    try:
        return io.BufferedReader(SealedReader(_path(name).open("rb"), _context(name)), streams.PIECE)
    except (FileNotFoundError, DoesNotOpen, UnknownKey) as gone:
        raise _no_longer_kept() from gone


def read(name: str) -> bytes:
    """Return the whole content of a kept file; Refused where it is gone or damaged."""
    try:
        with opened(name) as file:
            return file.read()
    except DoesNotOpen as damaged:
        raise _no_longer_kept() from damaged


def forget(name: str) -> None:
    """Delete a kept file, if it is still there."""
    if name:
        _path(name).unlink(missing_ok=True)


def forget_of(job: Job) -> None:
    """Delete the upload of a job and note that it is gone; again does no harm."""
    forget(job.spooled)
    Job.objects.filter(pk=job.pk).update(spooled="")


def forget_rejects_of(job: Job) -> None:
    """Delete the rejected rows of a job and note that they are gone."""
    forget(job.rejects)
    Job.objects.filter(pk=job.pk).update(rejects="")


def outdated() -> list[str]:
    """Return the names of the kept files that another key than the current one sealed."""
    current = keys.current().id
    return sorted(
        path.name
        for path in _folder().iterdir()
        if _NAME.fullmatch(path.name) and _sealed_by(path) != current
    )


def reseal(name: str) -> bool:
    """Seal a kept file anew with the current key, in its place; False where it is gone or does not open.

    Whoever reads the old form meanwhile reads it to the end. One that is forgotten meanwhile comes back as a stray.
    """
    path = _path(name)
    draft = path.with_suffix(".part")
    draft.unlink(missing_ok=True)  # of a killed process
    try:
        with path.open("rb") as sealed:
            _write(draft, streams.open_stream(sealed, _context(name)), name)
        draft.rename(path)
    except (FileNotFoundError, DoesNotOpen, UnknownKey) as fault:
        log.error("The kept file %s cannot be sealed anew (%s).", name, type(fault).__name__)
        return False
    finally:
        draft.unlink(missing_ok=True)
    _sync(_folder())
    return True


def remove_strays() -> None:
    """Delete files older than a day that no job claims: their process was killed before the job was asked for."""
    before = time.time() - STRAY_AFTER_SECONDS
    old = {path.name: path for path in untouched_since(_folder().iterdir(), before)}
    if not old:
        return
    claimed = set(Job.objects.filter(spooled__in=list(old)).values_list("spooled", flat=True))
    claimed |= set(Job.objects.filter(rejects__in=list(old)).values_list("rejects", flat=True))
    for name in old.keys() - claimed:
        old[name].unlink(missing_ok=True)


def _no_longer_kept() -> Refused:
    return Refused(_("The file is no longer kept: hand it in again."))


def _sealed_by(path: Path) -> bytes:
    """Return the id of the key that sealed a kept file; nothing where it is gone or no sealed file."""
    try:
        with path.open("rb") as sealed:
            return streams.key_id(sealed.read(streams.HEAD))
    except (FileNotFoundError, DoesNotOpen):
        return b""


def _folder() -> Path:
    folder: Path = settings.VAR / "uploads" / "spool"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise _no_longer_kept()
    return _folder() / name


def _write(draft: Path, content: Iterable[bytes], name: str) -> tuple[str, int]:
    """Write `content` sealed into a new private file, down to the disk; returns its SHA-256 and size."""
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        stream = streams.SealingStream(file, _context(name))
        for piece in content:
            digest.update(piece)
            size += stream.write(piece)
        stream.close()
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def _context(name: str) -> bytes:
    """Return what binds a sealed file to its name: another one put in its place does not open."""
    return b"spool:" + name.encode()


def _sync(folder: Path) -> None:
    """Bring a folder's names down to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
