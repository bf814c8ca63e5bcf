"""What an office answers as landed is recorded as aid in the same act, so that sums and data handed in contain it.

The record waits for the household's word as any other. Where the same help is recorded already, nothing is written
twice; where the answer is taken back, its record is struck out with it.
"""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.aid.checking import LONGEST_SERVICE, Aid
from assistance.aid.recording import strike, write_down
from assistance.aid.rules import may_record
from assistance.catalogue.book import measure as declared_measure
from assistance.measures import answering
from assistance.measures.answering import Landed
from assistance.models import AidRecord, Measure
from foundation.accounts.models import User


@transaction.atomic
def land(measure: Measure, told: Landed, *, by: User, record: bool = True) -> Measure:
    """Write down that a measure landed, and, if asked, record it as aid where it is not recorded yet.

    Help that the catalogue names no more is answered, and cannot be recorded: it stays on the list of what has none.
    """
    answering.land(measure, told, by=by)
    if record and declared_measure(measure.code) is not None and lacks_record(measure):
        write_down(measure.case, aid_of(measure), by=by)
    return measure


@transaction.atomic
def answer_again(measure: Measure, reason: str, *, by: User, on: datetime.date | None = None) -> Measure:
    """Take a mistaken answer back; what was recorded with it is struck out, unless the household acknowledged it."""
    recorded = [row for row in _of_answer(measure) if may_record(measure.case, by, measure)]
    answering.answer_again(measure, reason, by=by, on=on)
    for row in recorded:
        strike(row, reason, by=by)
    return measure


def lacks_record(measure: Measure) -> bool:
    """Say whether no record says that a measure landed: its own, or one of the same help that nobody put under it."""
    return Measure.objects.without_record().filter(pk=measure.pk).exists()


def aid_of(measure: Measure) -> Aid:
    """Return what was answered as aid: by the month, or once; an amount for a term or a year is paid once."""
    endless = measure.amount is None and measure.until_day is not None
    monthly = measure.per == Measure.Per.MONTH or endless
    assert measure.landed_on is not None  # noqa: S101  (it landed)
    return Aid(
        measure.code,
        measure.landed_on,
        AidRecord.Per.MONTH if monthly else AidRecord.Per.ONCE,
        measure.resident_id,
        measure.amount,
        "" if measure.amount is not None else (measure.answer or measure.name)[:LONGEST_SERVICE],
        measure.until_day if monthly else None,
        measure.department_id or "",
        _("as the office answered"),
        measure,
    )


def _of_answer(measure: Measure) -> list[AidRecord]:
    """Return the records under a measure that say what its office answered, and nobody of the household confirmed."""
    if measure.landed_on is None:
        return []
    rows = AidRecord.objects.living().filter(
        measure=measure, acknowledged_how="", landed_on=measure.landed_on
    )
    same = (
        rows.filter(amount=measure.amount) if measure.amount is not None else rows.filter(amount__isnull=True)
    )
    return list(same.select_related("case__household", "measure"))
