"""Files that a job needs until it ends: an upload, and the rejected rows that its asker may fetch.

They lie encrypted (AES-256-GCM, key outside the database) under random names in VAR/uploads/spool, which every
machine with workers must share. A file is kept before its job is asked for; one without a job is a stray and is
removed after a day.
"""

import hashlib
import os
import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

from foundation.accounts.refusals import Refused
from foundation.jobs.models import Job

LARGEST = 64 * 2**20
STRAY_AFTER_SECONDS = 24 * 3600
_NAME = re.compile(r"[0-9a-f]{32}")
_NONCE = 12


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the spool: its random name, and digest and size of its content."""

    name: str
    sha256: str
    size: int


def keep(content: bytes) -> Kept:
    """Keep `content` so that it survives a crash; refuses what is too large to be read at once."""
    if len(content) > LARGEST:
        raise Refused(
            _("The file is larger than %(limit)d MB: split it.") % {"limit": LARGEST // 2**20}, field="file"
        )
    name, nonce = secrets.token_hex(16), secrets.token_bytes(_NONCE)
    sealed = nonce + AESGCM(_key()).encrypt(nonce, content, name.encode())
    draft = _folder() / f"{name}.part"
    _write(draft, sealed)
    draft.rename(_folder() / name)
    _sync(_folder())
    return Kept(name, hashlib.sha256(content).hexdigest(), len(content))


def read(name: str) -> bytes:
    """Return the content of a kept file; Refused where it is gone or damaged."""
    try:
        sealed = _path(name).read_bytes()
        return AESGCM(_key()).decrypt(sealed[:_NONCE], sealed[_NONCE:], name.encode())
    except (FileNotFoundError, InvalidTag) as gone:
        raise Refused(_("The file is no longer kept: hand it in again.")) from gone


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


def remove_strays() -> None:
    """Delete files older than a day that no job claims: their process was killed before the job was asked for."""
    before = time.time() - STRAY_AFTER_SECONDS
    old = {path.name: path for path in _folder().iterdir() if path.stat().st_mtime < before}
    names = list(old)
    claimed = set(Job.objects.filter(spooled__in=names).values_list("spooled", flat=True))
    claimed |= set(Job.objects.filter(rejects__in=names).values_list("rejects", flat=True))
    for name in old.keys() - claimed:
        old[name].unlink(missing_ok=True)


def _folder() -> Path:
    folder: Path = settings.VAR / "uploads" / "spool"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise Refused(_("The file is no longer kept: hand it in again."))
    return _folder() / name


def _key() -> bytes:
    """Return the key of the spool, made on first use; of two processes that make it, one wins."""
    path: Path = settings.KEYS_DIR / "spool.key"
    if not path.exists():
        settings.KEYS_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"spool.key.{secrets.token_hex(4)}")
        _write(draft, secrets.token_bytes(32))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        _sync(settings.KEYS_DIR)
    return path.read_bytes()


def _write(path: Path, content: bytes) -> None:
    """Write a private new file down to the disk."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Bring a folder's names down to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
