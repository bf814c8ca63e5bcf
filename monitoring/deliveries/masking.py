"""What of a rejected cell is shown on a screen: numbers of people are masked, in whatever column they stand."""

import re

from households.identity.masking import masked_number
from monitoring.contracts.contract import Column
from monitoring.contracts.terms import CellType

#: As long as a telephone number: nothing that long is shown whole.
_LONG = re.compile(r"[0-9０-９Xx]{9,}")
#: An ID number with blanks between its parts: in a row that slipped it stands under another column.
_SPACED = re.compile(r"(?:[0-9０-９][ -]?){14,}[0-9０-９XxＸｘ]")
_SHOWN = 60


def shown_cell(column: Column | None, cell: str) -> str:
    """Return a cell as a page shows it; the file to correct holds it whole."""
    text = " ".join(cell.split())
    if column is not None and column.type is CellType.ID_NUMBER:
        return masked_number(text) if len(text) > 6 else text
    for like_a_number in (_LONG, _SPACED):
        text = like_a_number.sub(lambda found: masked_number(found.group()), text)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
