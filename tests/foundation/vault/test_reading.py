"""A sealed file read from any place."""

import io
import random
import zipfile

import pytest

from foundation.vault.reading import SealedReader
from foundation.vault.sealing import DoesNotOpen
from foundation.vault.streams import PIECE, TAG, seal_stream

CONTEXT = b"file:7"


def sealed(content: bytes) -> bytes:
    sink = io.BytesIO()
    seal_stream([content], sink, CONTEXT)
    return sink.getvalue()


def reader(content: bytes) -> io.BufferedReader:
    return io.BufferedReader(SealedReader(io.BytesIO(content), CONTEXT))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7])
def test_it_reads_from_any_place_as_the_content_does(size: int) -> None:
    content = random.Random(size).randbytes(size)
    file = reader(sealed(content))
    assert file.read() == content
    for place in [0, 1, size // 2, PIECE - 1, PIECE, max(size - 3, 0), size, size + 10]:
        file.seek(place)
        assert file.read(70_000) == content[place : place + 70_000]
    assert file.seek(-min(size, 5), io.SEEK_END) == size - min(size, 5)


def test_an_archive_opens_where_it_lies() -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("a.csv", "编码,名称\n" * 50_000)
        archive.writestr("b.csv", "x")
    with zipfile.ZipFile(reader(sealed(sink.getvalue()))) as opened:
        assert opened.read("b.csv") == b"x"


@pytest.mark.parametrize("cut", [1, TAG, 8, PIECE + TAG + 100])
def test_a_file_cut_off_is_known_before_anything_is_read(cut: int) -> None:
    whole = sealed(bytes(2 * PIECE + 100))
    with pytest.raises(DoesNotOpen):
        SealedReader(io.BytesIO(whole[:-cut]), CONTEXT)


def test_an_altered_piece_is_known_when_it_is_read() -> None:
    altered = bytearray(sealed(bytes(2 * PIECE + 100)))
    altered[PIECE + TAG + 100] ^= 1
    file = reader(bytes(altered))
    assert file.read(10) == bytes(10)
    with pytest.raises(DoesNotOpen):
        file.read()


def test_a_file_of_another_context_is_refused_at_once() -> None:
    with pytest.raises(DoesNotOpen):
        SealedReader(io.BytesIO(sealed(b"x")), b"file:8")
