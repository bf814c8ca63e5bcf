"""The process that takes one workbook apart, alone: no environment, no files, bounded memory and time.

Started by foundation.tables.workbook as `python -I workbook_process.py [most rows of a sheet]`. Reads the workbook
from standard input and writes its visible sheets to standard output as CSV records `sheet, row, cell, …`; the first
record is `rows, n`. On a file that is no workbook, or a locked one, it writes `refused`. Imports nothing of ours: it
must start fast and alone.

A formula is written as the result that was saved with it; one without any is written as the formula. A cell is
written as people see it: days as 2026-10-05, whole numbers without a decimal point. A number of more than
15 digits lost its last ones in the spreadsheet and is marked (LOST_DIGITS). Merged cells of the head are written into
each of their places; further down only those that span rows of one column.
"""

import csv
import datetime
import decimal
import io
import math
import re
import resource
import sys
import zipfile
from itertools import islice
from typing import Any
from xml.etree import ElementTree

MEMORY = 4096 * 2**20
SECONDS = 900
#: A noncharacter: no cell of a workbook can hold it.
LOST_DIGITS = "\ufdd0"
EXACT_DIGITS = 15
#: Characters of a cell that are handed on; the reader refuses a row that long.
LONGEST_CELL = 250_000
#: A cell of a sheet with a formula and no result; how much of a sheet is looked at, and how long such a cell may be.
FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]{0,200}>\s*<f[^>/]{0,200}>([^<]{0,8192})</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
PIECE, LONGEST_FORMULA = 1 << 22, 16_384
#: Rows in which merged cells that span columns are headings.
HEAD_ROWS = 60


def bound() -> None:
    """Take away what a reader in the wrong hands could use."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


bound()

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: E402  (after the bounds)


def main() -> None:
    """Take standard input apart and write it."""
    out = csv.writer(
        io.TextIOWrapper(sys.stdout.buffer, "utf-8", errors="replace", newline="", write_through=False)
    )
    try:
        file = io.BytesIO(sys.stdin.buffer.read())
        workbook = CalamineWorkbook.from_filelike(file)
        sheets = [
            workbook.get_sheet_by_name(sheet.name)
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
    except Exception:  # whatever a reader stumbles over, the file is at fault
        out.writerow(("refused",))
        return
    out.writerow(("rows", sum(sheet.total_height for sheet in sheets)))
    head = int(sys.argv[1]) if len(sys.argv) > 1 else None
    for sheet in sheets:
        merged = places(sheet.merged_cell_ranges or (), sheet.end or (0, 0))
        values: dict[tuple[int, int], str] = {}
        left = [""] * (sheet.start or (0, 0))[1]
        formulas = without_result(file, sheet.name)
        for number, row in enumerate(islice(sheet.iter_rows(), head)):
            cells: list[Any] = [sheet.name, number + 1, *left, *map(shown, row)]
            for place, formula in formulas.get(number, ()):
                if place + 2 < len(cells) and not cells[place + 2]:
                    cells[place + 2] = formula
            for place, origin in merged.get(number, ()) if merged else ():
                if origin == (number, place):
                    values[origin] = cells[place + 2]
                elif place + 2 < len(cells):
                    cells[place + 2] = values.get(origin, "")
            out.writerow(cells)


def places(ranges: Any, end: tuple[int, int]) -> dict[int, list[tuple[int, tuple[int, int]]]]:
    """Return, by row up to the sheet's `end`, the columns of merged cells, and where such a cell has its value."""
    found: dict[int, list[tuple[int, tuple[int, int]]]] = {}
    for (top, left), (bottom, right) in ranges:
        if top >= HEAD_ROWS and left != right:
            continue
        last = min(bottom, end[0] if left == right else HEAD_ROWS)
        for row in range(top, last + 1):
            across = range(left, min(right, end[1]) + 1)
            found.setdefault(row, []).extend((column, (top, left)) for column in across)
    return found


def without_result(file: io.BytesIO, sheet: str) -> dict[int, list[tuple[int, str]]]:
    """Return, by row, the formulas of an XLSX sheet with which no result was saved: column and text."""
    found: dict[int, list[tuple[int, str]]] = {}
    if not zipfile.is_zipfile(file):
        return found
    with zipfile.ZipFile(file) as archive:
        part = part_of(archive, sheet)
        before = b""
        with archive.open(part) if part else io.BytesIO() as cells:
            while piece := cells.read(PIECE):
                text = before + piece
                if b"<f" in text:
                    for letters, row, formula in FORMULA.findall(text):
                        place = found.setdefault(int(row) - 1, [])
                        place.append((column(letters), "=" + formula.decode("utf-8", "replace")))
                before = text[-LONGEST_FORMULA:]
    return found


def part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the name of the part that holds a sheet; nothing where the archive is built otherwise."""
    try:  # this process is bounded, and expat refuses to be amplified
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    except (KeyError, ElementTree.ParseError):
        return ""
    wanted = {value for each in book.iter() if each.get("name") == sheet for value in each.attrib.values()}
    targets = [each.get("Target", "") for each in links if each.get("Id") in wanted]
    name = targets[0].lstrip("/") if targets else ""
    name = name if name.startswith("xl/") else f"xl/{name}"
    return name if name in archive.namelist() else ""


def column(letters: bytes) -> int:
    """Return the place of a column from its letters: A is 0."""
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1


def shown(cell: Any) -> str:
    """Return what a person sees in a cell."""
    if type(cell) is str:
        return cell if len(cell) <= LONGEST_CELL else cell[:LONGEST_CELL]
    if type(cell) is float:
        return number(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int):
        return number(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return str(cell)


def number(value: float) -> str:
    """Return a number in plain digits, marked where a spreadsheet has lost some."""
    if not math.isfinite(value):
        return str(value)
    if value != int(value):
        return repr(value) if 0.001 < abs(value) < 1e15 else f"{decimal.Decimal(repr(value)):f}"
    digits = str(int(value))
    if len(digits.lstrip("-")) <= EXACT_DIGITS:
        return digits
    # As the spreadsheet shows it: behind its fifteenth digit stand zeros, not what binary fractions make of them.
    return LOST_DIGITS + f"{decimal.Decimal(f'{value:.{EXACT_DIGITS - 1}e}'):f}"


if __name__ == "__main__":
    main()
