"""The keyed index of numbers: found without being read (docs/decisions/0013).

For a key K of the vault (keys.py), a kind k (`id`, `phone`, `card`) and a number n in its normal form:

    index key I = HKDF-SHA-256(K, no salt, info "shouwang identity index 1"), 32 bytes
    token       = HMAC-SHA-256(I, k "\\0" n), its first 16 bytes as a UUID
    tail        = HMAC-SHA-256(I, k "\\0tail\\0" last four characters of n), its first 8 bytes big-endian,
                  without the highest bit: a positive 63-bit number

In DuckDB, with the two pads bound as blobs (`pads`), for a whole column at once:

    inner = unhex(sha256($inner_pad || encode('id' || chr(0) || n)))
    token = CAST(left(sha256($outer_pad || inner), 32) AS UUID)

`define(connection, keys)` makes these the macros identity_token(kind, n) and identity_tail(kind, n).
"""

import hmac
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from foundation.vault import keys

INFO = b"shouwang identity index 1"
TAIL = 4
_BLOCK = 64
_POSITIVE = 2**63 - 1


@dataclass(frozen=True, slots=True)
class IndexKey:
    """One key of the index. It is never printed."""

    secret: bytes

    def __repr__(self) -> str:
        """Say nothing of it."""
        return "IndexKey()"

    def token(self, kind: str, number: str) -> str:
        """Return the token under which a number is found, as 32 hex digits: equal for equal numbers of one kind."""
        return hmac.digest(self.secret, f"{kind}\0{number}".encode(), "sha256").hex()[:32]

    def tail(self, kind: str, number: str) -> int:
        """Return the index of the last four characters of a number."""
        digest = hmac.digest(self.secret, f"{kind}\0tail\0{number[-TAIL:]}".encode(), "sha256")
        return int.from_bytes(digest[:8], "big") & _POSITIVE


def index_key(key_id: str) -> IndexKey:
    """Return the index key that comes from the vault's key of that id (hex); UnknownKey where there is none."""
    return _derived(keys.find(bytes.fromhex(key_id)))


@lru_cache(maxsize=16)
def _derived(key: keys.Key) -> IndexKey:
    return IndexKey(HKDF(SHA256(), length=32, salt=None, info=INFO).derive(key.secret))


def define(connection: Any, key: IndexKey) -> None:
    """Give a DuckDB connection the macros identity_token(kind, number) and identity_tail(kind, number).

    The pads of the key stand in a temporary table of that connection alone.
    """
    inner, outer = (bytes(byte ^ pad for byte in key.secret.ljust(_BLOCK, b"\0")) for pad in (0x36, 0x5C))
    connection.execute("CREATE OR REPLACE TEMP TABLE identity_pads (inner_pad BLOB, outer_pad BLOB)")
    connection.execute("INSERT INTO identity_pads VALUES (?, ?)", [inner, outer])
    pad = "(SELECT {}_pad FROM identity_pads)"
    connection.execute(
        f"""CREATE OR REPLACE TEMP MACRO identity_digest(message) AS
            sha256({pad.format("outer")} || unhex(sha256({pad.format("inner")} || encode(message))))"""
    )
    connection.execute(
        """CREATE OR REPLACE TEMP MACRO identity_token(kind, number) AS
            CAST(left(identity_digest(kind || chr(0) || number), 32) AS UUID)"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP MACRO identity_tail(kind, number) AS CAST(
            CAST('0x' || left(identity_digest(kind || chr(0) || 'tail' || chr(0) || right(number, {TAIL})), 16)
                AS UBIGINT) & {_POSITIVE}::UBIGINT AS BIGINT)"""
    )
