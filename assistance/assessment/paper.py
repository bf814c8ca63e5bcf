"""An assessment on paper: counts, the rule with its sources, and the list of households, in Chinese."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.assessment.counting import counts
from assistance.assessment.rule import rule_of
from assistance.assessment.tables import basis_of, decisive, head_of, rows_for, whom
from assistance.models import Assessment
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes
from foundation.desk.watermark import watermark
from foundation.files import pdf
from foundation.files.content import PDF
from foundation.files.looking import Opened
from foundation.ledger.record import Act, record

#: More households than somebody reads on paper; the export takes all.
MOST = 2_000


@transaction.atomic
def printed(assessment: Assessment, *, by: User) -> Opened:
    """Return what `by` may see of an assessment as PDF; that it was printed is on record."""
    found = list(
        rows_for(by, assessment)
        .exclude(state="dropped")
        .order_by("household__area_id", "household__code")[: MOST + 1]
    )
    if len(found) > MOST:
        raise Refused(_("More than %(most)d households: take the list out as a workbook.") % {"most": MOST})
    today, area = clock.today(), min(prefixes(by, Right.VIEW_CASES), default=assessment.area_id)
    act = Act(
        "assessment.printed", assessment._meta.label_lower, str(assessment.pk), today, today,
        area=assessment.area_id, details={"households": len(found)},
    )  # fmt: skip
    record(act, by=by.authority(Right.VIEW_CASES, area))
    with translation.override(settings.LANGUAGE_CODE):
        content = pdf.sheet(_sheet(assessment, found, by))
        title = pgettext("assessment", "Batch assessment")
    return Opened(iter([content]), f"{title} {assessment.area.name} {assessment.on}.pdf", PDF, len(content))


def _sheet(assessment: Assessment, found: list[Any], by: User) -> pdf.Sheet:
    told, rule = counts(assessment, by), rule_of(assessment.rule)
    facts = [
        (_("Area"), assessment.area.name),
        (pgettext("assessment", "Who is assessed"), whom(assessment)),
        (pgettext("assessment", "As of"), assessment.on.isoformat()),
        (pgettext("assessment", "Rule"), f"{rule.label} {assessment.digest[:12]}"),
        *((head, str(cell.count)) for head, cell in zip(told.heads, told.sums, strict=True)),
    ]
    heads = [
        _("Household"), _("Village"), pgettext("assessment", "Assessed as"), pgettext("assessment", "Result"),
        pgettext("assessment", "Reason"),
    ]  # fmt: skip
    rows = [
        [head_of(row), row.household.area.name, basis_of(row),
         row.get_result_display() or row.get_proposed_display(), row.why or decisive(row)]
        for row in found
    ]  # fmt: skip
    return pdf.Sheet(
        title=pgettext("assessment", "Batch assessment"),
        watermark=watermark(by, assessment.area.name),
        facts=facts,
        grids=[pdf.Grid(pgettext("assessment", "Households"), heads, rows, widths=[2, 2, 2, 2, 6])],
        signatures=[_("Village (seal)"), _("Township (seal)"), _("County (seal)")],
    )
