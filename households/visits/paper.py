"""A visit on paper: 入户核查表 (F3) or 走访记录 (F11) as PDF, with lines to sign on; printing it is recorded."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.accounts.models import User
from foundation.desk.punctuation import said_of
from foundation.desk.watermark import watermark
from foundation.files import pdf
from foundation.files.content import PDF
from foundation.files.looking import Opened
from households.models import Signature, Visit
from households.openings import record_opening
from households.visits.page import Page, page_of


@transaction.atomic
def sheet_of(visit: Visit, *, by: User) -> Opened:
    """Return a visit as a sheet of paper; who printed it stands in the record of the household."""
    page = page_of(visit, by)
    record_opening(visit.household, by=by, through="visit_sheet")
    content = pdf.sheet(
        pdf.Sheet(
            title=page.declared.paper,
            watermark=watermark(by, visit.area.name),
            facts=_facts(page),
            grids=_grids(page),
            signatures=[_("Checkers"), _("Householder"), _("Day")],
        )
    )
    name = f"{page.declared.paper} {visit.household.code} {visit.happened_on}.pdf"
    return Opened(iter([content]), name, PDF, len(content))


def _facts(page: Page) -> list[tuple[str, str]]:
    visit = page.visit
    when = visit.happened_on.isoformat() + (f" {visit.at:%H:%M}" if visit.at else "")
    way = str(visit.get_way_display()) + (f" ({visit.way_reason})" if visit.way_reason else "")
    facts = [
        (_("Household number"), visit.household.code),
        (_("Head of household"), page.head),
        (_("Village"), f"{visit.area.name} {visit.household.group_name}".strip()),
        (_("Address"), visit.household.address),
        (_("Day and time"), when),
        (_("Entered on"), visit.entered_on.isoformat() if visit.entered_on != visit.happened_on else ""),
        (_("Way"), way),
        (_("Place"), page.place),
        (_("Visitors"), page.visitors),
        (_("Spoken with"), page.met or str(visit.get_outcome_display())),
        (_("Who else was there"), visit.others),
        (_("Note"), visit.note),
        (_("State"), "" if visit.counts else said_of(visit.state_label, page.why_annulled)),
        (_("SHA-256 of what was written"), f"{visit.digest[:32]} {visit.digest[32:]}"),
    ]
    return [(label, words) for label, words in facts if words]


def _grids(page: Page) -> list[pdf.Grid]:
    columns = (_("Question"), pgettext("visit", "Answer"), _("Where it is known from"))
    grids = [
        pdf.Grid(
            part.name, columns, [(each.asks, each.words, each.source or _("asked")) for each in part.answered]
        )
        for part in page.parts
    ]
    if page.signatures:
        rows = [(each.who, str(each.get_party_display()), _signed(each)) for each in page.signatures]
        grids.append(pdf.Grid(_("Signatures"), (_("Name"), _("Signs as"), _("State")), rows))
    return grids


def _signed(signature: Signature) -> str:
    if signature.state != "signed":
        return signature.state_label
    return f"{signature.get_way_display()} {signature.signed_on}"
