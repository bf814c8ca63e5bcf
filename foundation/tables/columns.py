"""Columns of a table as a contract names them, and where they stand in the file that somebody sent."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from django.utils.translation import gettext as _

#: Filled rows that may stand above the header (a title, a unit line, a date line).
TITLE_ROWS = 20
#: First filled cell of a row of totals, which is no row.
TOTALS = frozenset({"合计", "总计", "小计", "共计"})
#: Characters of such a cell, its blanks included.
_LONGEST_TOTAL = 12
#: Stands where bytes of the file are no characters of its encoding.
UNREADABLE = "\ufffd"
#: Ends a row that was cut by force, because nobody closed a quotation mark.
CUT = "\ufdd1"
#: Begins the text of a workbook number of more than 15 digits: the spreadsheet has lost the last ones.
LOST_DIGITS = "\ufdd0"


class UnreadableTable(Exception):  # noqa: N818  (an answer to the sender, not a programming error)
    """The file cannot be read at all. The message is a translated sentence: what is wrong and what to do."""

    def __init__(self, sentence: str) -> None:
        """Say `sentence`."""
        super().__init__(sentence)
        self.sentence = sentence


#: Reads one cell: returns the value in its normal form, or nothing and the reason code why it is none.
CellReading = Callable[[str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a contract: its header, its name in SQL, and the other headers it may have."""

    header: str
    field: str
    required: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableColumns:
    """The columns of a contract. `key` is the field of the ID column: where it holds a number, no row is a total.

    `readings` work out a value from a cell while the file is read (an ID number in its normal form): the table
    then has `<field>_value` and `<field>_fault` beside `<field>`. `meanings` are what a person said of headers (in
    the form of `header_name`): the field that one means, or "" for none; they go before the contract's own names.
    """

    columns: tuple[Column, ...]
    key: str
    readings: Mapping[str, CellReading] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)
    _wanted: tuple[tuple[Column, tuple[str, ...]], ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Work out once by which names each column is looked for."""
        object.__setattr__(self, "_wanted", tuple((column, self._names(column)) for column in self.columns))

    def _names(self, column: Column) -> tuple[str, ...]:
        said = [name for name, field_ in self.meanings.items() if field_ == column.field]
        own = map(header_name, (column.header, *column.aliases))
        return (*said, *(name for name in own if name not in self.meanings))

    def place(self, header: Sequence[str], *, counted: bool = False) -> "Places | None":
        """Say where each column stands under `header`; None where a required one is missing.

        `counted`: the empty cells at its end were written too, and are columns without a name.
        """
        names = [header_name(cell) for cell in header]
        found: dict[str, int] = {}
        for column, wanted in self._wanted:
            place = next((names.index(name) for name in wanted if name in names), None)
            if place is not None:
                found[column.field] = place
            elif column.required:
                return None
        used = set(found.values())
        dropped = [
            plain(header[place]).strip("*")
            for place, name in enumerate(names)
            if name and place not in used and not (place - 1 in used and name == names[place - 1])
        ]
        return Places(
            tuple(found.get(column.field, -1) for column in self.columns),
            width=len(names)
            - (0 if counted else next((n for n, name in enumerate(reversed(names)) if name), 0)),
            needed=max((found[column.field] for column in self.columns if column.required), default=-1) + 1,
            key=found.get(self.key, -1),
            dropped=tuple(dict.fromkeys(dropped)),
        )

    def missing(self) -> UnreadableTable:
        """Return the refusal of a file without such a header."""
        names = "、".join(column.header for column in self.columns if column.required)
        return UnreadableTable(
            _("No row at the head of the file names the columns %(columns)s: check the first line.")
            % {"columns": names}
        )


@dataclass(frozen=True, slots=True)
class Places:
    """Where the columns of a contract stand in one file or sheet; -1: the file does not have that one.

    `width` counts the cells of the header, `needed` those up to its last required column.
    """

    of: tuple[int, ...]
    width: int
    needed: int
    key: int
    dropped: tuple[str, ...]
    last: int = field(init=False)
    lacking: bool = field(init=False)
    pick: Callable[[Sequence[str]], tuple[str, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Prepare the quick way of taking a row apart: there are millions."""
        object.__setattr__(self, "last", max(self.of))
        object.__setattr__(self, "lacking", -1 in self.of)
        object.__setattr__(self, "pick", itemgetter(*self.of, self.of[0]))

    def values(self, cells: Sequence[str]) -> list[str]:
        """Return the cells of the contract's columns, in its order; empty where there is none."""
        filled = len(cells)
        if filled > self.last and not self.lacking:
            return list(self.pick(cells)[:-1])
        return [cells[place] if -1 < place < filled else "" for place in self.of]

    def is_no_row(self, cells: Sequence[str]) -> bool:
        """Say whether a record is wholly empty or a row of totals."""
        first = cells[0] if cells else ""
        if not first.isalnum():
            first = next((cell for cell in cells if not _is_empty(cell)), "")
            if not first:
                return True
        if "计" not in first or len(first) > _LONGEST_TOTAL or plain(first) not in TOTALS:
            return False
        key = cells[self.key] if -1 < self.key < len(cells) else ""
        return not any(character.isdigit() for character in key)

    def fault(self, cells: Sequence[str]) -> str:
        """Return `column_count` for filled cells beyond the header or a row cut off before a required column."""
        if len(cells) < self.needed or cells[-1] == CUT:
            return "column_count"
        if len(cells) > self.width and any(cell and not cell.isspace() for cell in cells[self.width :]):
            return "column_count"
        return ""


def _is_empty(cell: str) -> bool:
    """Say whether nothing can be seen in a cell."""
    return not cell or cell.isspace() or (not cell.isprintable() and not plain(cell))


def plain(cell: str) -> str:
    """Return a header cell or a code without blanks, marks and full-width forms."""
    if cell.isascii() and cell.isalnum():
        return cell
    kept = unicodedata.normalize("NFKC", cell)
    return "".join(c for c in kept if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf"))


def header_name(cell: str) -> str:
    """Return a header in the one form that counts: plain, without the mark of required columns, in small letters."""
    return plain(cell).strip("*").casefold()


def tidy(cell: str) -> str:
    """Return a cell of running text without line breaks, invisible marks and needless blanks."""
    if cell.isprintable() and "  " not in cell:
        return cell.strip()
    joined = cell.replace("\r", "").replace("\n", "")
    visible = (c for c in joined if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cn"))
    return " ".join("".join(visible).split())


def first_header(
    rows: Iterable[tuple[int, Sequence[str]]], columns: TableColumns, *, counted: bool = False
) -> tuple[int, Places] | None:
    """Return the line of the first row that names every required column, and where they stand.

    `rows` are lines and cells from the top; at most TITLE_ROWS filled ones may stand above. `counted`: see `place`.
    """
    filled = 0
    for line, cells in rows:
        if (places := columns.place(cells, counted=counted)) is not None:
            return line, places
        filled += any(cell.strip() for cell in cells)
        if filled > TITLE_ROWS:
            break
    return None
