"""Signatures on a printed form: who signed how, and the picture, each look at which is recorded."""

import base64
import io
from typing import Any

from PIL import Image

from foundation.accounts.models import User
from households.models import Signature
from households.signing import pictures
from households.signing.documents import document_of
from households.signing.proving import verdicts
from households.signing.selectors import signatures_of
from households.signing.showing import party_of, words_of


def boxes(row: Any, *, by: User) -> list[dict[str, Any]]:
    """Return the signatures of a row for the templates of templates/pdf: who, lines, svg (empty: to be signed)."""
    signatures = signatures_of(row)
    found = verdicts(signatures, document_of(signatures[0]).content(row)) if signatures else {}
    return [
        {
            "who": f"{each.who}（{party_of(each)}）",
            "lines": [*words_of(each), *([str(found[each.pk].label)] if each.pk in found else [])],
            "svg": _picture(each, by=by),
        }
        for each in signatures
    ]


def _picture(signature: Signature, *, by: User) -> str:
    """Return the picture of a signature for the paper; empty where it is still to be signed."""
    jpeg = pictures.jpeg_of(signature, by=by) if signature.state == "signed" else None
    if jpeg is None:
        return ""
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
        size = f'width="{picture.width}" height="{picture.height}"'
    encoded = base64.b64encode(jpeg).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        f'<image {size} href="data:image/jpeg;base64,{encoded}"/></svg>'
    )
