"""The result sheet of an asset check (F5): who, department, item, hit or not, band, day, what verifying came to."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.checks import looking, whys
from assistance.checks.looking import Shown, ShownHit
from assistance.checks.running import act_on
from assistance.models import AssetCheck, AssetHit
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.watermark import watermark
from foundation.files import pdf
from foundation.files.content import PDF
from foundation.files.looking import Opened
from foundation.ledger.record import record
from monitoring.models import Dataset


@transaction.atomic
def printed(check: AssetCheck, *, by: User) -> Opened:
    """Return the sheet as PDF: for the village without people and detail, as on its page; the act is recorded."""
    content = sheet_of(check, by=by)
    name = f"{looking.check_name(check.area_code)} {check.case.household.code} {check.asked_on}.pdf"
    return Opened(iter([content]), name, PDF, len(content))


def sheet_of(check: AssetCheck, *, by: User) -> bytes:
    """Return the sheet itself (FILE_PARTS); printing it, and a look at detail, are recorded."""
    record(act_on(check, "asset_check.printed"), by=by.authority(Right.VIEW_CASES, check.area_code))
    with translation.override(settings.LANGUAGE_CODE):
        shown = looking.shown(check, by, through="print")
        return pdf.sheet(
            pdf.Sheet(
                title=_("Result of the %(name)s") % {"name": looking.check_name(check.area_code)},
                watermark=watermark(by, check.case.area.name),
                facts=_facts(check, shown),
                grids=[_answers(check, shown), *_left_out(check)],
                signatures=[_("Verified by"), _("Day")],
            )
        )


def _facts(check: AssetCheck, shown: Shown) -> list[tuple[str, str]]:
    facts = [
        (_("Household number"), check.case.household.code),
        (pgettext("case", "Case"), check.case.number),
        (_("Village"), check.case.area.name),
        (pgettext("asset check", "Queried on"), check.asked_on.isoformat()),
        (_("Persons asked about"), str(len(check.members))),
        (_("Authorisation"), _("number %(number)d") % {"number": check.authorisation_id}),
        (_("Hits to verify"), str(len(shown.hits))),
        (_("Remark"), shown.closed),
    ]
    return [fact for fact in facts if fact[1]]


def _answers(check: AssetCheck, shown: Shown) -> pdf.Grid:
    names = {row.pk: row for row in Dataset.objects.select_related("department")}
    rows: list[Sequence[str]] = []
    for each in check.answered:
        dataset = names[each["dataset"]]
        hits = [hit for hit in shown.hits if hit.hit.dataset_id == dataset.pk]
        head = f"{dataset.department.name} · {dataset.name}"
        rows += [(head, *_cells(hit)) for hit in hits] or [(head, _("no hit"), "", each["as_of"], "")]
    columns = (
        _("Department and item"), _("Hit"), _("Detail, band"), _("As of"), _("What verifying came to"),
    )  # fmt: skip
    return pdf.Grid(_("What was answered"), columns, rows, _("Nothing was answered."))


def _cells(shown: ShownHit) -> tuple[str, str, str, str]:
    hit = shown.hit
    said = [f"{label} {cell}" for label, cell in shown.detail] or list(shown.band)
    verdict = (
        f"{AssetHit.Verdict(hit.verdict).label} · {hit.note} · {hit.verified_on}" if hit.is_verified else ""
    )
    return shown.who or _("hit"), "；".join(said), hit.as_of.isoformat(), verdict


def _left_out(check: AssetCheck) -> Iterable[pdf.Grid]:
    """Name what nobody could answer: no hit says nothing about it."""
    if rows := [(each.what, each.why) for each in whys.told(check)]:
        yield pdf.Grid(_("Not asked"), (_("Item"), pgettext("asset check", "Reason")), rows)
