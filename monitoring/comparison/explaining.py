"""Explain a finding: work it out once more from the rows it stood on, and say whether the same comes out.

    explained = explain(finding, by=user)          # an entry in the record: rows were read
    explained.result                               # reproduced, differs, rows_deleted
    explained.differences                          # sentences that say what differs

Rows are asked for as they were known when the run wrote the finding, so that what was corrected since does not change
the answer; the register is the one of today, and the digest says so where that makes a difference.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from foundation.accounts.models import User
from monitoring.comparison import amounts
from monitoring.comparison.answers import Judged
from monitoring.comparison.evaluating import judge_household
from monitoring.comparison.evidence import record_reading, where
from monitoring.comparison.recorded import agrees
from monitoring.comparison.subjects import masked_subject
from monitoring.models import Batch, Finding
from monitoring.screening import book


class Result(StrEnum):
    """What became of a finding when it was worked out once more."""

    REPRODUCED = "reproduced"
    DIFFERS = "differs"
    ROWS_DELETED = "rows_deleted"


@dataclass(frozen=True, slots=True)
class Deleted:
    """Rows of a delivery that are gone: since when, and after how many months of keeping."""

    delivery: int
    dataset: str
    on: date
    months: int | None


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding, and what comes out today. `recorded` says whether the record of its run holds it as it is stored:
    None where a later run has renewed others of its run, so that nobody can tell.
    """

    finding: Finding
    result: Result
    recorded: bool | None
    differences: tuple[str, ...] = ()
    deleted: tuple[Deleted, ...] = ()


def explain(finding: Finding, *, by: User) -> Explained:
    """Work a finding out once more and hold it against its digest and the record of its run.

    Reads rows, and writes that into the record. Changes nothing else.
    """
    record_reading(finding, by=by)
    recorded = agrees(finding.run)
    if gone := _deleted(finding):
        return Explained(finding, Result.ROWS_DELETED, recorded, deleted=gone)
    differences = _differences(finding, recorded)
    return Explained(finding, Result.DIFFERS if differences else Result.REPRODUCED, recorded, differences)


def answer(explained: Explained) -> dict[str, Any]:
    """Return an explained finding as `explain --json` prints it (datasets.md section 6)."""
    finding = explained.finding
    unit = amounts.unit_of(finding.standard)
    return {
        "finding": finding.pk,
        "standard": finding.standard_id,
        "household": finding.household.code,
        "subject": masked_subject(finding),
        "measured": amounts.sent(finding.measured, unit),
        "line": amounts.sent(finding.line, unit),
        "line_source": finding.line_source,
        "window": [
            finding.window_first.isoformat() if finding.window_first else None,
            finding.window_last.isoformat(),
        ],
        "rows": [
            {
                "delivery": row["delivery"],
                "line_number": row["line"],
                "day": row["day"],
                "value": row["value"],
            }
            for row in finding.evidence
        ],
        "result": explained.result.value,
    }


def known_at(finding: Finding) -> datetime | None:
    """Return the moment whose knowledge a finding stands on: that which its run asked for, or when it ended."""
    return finding.run.known_at or finding.run.ended_at


def _deleted(finding: Finding) -> tuple[Deleted, ...]:
    """Return the deliveries of a finding whose rows were deleted at the end of their time."""
    used = {row["delivery"] for row in finding.evidence}
    gone = Batch.objects.filter(delivery__in=used, deleted_on__isnull=False)
    return tuple(
        Deleted(
            batch.delivery_id,
            batch.delivery.dataset.name,
            batch.deleted_on,
            None if batch.delivery.dataset.withdrawn else batch.delivery.dataset.contract.retention_months,
        )
        for batch in gone.select_related("delivery__dataset").order_by("delivery")
        if batch.deleted_on is not None
    )


def _differences(finding: Finding, recorded: bool | None) -> tuple[str, ...]:
    """Return what differs, in sentences; nothing where the same comes out."""
    said = []
    if recorded is False:
        said.append(_("The record of the run says otherwise: a finding of this run was altered after it."))
    if finding.standard_id not in book.standards():
        return (*said, _("The standard is no longer declared: nothing can be worked out."))
    found = judge_household(
        finding.household, finding.as_of, standards=(finding.standard_id,), known_at=known_at(finding)
    )
    now = next((each for each in found if each.resident == finding.resident_id), None)
    if now is None:
        return (*said, _("No row counts for this subject any more."))
    if now.fires and now.digest == finding.digest:
        return tuple(said)
    return (*said, *_compared(finding, now))


def _compared(finding: Finding, now: Judged) -> list[str]:
    """Say in which parts a finding and what comes out today are not the same."""
    unit = amounts.unit_of(finding.standard)
    said = []
    if not now.fires:
        said.append(_("It is not over the line."))
    if now.measured is None or now.measured != finding.measured:
        told = {"then": amounts.shown(finding.measured, unit), "now": amounts.shown(now.measured, unit)}
        said.append(_("Measured then: %(then)s; now: %(now)s.") % told)
    if now.line is not None and now.line != finding.line:
        told = {"then": amounts.shown(finding.line, unit), "now": amounts.shown(now.line, unit)}
        said.append(_("The line then: %(then)s; now: %(now)s.") % told)
    if now.population != finding.population:
        said.append(_("The household counts in another class now."))
    said += _rows_compared(finding.evidence, now)
    return said or [_("The digest differs: a batch, a window or a subject is not the one of then.")]


def _rows_compared(evidence: Sequence[Mapping[str, Any]], now: Judged) -> list[str]:
    then = {(row["delivery"], row.get("sheet") or "", row["line"]) for row in evidence}
    here = {(row.delivery, row.sheet or "", row.line) for row in now.rows}
    told = (
        (_("No longer counted: delivery %(delivery)d, %(where)s."), then - here),
        (_("Counted only now: delivery %(delivery)d, %(where)s."), here - then),
    )
    return [
        sentence % {"delivery": delivery, "where": where(line, sheet)}
        for sentence, rows in told
        for delivery, sheet, line in sorted(rows)
    ]
