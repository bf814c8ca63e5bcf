"""What an upload is, by its bytes; and names that can do no harm."""

import io
import zipfile

import pytest

from foundation.accounts.refusals import Refused
from foundation.files.content import JPEG, PDF, PICTURES, display_name, type_of
from tests.foundation.files.conftest import PDF_FILE, picture

BOTH = PICTURES | {PDF}


def zipped() -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("x.class", b"\xca\xfe\xba\xbe")
    return sink.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (picture(), "image/jpeg"),
        (picture(form="PNG"), "image/png"),
        (picture(form="WEBP"), "image/webp"),
        (PDF_FILE, "application/pdf"),
    ],
)
def test_the_type_is_read_from_the_bytes(content: bytes, media_type: str) -> None:
    assert type_of(iter([content[:7], content[7:]]), BOTH) == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"\n\n%PDF-1.7\n%%EOF",
        b"GIF89a" + bytes(50),
        b"MZ" + bytes(100),
        zipped(),
        b"x",
    ],
)
def test_everything_else_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Refused, match="照片"):
        type_of(iter([content]), BOTH)


@pytest.mark.parametrize(
    "content", [PDF_FILE[:-6], b"%PDF-", b"%PDF-9.9\n%%EOF\n", b"%PDF-1.7\n%%EOF" + bytes(4096)]
)
def test_a_pdf_has_a_beginning_and_an_end(content: bytes) -> None:
    with pytest.raises(Refused, match="PDF"):
        type_of(iter([content]), BOTH)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("任职文件.jpg", "任职文件.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("..\\..\\windows\\system32\\cmd.exe", "cmd.jpg"),
        ("/absolute/path.png", "path.jpg"),
        ("%2e%2e%2fpasswd", "%2e%2e%2fpasswd.jpg"),
        ("a\x00b.jpg", "ab.jpg"),
        ("a\r\nSet-Cookie: x=1.jpg", "aSet-Cookie_ x=1.jpg"),
        ("photo\u202egpj.exe", "photogpj.jpg"),
        ("CON", "_CON.jpg"),
        ("nul.txt", "_nul.jpg"),
        ("trailing. . .", "trailing.jpg"),
        ("", "文件.jpg"),
        ("...", "文件.jpg"),
        ("page.html", "page.jpg"),
        ("𠮷" * 3000 + ".jpeg", "𠮷" * 80 + ".jpg"),
        ("\ud800.jpg", "文件.jpg"),
        ('a"b.jpg', "a_b.jpg"),
    ],
)
def test_names_can_do_no_harm(given: str, shown: str) -> None:
    assert display_name(given, JPEG) == shown
