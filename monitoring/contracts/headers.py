"""Headers: the same name however it is written, and which column of a contract each cell of a header row means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foundation.tables.columns import header_name

if TYPE_CHECKING:
    from monitoring.contracts.contract import Contract


def normal_header(text: str) -> str:
    """Return a header in the one form that counts: half width, without blanks, line breaks, BOM or a mark `*`."""
    return header_name(text)


@dataclass(frozen=True, slots=True)
class Matched:
    """What a header row means to a contract.

    `places` gives for each column found the position of its cell; `dropped` names the headers that the contract does
    not know (their cells are never stored); `missing` names the required columns that the row lacks.
    """

    places: Mapping[str, int]
    dropped: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether this is a header row of the dataset: it names every required column."""
        return not self.missing


def match_headers(contract: "Contract", cells: Sequence[str]) -> Matched:
    """Say which column each cell of a header row means. A column's own header goes before its aliases.

    Where two cells mean one column, the better name counts (then the one further left) and the other is dropped.
    """
    found: dict[str, int] = {}
    normal = [normal_header(cell) for cell in cells]
    for column in contract.columns:
        for name in column.names:
            if column.header not in found and (wanted := normal_header(name)) in normal:
                found[column.header] = normal.index(wanted)
    used = set(found.values())
    return Matched(
        places=found,
        dropped=tuple(cell.strip() for at, cell in enumerate(cells) if at not in used and normal[at]),
        missing=tuple(column.header for column in contract.required if column.header not in found),
    )
