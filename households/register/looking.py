"""A first look at a register file: which columns it has, and its first rows with their numbers masked."""

from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from foundation.accounts.refusals import unreadable_is_refused
from foundation.tables.columns import tidy
from foundation.tables.reading import Read, Row, rows_of
from households.identity.masking import masked_number, masked_phone
from households.identity.numbers import plain_number
from households.register.contract import COLUMNS, FIELDS, HEADERS

SHOWN = 8
#: What the page shows of a row, in this order.
_CELLS = ("household", "area", "household_type", "name", "number", "relation", "phone", "health", "dibao")


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What stands at the head of a file: columns it has, columns it lacks, columns left out, and some rows."""

    present: list[str]
    lacking: list[str]
    dropped: list[str]
    heads: list[str]
    rows: list[tuple[str, list[tuple[str, str]]]]


def first_look(file: BinaryIO) -> FirstLook:
    """Read as little of a file as it takes; Refused where it is no register file."""
    read = Read()
    with unreadable_is_refused():
        rows = list(islice(rows_of(file, COLUMNS, read), SHOWN))
    stated = {
        name
        for places in read.heads.values()
        for name, place in zip(FIELDS, places.of, strict=True)
        if place >= 0
    }
    heads = [HEADERS[name] for name in _CELLS]
    return FirstLook(
        present=[HEADERS[name] for name in FIELDS if name in stated],
        lacking=[HEADERS[name] for name in FIELDS if name not in stated],
        dropped=read.columns_dropped,
        heads=heads,
        rows=[(_where(row), list(zip(heads, _shown(row), strict=True))) for row in rows],
    )


def _where(row: Row) -> str:
    return f"{row.sheet}!{row.line}" if row.sheet else str(row.line)


def _shown(row: Row) -> list[str]:
    cells = dict(zip(FIELDS, row.values, strict=True))
    masked = {"number": masked_number, "phone": masked_phone}
    return [
        masked[name](plain_number(cells[name].lstrip("\ufdd0"))) if name in masked else tidy(cells[name])[:40]
        for name in _CELLS
    ]
