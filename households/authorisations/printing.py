"""The authorisation on paper: to sign there, or as it was signed, with the digest that proves it."""

import base64
import io
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.watermark import watermark
from foundation.files import pdf
from foundation.files.content import PDF
from foundation.files.looking import Opened
from foundation.ledger.record import Act, record
from households.authorisations.document import DOCUMENT, content_of
from households.authorisations.words import told
from households.models import Authorisation, Signature
from households.signing import pictures
from households.signing.proving import verdicts
from households.signing.selectors import signatures_of
from households.signing.showing import party_of, words_of


@transaction.atomic
def printed(row: Authorisation, *, by: User) -> Opened:
    """Return the document as PDF; that it was printed, and every picture of a signature in it, is recorded."""
    actor = by.authority(Right.VIEW_HOUSEHOLDS, row.area_code)
    today = clock.today()
    record(
        Act(
            "authorisation.printed",
            row._meta.label_lower,
            str(row.pk),
            today,
            today,
            area=row.area_code,
            after=row.state,
        ),
        by=actor,
    )
    title = str(row)
    content = pdf.render("authorisation", _content(row, title, by=by))
    return Opened(iter([content]), f"{title}.pdf", PDF, len(content))


def _content(row: Authorisation, title: str, *, by: User) -> dict[str, Any]:
    words = told(row)
    facts = [
        (_("Household number"), row.household_code),
        (_("Village"), row.household.area.name),
        (_("Basis"), f"{words.basis} {row.clause}".strip()),
        (_("Purposes"), "；".join(words.purposes)),
        (_("Kinds of data"), "、".join(words.kinds)),
        (_("Members covered"), "、".join(words.members)),
        (_("Valid"), f"{row.valid_from} – {row.valid_until}"),
        (_("State"), row.state_label),
    ]
    signatures = signatures_of(row)
    found = verdicts(signatures, content_of(row))
    return {
        "title": title,
        "watermark": watermark(by, row.household.area.name),
        "facts": facts,
        "text": row.text.splitlines(),
        "heading": _("Signatures"),
        "signatures": [
            {
                "who": f"{each.who}（{party_of(each)}）",
                "lines": [*words_of(each), *([str(found[each.pk].label)] if each.pk in found else [])],
                "svg": _picture(each, by=by),
            }
            for each in signatures
        ],
        "proof": _("SHA-256 of what is signed: %(digest)s. Version of the text: %(version)s.")
        % {"digest": DOCUMENT.digest(row), "version": words.version},
    }


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
