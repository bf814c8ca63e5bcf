"""What a row must fulfil, for the oracle."""

from collections.abc import Sequence
from typing import Any

from monitoring.contracts.book import contract
from monitoring.contracts.terms import CellType
from monitoring.screening.standard import Condition
from tests.monitoring.standards.facts import Day, Row


def fulfils(row: Row, condition: Condition, as_of: Day, rows: Sequence[Row]) -> bool:
    """Say whether a row fulfils a condition; `rows` are the subject's others, among which the newest year is."""
    word = _word(row, condition.column)
    if condition.is_not:
        return word not in condition.is_not
    if word is None:
        return False
    if condition.is_in:
        return word in condition.is_in
    if condition.above is not None:
        return bool(word > condition.above)
    if condition.year_of_day:
        return bool(word == as_of.year)
    years = [_word(each, condition.column) for each in rows]
    return bool(word == max(year for year in years if year is not None))


def _word(row: Row, header: str) -> Any:
    """Return a cell as its list of values writes it: yes and no as 是 and 否."""
    column, found = contract(row.delivery.dataset).by_header[header], row.values.get(header)
    if column.type is CellType.YES_NO and found is not None:
        return "是" if found else "否"
    return found
