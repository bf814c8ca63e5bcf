"""What is wrong with rows that departments send: each way of being wrong puts copies of good rows in, spoilt."""

from collections.abc import Callable

from households.demo.chance import Chance
from monitoring.demo.forms import AS_NUMBER
from monitoring.demo.lines import Lines

Spoil = Callable[[Lines, list[str], str], None]


#: Of the rows of a file, no more are spoilt: a fifth would make the delivery wait.
_MOST = 0.15


def spoil(lines: Lines, chance: Chance, *kinds: tuple[str, str, int], most: float = _MOST) -> None:
    """Put in spoilt copies of rows: (reason, column, how many); the column matters where the reason has one.

    In a small file there are fewer: up to the share `most` of its rows.
    A copy of a whole row (`duplicate_row`) stands anywhere below the row it repeats.
    """
    for reason, column, number in kinds:
        for _each in range(number):
            if lines.tally.rows_rejected + 1 > most * len(lines.rows):
                return
            sound = [row for row in lines.rows if not lines.is_spoilt(row)]
            if not sound:
                return
            good = chance.one_of(sound)
            if reason == "duplicate_row":
                lines.spoilt(good, len(lines.rows), reason)
                continue
            row = list(good)
            _WAYS[reason](lines, row, column)
            lines.spoilt(row, chance.between(0, len(lines.rows) - 1), _KNOWN_AS.get(reason, reason))


def _mistyped(lines: Lines, row: list[str], _column: str) -> None:
    """The last character but one is another digit: the check digit no longer fits."""
    number = lines.number_of(row).replace(" ", "")
    lines.renumber(row, number[:16] + str((int(number[16]) + 1) % 10) + number[17:])


def _masked(lines: Lines, row: list[str], _column: str) -> None:
    number = lines.number_of(row).replace(" ", "")
    lines.renumber(row, f"{number[:6]}********{number[14:]}")


def _shortened(lines: Lines, row: list[str], _column: str) -> None:
    """A spreadsheet has made a power of ten of it."""
    lines.renumber(row, f"{lines.number_of(row)[0]}.{lines.number_of(row)[1:3]}E+17")


def _as_number(lines: Lines, row: list[str], _column: str) -> None:
    """A workbook holds the number as a number: its last digits are lost (`forms` writes it so)."""
    lines.renumber(row, AS_NUMBER + lines.number_of(row).replace("X", "0"))


def _without_number(lines: Lines, row: list[str], _column: str) -> None:
    lines.renumber(row, "")


def _without_name(lines: Lines, row: list[str], _column: str) -> None:
    lines.rename(row, "　")


def _written(text: str) -> Spoil:
    """Return a way of being wrong that writes a text into the column."""

    def write(lines: Lines, row: list[str], column: str) -> None:
        row[lines.place(column)] = text

    return write


#: Ways whose reason is another's.
_KNOWN_AS = {"digits_lost": "id_checksum"}
_WAYS: dict[str, Spoil] = {
    "id_checksum": _mistyped,
    "digits_lost": _as_number,
    "id_masked": _masked,
    "id_length": _shortened,
    "id_missing": _without_number,
    "name_missing": _without_name,
    "required_missing": _written(""),
    "number_invalid": _written("待核"),
    "number_negative": _written("-320.00"),
    "date_invalid": _written("2026年9月31日"),
    "code_unknown": _written("其他情形"),
}
