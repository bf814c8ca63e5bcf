"""The rows of a file that is being made, and what must become of each when the file is read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from households.demo.records import Person


@dataclass(slots=True)
class Tally:
    """What a delivery must count: the columns of `Delivery` of the same names."""

    rows_read: int = 0
    rejects: Counter[str] = field(default_factory=Counter)
    unmatched: int = 0
    name_differs: int = 0
    corrections: int = 0

    @property
    def rows_rejected(self) -> int:
        """Rows that are not taken; every spoilt row has one reason."""
        return sum(self.rejects.values())

    @property
    def rows_accepted(self) -> int:
        """Rows that are taken."""
        return self.rows_read - self.rows_rejected


class Lines:
    """Rows below one header. `number` and `name` are the headers of the person or head."""

    def __init__(self, *headers: str, number: str = "身份证号", name: str = "姓名") -> None:
        """Begin without rows."""
        self.headers = headers
        self.rows: list[list[str]] = []
        self.tally = Tally()
        self._spoilt: set[int] = set()
        self._number, self._name = self.place(number), self.place(name)

    def place(self, header: str) -> int:
        """Return the place of a column."""
        return self.headers.index(header)

    def about(self, person: Person, cells: Mapping[str, str]) -> list[str]:
        """Add a row about somebody of the register; it is to be taken."""
        return self.add(person.id_number, person.name, cells)

    def stranger(self, known_as: tuple[str, str], cells: Mapping[str, str]) -> list[str]:
        """Add a row about somebody whom the register does not know."""
        self.tally.unmatched += 1
        return self.add(*known_as, cells)

    def under_another_name(self, person: Person, name: str, cells: Mapping[str, str]) -> list[str]:
        """Add a row with a number of the register and the name of somebody else."""
        self.tally.name_differs += 1
        return self.add(person.id_number, name, cells)

    def add(self, number: str, name: str, cells: Mapping[str, str]) -> list[str]:
        """Add a row that is to be taken."""
        row = [cells.get(header, "") for header in self.headers]
        row[self._number], row[self._name] = number, name
        self.rows.append(row)
        self.tally.rows_read += 1
        return row

    def spoilt(self, row: Sequence[str], at: int, reason: str) -> None:
        """Put a row in at a place that the intake must refuse for this reason."""
        self.rows.insert(at, bad := list(row))
        self._spoilt.add(id(bad))
        self.tally.rows_read += 1
        self.tally.rejects[reason] += 1

    def is_spoilt(self, row: Sequence[str]) -> bool:
        """Say whether a row is one that the intake must refuse."""
        return id(row) in self._spoilt

    def number_of(self, row: Sequence[str]) -> str:
        """Return the ID number of a row."""
        return row[self._number]

    def renumber(self, row: list[str], number: str) -> None:
        """Write the ID number of a row in another form."""
        row[self._number] = number

    def rename(self, row: list[str], name: str) -> None:
        """Write the name of a row in another form."""
        row[self._name] = name

    def name_of(self, row: Sequence[str]) -> str:
        """Return the name of a row."""
        return row[self._name]
