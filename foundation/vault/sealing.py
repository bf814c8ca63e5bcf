"""Small values under AES-256-GCM.

    version (1 byte, 1) | key id (8) | nonce (12, random) | ciphertext and tag

Everything before the ciphertext, and the caller's context, are authenticated. The context is not stored: it says
what the value belongs to (`b"household:41:phone"`), so that a value copied elsewhere does not open. Random nonces
allow 2³² values under one key; rotate before.
"""

import secrets
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from foundation.vault import keys

VERSION = b"\x01"
_NONCE = 12
_HEAD = len(VERSION) + keys.ID_BYTES


class DoesNotOpen(Exception):  # noqa: N818  (says what is wrong)
    """What was sealed was altered, cut short, or belongs to another context."""


def seal(plaintext: bytes, context: bytes) -> bytes:
    """Seal `plaintext` with the current key, bound to `context`; 37 bytes longer than it was."""
    return _seal(plaintext, context, keys.current())


def sealer() -> Callable[[bytes, bytes], bytes]:
    """Return `seal` with the current key in hand, for the many values of one transaction."""
    key = keys.current()
    head, cipher = VERSION + key.id, AESGCM(key.secret)

    def seal_one(plaintext: bytes, context: bytes) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return head + nonce + cipher.encrypt(nonce, plaintext, head + context)

    return seal_one


def open_sealed(sealed: bytes, context: bytes) -> bytes:
    """Return what was sealed; DoesNotOpen where it was altered or of another context, UnknownKey without its key."""
    head, nonce, body = sealed[:_HEAD], sealed[_HEAD : _HEAD + _NONCE], sealed[_HEAD + _NONCE :]
    if len(nonce) != _NONCE or head[:1] != VERSION:
        raise DoesNotOpen("This is not a sealed value.")
    key = keys.find(head[1:])
    try:
        return AESGCM(key.secret).decrypt(nonce, body, head + context)
    except InvalidTag:
        raise DoesNotOpen("This value was altered, or belongs elsewhere.") from None


def reseal(sealed: bytes, context: bytes) -> bytes:
    """Seal a value anew where an older key sealed it; what the current key sealed comes back as it is."""
    key = keys.current()
    if sealed[:_HEAD] == VERSION + key.id:
        return sealed
    return _seal(open_sealed(sealed, context), context, key)


def _seal(plaintext: bytes, context: bytes, key: keys.Key) -> bytes:
    head, nonce = VERSION + key.id, secrets.token_bytes(_NONCE)
    return head + nonce + AESGCM(key.secret).encrypt(nonce, plaintext, head + context)
