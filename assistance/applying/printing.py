"""The application on paper (F2): to sign there, or as it was signed; printing it is recorded."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from assistance.applying.document import DOCUMENT
from assistance.applying.words import told
from assistance.models import Application
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.watermark import watermark
from foundation.files import pdf
from foundation.files.content import PDF
from foundation.files.looking import Opened
from foundation.ledger.record import Act, record
from households.signing.on_paper import boxes


@transaction.atomic
def printed(row: Application, *, by: User) -> Opened:
    """Return the form as PDF, in Chinese, because the household signs it; that it was printed is on record."""
    content = form_of(row, by=by)
    return Opened(iter([content]), f"{_('Application')} {row.household.code}.pdf", PDF, len(content))


def form_of(row: Application, *, by: User) -> bytes:
    """Return the form itself (FILE_PARTS); the act of printing and every picture of a signature are recorded."""
    actor = by.authority(Right.VIEW_CASES, row.area_code)
    today = clock.today()
    record(
        Act("application.printed", row._meta.label_lower, str(row.pk), today, today, area=row.area_code),
        by=actor,
    )
    with translation.override(settings.LANGUAGE_CODE):
        return pdf.render("application", _content(row, by=by))


def _content(row: Application, *, by: User) -> dict[str, Any]:
    words, home = told(row), row.household
    facts = [
        (_("Household number"), home.code),
        (_("Head of household or applicant"), words.applicant),
        (_("Village"), f"{home.area.name} {home.group_name}".strip()),
        (_("Address"), home.address),
        (_("Applied on"), row.applied_on.isoformat()),
        (_("Household in numbers"), "；".join(f"{label} {count}" for label, count in words.counts)),
        (_("Net income of a year"), words.income),
        (_("What the household cannot solve"), "、".join(words.problems)),
        (_("In words"), words.text),
    ]
    return {
        "title": _("Application to be monitored against falling into poverty"),
        "watermark": watermark(by, home.area.name),
        "facts": [fact for fact in facts if fact[1]],
        "members_heading": _("Members"),
        "members": [[each.name, each.relation] for each in words.members],
        "line_heading": _("The notice will show exactly this, and nothing else"),
        "line": [list(pair) for pair in words.line],
        "promise_heading": _("Promise"),
        "promise": words.promise.splitlines(),
        "heading": _("Signatures"),
        "signatures": boxes(row, by=by),
        "proof": _("SHA-256 of what is signed: %(digest)s.") % {"digest": DOCUMENT.digest(row)},
    }
