"""Workbooks that hold numbers of people: written in memory alone, so that no temporary file ever says one.

For what goes back to who sent it (rejected rows) and for lists in the layout of a contract, which must come in again as
they went out: every cell is text, and none is a formula. Lists of pages go through foundation.files.lists.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from foundation.files.lists import looks_like_a_formula

#: More rows than a clerk corrects by hand, and as many as one workbook may hold in memory.
MOST_ROWS = 50_000
_LONGEST_CELL = 32_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, the head of each column, and its rows. `mark` stands above the head and on paper."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[str]]
    mark: str = ""
    #: The last column says why, in sentences.
    wide_end: bool = False


def workbook(*sheets: Sheet) -> bytes:
    """Return a workbook of these sheets."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for sheet in sheets:
            _write(book, sheet)
    return out.getvalue()


def _write(book: Any, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    bold = book.add_format({"bold": True, "bg_color": "#E7EEF8", "bottom": 1})
    quoted = book.add_format({"quote_prefix": True})
    page.set_column(0, len(sheet.heads) - 1, 14)
    if sheet.wide_end:
        page.set_column(len(sheet.heads) - 1, len(sheet.heads) - 1, 60)
    top = 1 if sheet.mark else 0
    if sheet.mark:
        page.write_string(0, 0, sheet.mark, book.add_format({"italic": True, "font_color": "#5c6670"}))
        line = f"&L&8{sheet.mark.replace('&', '&&')}"[:255]
        page.set_header(line)
        page.set_footer(line)
    page.freeze_panes(top + 1, 0)
    for place, head in enumerate(sheet.heads):
        page.write_string(top, place, head, bold)
    for number, row in enumerate(sheet.rows, start=top + 1):
        for place, cell in enumerate(row):
            page.write_string(
                number, place, cell[:_LONGEST_CELL], quoted if looks_like_a_formula(cell) else None
            )
