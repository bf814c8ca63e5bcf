"""The ring of keys: made once, rotated without losing anything, never readable by others."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from foundation.vault import keys
from foundation.vault.keys import BrokenKeyRing, UnknownKey


def test_the_first_use_makes_a_ring_that_only_its_owner_reads(keys_dir: Path) -> None:
    key = keys.current()
    assert len(key.secret) == 32
    assert (keys_dir / "vault.json").stat().st_mode & 0o777 == 0o600
    assert keys_dir.stat().st_mode & 0o777 == 0o700
    assert keys.current() == key


def test_many_who_come_first_at_once_make_one_ring() -> None:
    with ThreadPoolExecutor(16) as pool:
        made = set(pool.map(lambda _: keys.current().id, range(64)))
    assert len(made) == 1


def test_rotation_keeps_the_older_keys(keys_dir: Path) -> None:
    old = keys.current()
    new = keys.rotate()
    assert keys.current() == new != old
    assert keys.find(old.id) == old
    assert len(json.loads((keys_dir / "vault.json").read_text())["keys"]) == 2


def test_a_key_that_is_not_there_is_named() -> None:
    keys.current()
    with pytest.raises(UnknownKey, match="0102030405060708"):
        keys.find(bytes(range(1, 9)))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"current": "0102030405060708", "keys": {}}',
        '{"current": "0102030405060708", "keys": {"0102030405060708": "c2hvcnQ="}}',
        '{"current": "0102030405060708", "keys": {"0102030405060708": "not base64!"}}',
    ],
)
def test_a_broken_ring_is_not_replaced_by_a_new_one(keys_dir: Path, content: str) -> None:
    keys_dir.mkdir()
    (keys_dir / "vault.json").write_text(content)
    with pytest.raises(BrokenKeyRing) as broken:
        keys.current()
    assert "not base64" not in str(broken.value)
    assert (keys_dir / "vault.json").read_text() == content


def test_a_key_never_prints_itself() -> None:
    key = keys.current()
    assert key.secret.hex() not in repr(key)
    assert repr(key.secret) not in repr(key)
