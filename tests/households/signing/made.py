"""Drawings, a family, and a document that needs nothing of the product: a household's own page, signed."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from PIL import Image, ImageDraw

from foundation.accounts.models import User
from foundation.files.drafts import draft_of
from households.models import Household, Signature
from households.signing.asking import Party, ask_signatures
from households.signing.documents import SignedDocument
from households.signing.taking import How, Photo

CONTENT = "授权承诺书".encode()


def drawing(strokes: int = 3) -> bytes:
    """Return a PNG of the pad with some strokes on it; with none it is empty."""
    picture = Image.new("RGB", (600, 240), "white")
    pen = ImageDraw.Draw(picture)
    for number in range(strokes):
        pen.line((40 + 60 * number, 40, 120 + 60 * number, 200), fill="black", width=5)
    sink = io.BytesIO()
    picture.save(sink, "PNG")
    return sink.getvalue()


def photograph() -> bytes:
    """Return a JPEG of a paper."""
    sink = io.BytesIO()
    Image.new("RGB", (400, 300), "ivory").save(sink, "JPEG")
    return sink.getvalue()


def photo() -> Photo:
    """Return a photo of a paper as it arrives."""
    return Photo(draft_of([photograph()]), "纸.jpg")


def drawn(**more: Any) -> How:
    """Return how somebody signs with a finger."""
    return How(Signature.Way.DRAWN, drawn=drawing(), **more)


@contextmanager
def signed_households(content: bytes = CONTENT, **fields: Any) -> Iterator[SignedDocument]:
    """Let households be what is signed, as long as no product row is needed for a test."""
    declared = SignedDocument(
        model=Household,
        title=lambda home: f"示例文书 {home.code}",
        url=lambda home: f"/households/{home.pk}/",
        content=lambda home: content,
        template="",
        context=lambda home: {},
        **fields,
    )
    with patch("households.signing.documents.parts", lambda name: (declared,)):
        yield declared


def ask(home: Household, parties: Sequence[Party] | None = None, *, by: User) -> list[Signature]:
    """Ask every member of a household, or these parties, for a signature."""
    everybody = [Party(Signature.Party.MEMBER, resident=each) for each in home.residents.order_by("pk")]
    return ask_signatures(home, household=home, parties=parties or everybody, document=CONTENT, by=by)
