"""What is asked of the archive and the register: which households, as of which day, under which law."""

import datetime
from dataclasses import dataclass

from foundation.regulations.book import Book


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to all standards of it.

    `under` is the area whose households are asked about. `bucket` narrows to one of so many parts of the households
    (number, of how many), `household` to one. `everything` asks for all subjects with a row, also those below the line
    and those left out.
    """

    as_of: datetime.date
    book: Book
    under: str
    known_at: datetime.datetime | None = None
    bucket: tuple[int, int] = (0, 1)
    household: int | None = None
    everything: bool = False
