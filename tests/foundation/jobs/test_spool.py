"""The spool: files that outlive a crash and tell nothing to whoever finds them."""

import hashlib

import pytest

from foundation.accounts.refusals import Refused
from foundation.jobs import spool


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path) -> None:
    settings.VAR, settings.KEYS_DIR = tmp_path, tmp_path / "keys"


def test_what_is_kept_is_read_again_and_names_its_digest() -> None:
    kept = spool.keep("沈立夏".encode())
    assert spool.read(kept.name) == "沈立夏".encode()
    assert kept.size == 9
    assert kept.sha256 == hashlib.sha256("沈立夏".encode()).hexdigest()


def test_a_kept_file_is_private_and_encrypted(settings) -> None:
    kept = spool.keep(b"13800138000" * 100)
    path = settings.VAR / "uploads/spool" / kept.name
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert b"13800138000" not in path.read_bytes()
    assert (settings.KEYS_DIR / "spool.key").stat().st_mode & 0o777 == 0o600


def test_a_damaged_or_swapped_file_is_refused(settings) -> None:
    one, other = spool.keep(b"one"), spool.keep(b"other")
    folder = settings.VAR / "uploads/spool"
    (folder / one.name).write_bytes((folder / other.name).read_bytes())
    with pytest.raises(Refused):
        spool.read(one.name)


@pytest.mark.parametrize("name", ["", "../keys/spool.key", "0" * 32, "0" * 31 + "/"])
def test_no_name_leads_anywhere_else(name) -> None:
    with pytest.raises(Refused):
        spool.read(name)


def test_a_file_too_large_is_refused_with_a_sentence(monkeypatch) -> None:
    monkeypatch.setattr(spool, "LARGEST", 10)
    with pytest.raises(Refused, match="MB"):
        spool.keep(b"x" * 11)
    spool.forget("")
