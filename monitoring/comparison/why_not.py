"""Why is there no warning? Standard by standard: what is measured of a household on a day, what is in the way."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.ledger.record import Act, record_many
from foundation.regulations.book import Resolved
from foundation.regulations.lookup import book as law
from foundation.regulations.units import Population, Unit
from households.low_income import is_low_income
from households.models import Household
from households.openings import record_opening
from monitoring.comparison import amounts
from monitoring.comparison.answers import Judged
from monitoring.comparison.evaluating import evaluated_in, judge_household
from monitoring.comparison.evidence import ROWS_READ, reading_actor
from monitoring.models import Dataset, DeclaredStandard, Delivery, RowCandidate
from monitoring.rhythm.expecting import Expectations, Expected, Standing, expected_datasets
from monitoring.screening.lines import LineHere

#: How the record says that a household was looked at this way (households.openings).
THROUGH = "why_no_warning"


class Reason(StrEnum):
    """Why a standard names a household or does not (datasets.md section 6)."""

    FIRES = "fires"
    BELOW_LINE = "below_line"
    EXCLUDED = "excluded"
    SILENT = "silent"
    NO_DATA = "no_data"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Answer:
    """One standard: the subject nearest to the line, or why there is none.

    `late` are the deliveries of what is measured that are overdue in the household's area, also where something was
    measured without them.
    """

    standard: DeclaredStandard
    reason: Reason
    judged: Judged | None
    line: Resolved
    unit: Unit | None
    late: tuple[Expected, ...]

    @property
    def measured(self) -> Decimal | None:
        """What was measured; None where no row counts."""
        return self.judged.measured if self.judged else None

    @property
    def amount(self) -> Decimal | None:
        """The line; None where none is in force."""
        if self.reason is Reason.SILENT:
            return None
        if self.judged is not None and self.judged.line is not None:
            return self.judged.line
        return Decimal(1) if self.unit is Unit.YES_NO else self.line.amount

    @property
    def short_by(self) -> Decimal | None:
        """How far below the line the subject is; None unless it is below."""
        if self.reason is not Reason.BELOW_LINE or self.measured is None or self.amount is None:
            return None
        return max(self.amount - self.measured, Decimal(0))


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What the data says of a household on a day."""

    household: Household
    as_of: datetime.date
    answers: tuple[Answer, ...]
    #: Rows of nobody that may mean somebody of the household, and mistyped ones.
    candidates: tuple[RowCandidate, ...]

    @property
    def unmatched(self) -> int:
        """How many accepted rows match nobody but fit somebody of the household in name, birth date and sex."""
        kind = RowCandidate.Kind.UNMATCHED
        return len({(row.delivery_id, row.sheet, row.line) for row in self.candidates if row.kind == kind})


def why_not(household: Household, on: datetime.date, *, by: User) -> WhyNot:
    """Judge a household by every standard that is evaluated where it lives; an entry in the record: rows were read."""
    judged = judge_household(household, on)
    record_reading(household, judged, by=by)
    late = _late(household.area_id, on)
    codes = [each.code for each in evaluated_in(household.area_id, on, law())]
    rows = DeclaredStandard.objects.filter(pk__in=codes).order_by("pk")
    answers = tuple(_answer(each, household, on, judged, late) for each in rows)
    return WhyNot(household, on, answers, tuple(_candidates(household)))


def answer(found: WhyNot) -> dict[str, Any]:
    """Return it as `explain --household --json` prints it (datasets.md section 6)."""
    return {
        "household": found.household.code,
        "as_of": found.as_of.isoformat(),
        "standards": {each.standard.pk: _sent(each) for each in found.answers},
        "unmatched_candidates": found.unmatched,
    }


def record_reading(household: Household, judged: Sequence[Judged], *, by: User) -> None:
    """Write into the record that `by` looked at a household, and read rows of the deliveries behind the answer."""
    record_opening(household, by=by, through=THROUGH)
    day, used = clock.today(), {row.delivery for each in judged for row in each.rows}
    acts = [
        Act(ROWS_READ, row._meta.label_lower, str(row.pk), day, day, area=row.area_id)
        for row in Delivery.objects.filter(pk__in=used).order_by("pk")
    ]
    record_many(acts, by=reading_actor(by, household.area_id))


def _sent(each: Answer) -> dict[str, Any]:
    def told(amount: Decimal | None) -> str | None:
        return None if amount is None else amounts.sent(amount, each.unit)

    return {
        "fires": each.reason is Reason.FIRES,
        "measured": told(each.measured),
        "line": told(each.amount),
        "short_by": told(each.short_by),
        "reason": each.reason.value,
    }


def _answer(
    row: DeclaredStandard,
    household: Household,
    on: datetime.date,
    judged: Iterable[Judged],
    late: dict[str, Expected],
) -> Answer:
    declared, unit = row.declaration, amounts.unit_of(row)
    population = Population.LOW_INCOME if is_low_income(household, on) else Population.OTHER
    line = law().resolve(declared.line, household.area_id, on, population.value)
    nearest = _nearest([each for each in judged if each.standard == row.pk])
    needed = (declared.measure.dataset, declared.also_in)
    overdue = tuple(late[code] for code in needed if code in late)
    if nearest is not None:
        reason = _reason(nearest)
    elif LineHere(population.value, line).silent:
        reason = Reason.SILENT
    else:
        reason = Reason.LATE if overdue else Reason.NO_DATA
    return Answer(row, reason, nearest, line, unit, overdue)


def _reason(judged: Judged) -> Reason:
    if judged.fires:
        return Reason.FIRES
    return Reason.EXCLUDED if judged.excluded else Reason.BELOW_LINE


def _nearest(judged: list[Judged]) -> Judged | None:
    """Return the subject over the line, else the one nearest to it, else one that is left out."""
    return max(
        judged, key=lambda each: (each.fires, not each.excluded, each.measured or Decimal(0)), default=None
    )


def _late(area: str, on: datetime.date) -> dict[str, Expected]:
    """Return by dataset the newest delivery that should be there by now, for spans that ended by a day, and is not."""
    datasets = expected_datasets(Dataset.objects.declared().order_by("pk"))
    calendar = Expectations(area, datasets)
    found = {}
    for dataset in datasets:
        due = [
            each
            for each in calendar.of(dataset)
            if each.slot.last <= on and each.slot.past_due(calendar.today)
        ]
        if due and due[0].standing in (Standing.MISSING, Standing.WAITING):
            found[dataset.pk] = due[0]
    return found


def _candidates(household: Household) -> QuerySet[RowCandidate]:
    waiting = RowCandidate.objects.waiting().filter(resident__household=household)
    related = waiting.select_related("delivery__dataset__department", "resident__identity", "resident__area")
    return related.order_by("delivery", "sheet", "line")
