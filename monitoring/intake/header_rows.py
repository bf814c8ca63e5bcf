"""Find the header row of a file that nobody has read yet, also where some of its headers are unknown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import dropwhile, islice, takewhile

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.tables.columns import TITLE_ROWS, UNREADABLE, TableColumns, header_name, plain
from foundation.tables.looking import Head
from foundation.tables.reading import Read, Row, rows_of_sheet
from monitoring.contracts.contract import Contract
from monitoring.contracts.headers import normal_header
from monitoring.intake.headers import suggested
from monitoring.intake.reading import table_columns

_LONGEST_HEADER = 60
#: What a guess is worth beside a name that is known, when rows are compared.
_GUESSED = 0.6


class Known(models.TextChoices):
    """How we know what a header means."""

    FOUND = "found", _("named so in the contract")
    STATED = "stated", _("as you said")
    REMEMBERED = "remembered", _("confirmed before")
    SUGGESTED = "suggested", _("our suggestion: confirm or change it")
    LEFT_OUT = "left_out", _("left out, as confirmed")
    UNKNOWN = "unknown", _("unknown: left out unless you say what it means")


@dataclass(frozen=True, slots=True)
class SeenHeader:
    """A header of the file and the column that it means ("": none)."""

    header: str
    column: str
    known: Known


class HeaderRow:
    """The header row of a file under a contract: in which way of reading, with which meanings, and the rows below."""

    def __init__(
        self,
        contract: Contract,
        seen: list[Head],
        remembered: Mapping[str, str],
        stated: Mapping[str, str],
    ) -> None:
        """Choose the way of reading; UnreadableTable where no row names any column."""
        self.contract = contract
        self.remembered = {normal_header(header): column for header, column in remembered.items()}
        self.stated = {normal_header(header): column for header, column in stated.items()}
        self._sure = table_columns(contract, self.remembered | self.stated)
        self.heads, self._row = self._chosen(seen)
        self._placed = self._place(self._sure)
        free = [cell for place, cell in enumerate(self._row) if place not in self._placed and plain(cell)]
        asked = [cell for cell in free if header_name(cell) not in self._sure.meanings]
        guesses = suggested(contract, asked, self._placed.values())
        self.guesses = {header_name(header): column for header, column in guesses.items()}
        told = self.remembered | self.stated | self.guesses
        self._columns = _relaxed(
            table_columns(contract, told), set(self._placed.values()) | set(guesses.values())
        )
        self._placed = self._place(self._columns)

    def _chosen(self, seen: list[Head]) -> tuple[list[Head], list[str]]:
        """Return the sheets, or the one way of reading a text, and the header row."""
        for head in seen:
            rows = (cells for _line, cells in _top(head))
            complete = list(
                takewhile(self._sure.place, dropwhile(lambda cells: not self._sure.place(cells), rows))
            )
            if complete:
                return ([head], complete[0]) if head.encoding else (seen, complete[-1])
        scored = [
            (self._score(cells), -at, cells) for at, head in enumerate(seen) for _line, cells in _top(head)
        ]
        best = max(scored, default=(0.0, 0, []))
        if best[0] < 1:
            raise self._sure.missing()
        chosen = seen[-best[1]]
        return ([chosen] if chosen.encoding else seen), best[2]

    def _score(self, cells: list[str]) -> float:
        """Return how many columns a row names, for sure or nearly."""
        if sum(1 for cell in cells if cell.strip()) < 2 or any(len(cell) > _LONGEST_HEADER for cell in cells):
            return 0
        found = set(_placed(self._sure, self.contract, cells).values())
        others = [cell for cell in cells if cell and not cell.isascii() and UNREADABLE not in cell]
        return len(found) + _GUESSED * len(suggested(self.contract, others, found))

    def _place(self, columns: TableColumns) -> dict[int, str]:
        return _placed(columns, self.contract, self._row)

    def headers(self, read: Read) -> tuple[SeenHeader, ...]:
        """Return each header of the file with what it means and how we know; of further sheets what is left out."""
        found = [
            self._seen(plain(cell).strip("*"), self._placed.get(place, ""))
            for place, cell in enumerate(self._row)
            if plain(cell)
        ]
        here = {each.header for each in found}
        return (*found, *(self._seen(name, "") for name in read.columns_dropped if name not in here))

    def _seen(self, header: str, column: str) -> SeenHeader:
        name = header_name(header)
        for said, known in ((self.stated, Known.STATED), (self.remembered, Known.REMEMBERED)):
            if name in said:
                return SeenHeader(header, column, known if column else Known.LEFT_OUT)
        if not column:
            return SeenHeader(header, "", Known.UNKNOWN)
        return SeenHeader(header, column, Known.SUGGESTED if name in self.guesses else Known.FOUND)

    def missing(self) -> tuple[str, ...]:
        """Return the required columns that no header means for sure."""
        sure = set(_placed(self._sure, self.contract, self._row).values())
        return tuple(column.header for column in self.contract.required if column.header not in sure)

    def rows(self, most: int) -> tuple[Read, list[Row]]:
        """Return the first rows as the reader takes them, and what it notes of the sheets."""
        read = Read()
        below: list[Row] = []
        for head in self.heads:
            found = rows_of_sheet(
                head.sheet, iter(head.records), self._columns, read, of_text=bool(head.encoding)
            )
            below += islice(found, max(1, most - len(below)))
        return read, below[:most]


def _top(head: Head) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows among which the header must stand."""
    filled = 0
    for line, cells in head.records:
        yield line, cells
        filled += any(cell.strip() for cell in cells)
        if filled > TITLE_ROWS:
            return


def _placed(columns: TableColumns, contract: Contract, cells: list[str]) -> dict[int, str]:
    """Return the columns that a row names, by the place of the cell."""
    places = _relaxed(columns, set()).place(cells)
    named = zip(contract.columns, places.of if places else (), strict=False)
    return {place: column.header for column, place in named if place >= 0}


def _relaxed(columns: TableColumns, required: set[str]) -> TableColumns:
    """Return the columns, of which only some must be there."""
    return replace(
        columns,
        columns=tuple(
            replace(each, required=each.header in required and each.required) for each in columns.columns
        ),
    )
