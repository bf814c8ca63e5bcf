"""Uploads arrive sealed, whatever their size, and forms still read them as files."""

import io
import zipfile
from pathlib import Path

import pytest
from django.http.multipartparser import MultiPartParser
from django.test import RequestFactory, override_settings

from foundation.accounts.refusals import Refused
from foundation.files.arriving import Arrival


def arrive(content: bytes, name: str = "feed.csv") -> Arrival:
    """Send `content` as a browser does, and return what the form gets."""
    sent = io.BytesIO(content)
    sent.name = name
    request = RequestFactory().post("/", {"file": sent})
    (arrival,) = request.FILES.getlist("file")
    assert isinstance(arrival, Arrival)
    return arrival


def test_what_arrives_is_sealed_before_it_rests(own_folders: Path) -> None:
    arrival = arrive(b"999901199001011234," * 100_000)
    (draft,) = (own_folders / "incoming").iterdir()
    assert b"999901199001011234" not in draft.read_bytes()
    assert draft.stat().st_mode & 0o777 == 0o600
    arrival.close()
    assert list((own_folders / "incoming").iterdir()) == []


@pytest.mark.parametrize("size", [1, 64 * 1024, 3_000_000])
def test_an_arrival_reads_like_any_file(size: int) -> None:
    content = bytes(range(256)) * (size // 256 + 1)
    arrival = arrive(content)
    assert arrival.size == len(content)
    assert arrival.read() == content
    arrival.seek(0)
    assert b"".join(arrival.chunks()) == content
    arrival.seek(10)
    assert arrival.read(5) == content[10:15]
    arrival.seek(-3, io.SEEK_END)
    assert arrival.read() == content[-3:]
    arrival.seek(2)
    assert arrival.tell() == 2


def test_a_zip_is_read_where_it_lies() -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", "编码,名称\n" * 5000)
    with zipfile.ZipFile(arrive(sink.getvalue())) as opened:  # type: ignore[arg-type]
        assert opened.read("a.csv").decode().startswith("编码")


def test_beyond_every_limit_only_the_size_is_counted(own_folders: Path) -> None:
    with override_settings(FILES_LARGEST=100_000):
        arrival = arrive(b"x" * 500_000)
        (draft,) = (own_folders / "incoming").iterdir()
        assert draft.stat().st_size < 110_000
        assert arrival.size == 500_000
        with pytest.raises(Refused):
            arrival.read()


def test_a_broken_connection_leaves_nothing(own_folders: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 150_000:
                raise OSError("gone")
            return super().read(size)

    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n' + b"y" * 300_000
    request = RequestFactory().post("/")
    meta = {"CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(len(body))}
    with pytest.raises(OSError, match="gone"):
        MultiPartParser(meta, Broken(body), request.upload_handlers).parse()
    for handler in request.upload_handlers:
        handler.upload_interrupted()
    assert list((own_folders / "incoming").iterdir()) == []
