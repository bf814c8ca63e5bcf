"""Real XLS workbooks (BIFF8), as old spreadsheet programs write them: for tests of reading alone."""

import io
from collections.abc import Sequence
from typing import Any

import xlwt

Cell = str | int | float | Any


def xls(*sheets: tuple[str, Sequence[Sequence[Cell]]]) -> io.BytesIO:
    """Return a workbook of sheets; days stand in cells formatted as days, everything else as it is."""
    book = xlwt.Workbook(encoding="utf-8")
    as_day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for name, rows in sheets:
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                day = hasattr(cell, "isoformat")
                sheet.write(number, place, cell, as_day) if day else sheet.write(number, place, cell)
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out
