"""The sheet of a removal (消除审核审定表): guards with evidence, opinions; and its place in the file."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from assistance.files.parts import Lack, Paper
from assistance.models import Case, Removal
from assistance.page import title_of
from assistance.removal.guards import Guard
from assistance.removal.lifecycle import RUNNING
from assistance.removal.page import guards_now
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.watermark import watermark
from foundation.files import pdf
from foundation.files.content import PDF
from foundation.files.looking import Opened
from foundation.ledger.record import Act, record
from foundation.workflow.offers import history


@transaction.atomic
def printed(removal: Removal, *, by: User) -> Opened:
    """Return the sheet of a removal, in Chinese; that it was printed is on record."""
    actor = by.authority(Right.VIEW_CASES, removal.area_id)
    today = clock.today()
    act = Act("removal.printed", "assistance.removal", str(removal.pk), today, today, area=removal.area_id)
    record(act, by=actor)
    with translation.override(settings.LANGUAGE_CODE):
        sheet = sheet_of(removal, by)
        content = pdf.sheet(sheet)
    return Opened(iter([content]), f"{sheet.title} {removal.case.number}.pdf", PDF, len(content))


def sheet_of(removal: Removal, by: User) -> pdf.Sheet:
    """Return what stands on the sheet."""
    case = removal.case
    facts = [
        (pgettext("case", "Case number"), case.number),
        (_("Household"), title_of(case)),
        (_("Household number"), case.household.code),
        (_("Village"), case.area.name),
        (pgettext("case", "Way of removal"), str(removal.get_way_display())),
        (pgettext("case", "Why the risk is gone"), removal.why),
        (pgettext("case", "Contact afterwards"), f"{removal.contact_name} {removal.contact_phone}"),
        (_("State"), removal.state_label),
    ]
    columns = [_("Condition"), _("Held"), _("Evidence")]
    opinions = [
        [str(removal.lifecycle.find(each.verb).label), each.reason, each.happened_on.isoformat()]
        for each in history(removal).order_by("pk")
        if each.verb in ("evaluate", "review", "approve")
    ]
    return pdf.Sheet(
        title=_("Removal of a risk: review and decision"),
        watermark=watermark(by, case.area.name),
        facts=facts,
        grids=[
            pdf.Grid(_("Conditions of the removal"), columns, [_row(guard) for guard in guards_now(removal)]),
            pdf.Grid(_("Opinions"), [_("Step"), _("Opinion"), _("Day")], opinions),
        ],
        signatures=[_("Village (seal)"), _("Township (seal)"), _("County (seal)")],
    )


def _row(guard: Guard) -> list[str]:
    return [guard.name, _("yes") if guard.holds else _("no"), guard.said]


class RemovalPart:
    """The sheets of a case's removals (assistance.files.parts.FilePart)."""

    order, right, label = 95, Right.VIEW_CASES, gettext_lazy("Removal of the risk")

    def papers(self, case: Case, user: User) -> Iterator[Paper]:
        """Return the sheet of each removal that was decided one way or the other."""
        rows = Removal.objects.filter(case=case).exclude(state__in=(*RUNNING, "withdrawn"))
        for row in rows.select_related("case__household", "case__area", "case__standing").order_by("pk"):
            content = b"".join(printed(row, by=user).pieces)
            yield Paper(
                _("Removal of a risk: review and decision"), content, row.decided_on or row.proposed_on
            )

    def lacking(self, case: Case, user: User) -> Iterable[Lack]:
        """Return nothing: the guards ask for what a removal needs."""
        return ()


PART = RemovalPart()
