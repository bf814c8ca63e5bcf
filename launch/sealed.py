"""The keys of an installation in a file that only a passphrase opens: scrypt, then AES-256-GCM."""

import base64
import getpass
import io
import json
import os
import secrets
import sys
import tarfile
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from launch.sentences import Stop

VARIABLE = "SHOUWANG_BACKUP_PASSPHRASE"
SHORTEST = 12
COST = {"n": 1 << 17, "r": 8, "p": 1}  # 128 MB and a third of a second for each guess


def ask_passphrase(*, twice: bool) -> str:
    """The passphrase from the environment, or from the person at the terminal."""
    given = os.environ.get(VARIABLE)
    if given is None:
        if not sys.stdin.isatty():
            raise Stop(f"The keys need a passphrase and there is no terminal to ask at: set {VARIABLE}.", 2)
        given = getpass.getpass("Passphrase of the keys: ")
        if twice and getpass.getpass("Once more: ") != given:
            raise Stop("The two passphrases differ; nothing was written.", 2)
    if twice and len(given) < SHORTEST:
        raise Stop(f"The passphrase has fewer than {SHORTEST} characters; nothing was written.", 2)
    return given


def seal(folder: Path, backup_id: str, passphrase: str) -> bytes:
    """The files of a folder, readable only with the passphrase and bound to one backup."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            info = tarfile.TarInfo(str(path.relative_to(folder)))
            content = path.read_bytes()
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    header: dict[str, Any] = {
        "format": 1,
        "backup": backup_id,
        "kdf": "scrypt",
        **COST,
        "cipher": "AES-256-GCM",
    }
    header |= {"salt": base64.b64encode(salt).decode(), "nonce": base64.b64encode(nonce).decode()}
    line = json.dumps(header).encode() + b"\n"
    return line + AESGCM(_key(passphrase, salt, header)).encrypt(nonce, packed.getvalue(), line)


def unseal(sealed: bytes, backup_id: str, passphrase: str, name: str) -> dict[str, bytes]:
    """The files of a sealed folder by name; a wrong passphrase, file or backup is one sentence."""
    line, _, body = sealed.partition(b"\n")
    try:
        header = json.loads(line)
        salt, nonce = base64.b64decode(header["salt"]), base64.b64decode(header["nonce"])
        # The header comes from a file: its costs may be ours or lower, never such as exhaust the machine.
        if header["format"] != 1 or header["n"] > COST["n"] or header["r"] > 8 or header["p"] > 1:
            raise ValueError
        key = _key(passphrase, salt, header)
    except (ValueError, KeyError, TypeError):
        raise Stop(f"{name} does not hold the keys of a backup.") from None
    try:
        packed = AESGCM(key).decrypt(nonce, body, line + b"\n")
    except InvalidTag:
        raise Stop(
            f"The passphrase does not open {name}, or the file was changed; nothing was restored."
        ) from None
    if header["backup"] != backup_id:
        raise Stop(f"{name} belongs to another backup; nothing was restored.")
    files = {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is not None:
                files[member.name] = content.read()
    return files


def _key(passphrase: str, salt: bytes, cost: dict[str, Any]) -> bytes:
    return Scrypt(salt=salt, length=32, n=cost["n"], r=cost["r"], p=cost["p"]).derive(passphrase.encode())
