"""The spool: files that outlive a crash and tell nothing to whoever finds them."""

import hashlib
import random

import pytest

from foundation.accounts.refusals import Refused
from foundation.jobs import spool
from foundation.vault import keys
from foundation.vault.streams import HEAD, PIECE, TAG

PHONE = b"13800000000"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR, settings.KEYS_DIR = tmp_path, tmp_path / "keys"
    return tmp_path / "uploads/spool"


def test_what_is_kept_is_read_again_and_names_its_digest() -> None:
    content = "沈立夏".encode()
    kept = spool.keep([content])
    assert spool.read(kept.name) == content
    assert (kept.size, kept.sha256) == (9, hashlib.sha256(content).hexdigest())


def test_a_kept_file_is_private_and_sealed(folder, settings) -> None:
    kept = spool.keep([PHONE] * 100)
    assert (folder / kept.name).stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert PHONE not in (folder / kept.name).read_bytes()
    assert (settings.KEYS_DIR / "vault.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_any_size_in_any_pieces_is_read_from_any_place(size) -> None:
    content = random.Random(size).randbytes(size)
    pieces = [content[at : at + 30_001] for at in range(0, size, 30_001)]
    kept = spool.keep(pieces)
    with spool.opened(kept.name) as file:
        assert file.read() == content
        for place in (0, size // 2, max(size - 3, 0)):
            file.seek(place)
            assert file.read(1000) == content[place : place + 1000]
    assert kept.size == size


def test_a_changed_cut_or_swapped_file_is_refused(folder) -> None:
    content = bytes(2 * PIECE + 5)
    one, other = spool.keep([content]), spool.keep([content])
    whole = (folder / one.name).read_bytes()
    frame = PIECE + TAG
    for damaged in (
        (folder / other.name).read_bytes(),
        whole[:-1],
        whole[: HEAD + frame],
        whole[:HEAD]
        + whole[HEAD + frame : HEAD + 2 * frame]
        + whole[HEAD : HEAD + frame]
        + whole[HEAD + 2 * frame :],
        whole[:50] + bytes([whole[50] ^ 1]) + whole[51:],
        b"",
    ):
        (folder / one.name).write_bytes(damaged)
        with pytest.raises(Refused):
            spool.read(one.name)


@pytest.mark.parametrize("name", ["", "../keys/spool.key", "0" * 32, "0" * 31 + "/"])
def test_no_name_leads_anywhere_else(name) -> None:
    with pytest.raises(Refused):
        spool.read(name)


def test_a_stream_that_breaks_off_leaves_nothing(folder) -> None:
    def breaks():
        yield b"rows"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        spool.keep(breaks())
    assert list(folder.iterdir()) == []


def test_a_kept_file_is_sealed_anew_in_its_place_and_a_torn_attempt_does_no_harm(folder) -> None:
    kept, other = spool.keep([PHONE] * 10_000), spool.keep([b"x"])
    assert spool.outdated() == []
    keys.rotate()
    assert spool.outdated() == sorted([kept.name, other.name])
    (folder / f"{kept.name}.part").write_bytes(b"torn")
    reader = spool.opened(kept.name)
    assert spool.reseal(kept.name)
    assert spool.outdated() == [other.name]
    assert spool.read(kept.name) == reader.read() == PHONE * 10_000
    (folder / other.name).write_bytes((folder / other.name).read_bytes()[:-1])
    assert not spool.reseal(other.name)
    assert not spool.reseal("0" * 32)
    assert sorted(path.name for path in folder.iterdir()) == sorted([kept.name, other.name])
