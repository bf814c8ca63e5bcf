"""What the rows of one subject come to, held against its line, for the oracle."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from monitoring.screening.standard import Measure
from monitoring.screening.terms import Aggregation
from tests.monitoring.standards.conditions import fulfils
from tests.monitoring.standards.facts import Day, Line, Row
from tests.monitoring.standards.lists import recency

YES = Decimal(1)
#: Measured, the rows that counted, and whether it is on the wrong side of the line.
Judged = tuple[Decimal, Sequence[Row], bool]


def judge(measure: Measure, rows: list[Row], line: Line, as_of: Day) -> Judged:
    """Hold the rows of one subject against its line."""
    reached, held = line.comparator.reached, [each for each in rows if _holds(each, measure, as_of, rows)]
    match measure.aggregation:
        case Aggregation.SUM if measure.fell_from:
            before = sum((row.values[measure.fell_from] for row in rows), Decimal(0))
            share = (before - total(rows, measure)) / before if before > 0 else Decimal(0)
            return share, rows, before > 0 and reached(share, line.amount)
        case Aggregation.SUM:
            enough = any(fulfils(row, each, as_of, rows) for row in rows for each in measure.at_once)
            return total(rows, measure), rows, enough or reached(total(rows, measure), line.amount)
        case Aggregation.MAX:
            over = [row for row in rows if reached(number(row, measure), line.amount)]
            return max(number(row, measure) for row in rows), over, bool(over)
        case Aggregation.COUNT:
            return Decimal(len(rows)), rows, reached(Decimal(len(rows)), line.amount)
        case Aggregation.LAST:
            last = max(rows, key=recency)
            measured = number(last, measure) if measure.column else YES
            return measured, [last], last in held and reached(measured, line.amount)
        case _:
            return YES, held, bool(held) and reached(YES, line.amount)


def value(row: Row, measure: Measure) -> Decimal | None:
    """Return what one row measures; None where the cell is empty. An empty cell takes nothing away."""
    amounts = [row.values.get(header) for header in (measure.column, measure.fell_from) if header]
    if any(amount is None for amount in amounts):
        return None
    return Decimal(amounts[0]) - sum(
        (row.values.get(each) or Decimal(0) for each in measure.less), Decimal(0)
    )


def number(row: Row, measure: Measure) -> Decimal:
    """Return what a row measures that has something to measure."""
    amount = value(row, measure)
    assert amount is not None
    return amount


def total(rows: Iterable[Row], measure: Measure) -> Decimal:
    """Return the sum of the rows."""
    return sum((number(row, measure) for row in rows), Decimal(0))


def _holds(row: Row, measure: Measure, as_of: Day, rows: Sequence[Row]) -> bool:
    return all(fulfils(row, each, as_of, rows) for each in measure.holds)
