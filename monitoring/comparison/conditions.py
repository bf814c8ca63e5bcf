"""Conditions of a standard as SQL, with every value bound."""

import datetime
from typing import Any

from monitoring.comparison.rows import named
from monitoring.contracts.contract import Contract
from monitoring.contracts.terms import CellType
from monitoring.screening.standard import Condition

#: The rows of one subject, those that count apart from those left out.
SUBJECT = "household, resident, left_out"


class Bound:
    """The values of one statement, each under a name of its own."""

    def __init__(self) -> None:
        """Begin without any."""
        self.values: dict[str, Any] = {}

    def __call__(self, value: Any) -> str:
        """Bind a value and return its place in the statement."""
        name = f"v{len(self.values):03d}"
        self.values[name] = value
        return f"${name}"

    def within(self, statement: str) -> dict[str, Any]:
        """Return the values that a statement names."""
        return {name: value for name, value in self.values.items() if f"${name}" in statement}


def fulfilled(asked: Condition, contract: Contract, as_of: datetime.date, bound: Bound) -> str:
    """Return the expression of a condition, never null: an empty cell fulfils only `is_not`."""
    word = word_of(contract, asked.column)
    if asked.is_not:
        return f"coalesce({word} NOT IN ({_listed(asked.is_not, bound)}), true)"
    if asked.is_in:
        test = f"{word} IN ({_listed(asked.is_in, bound)})"
    elif asked.above is not None:
        test = f"{word} > {bound(asked.above)}"
    elif asked.year_of_day:
        test = f"{word} = {bound(as_of.year)}"
    else:
        test = f"{word} = max({word}) OVER (PARTITION BY {SUBJECT})"
    return f"coalesce({test}, false)"


def word_of(contract: Contract, header: str) -> str:
    """Return a cell as its list of values writes it: yes and no as 是 and 否."""
    cell = named(header)
    if contract.by_header[header].type is CellType.YES_NO:
        return f"CASE {cell} WHEN true THEN '是' WHEN false THEN '否' END"
    return cell


def _listed(words: tuple[str, ...], bound: Bound) -> str:
    return ", ".join(bound(word) for word in words)
