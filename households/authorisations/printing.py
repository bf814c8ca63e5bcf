"""The authorisation on paper: to sign there, or as it was signed, with the digest that proves it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.watermark import watermark
from foundation.files import pdf
from foundation.files.content import PDF
from foundation.files.looking import Opened
from foundation.ledger.record import Act, record
from households.authorisations.document import DOCUMENT
from households.authorisations.words import told
from households.models import Authorisation
from households.signing.on_paper import boxes


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
    return {
        "title": title,
        "watermark": watermark(by, row.household.area.name),
        "facts": facts,
        "text": row.text.splitlines(),
        "heading": _("Signatures"),
        "signatures": boxes(row, by=by),
        "proof": _("SHA-256 of what is signed: %(digest)s. Version of the text: %(version)s.")
        % {"digest": DOCUMENT.digest(row), "version": words.version},
    }
