"""Somebody else's blank workbook: find the row of its headers, and fill the rows below in their own form.

Titles, merged cells, widths, borders and what stands below the rows (who filled it in, who checked it) stay as they
came. What is written is never a formula. Pictures and macros of the blank are not kept.
"""

import io
import re
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from foundation.accounts.refusals import Refused
from foundation.files.lists import looks_like_a_formula
from foundation.tables.columns import header_name

#: Bytes of a blank, and of what it unpacks to; its rows of titles and headers; its columns.
LARGEST, _UNPACKED = 2 * 2**20, 40 * 2**20
_HEAD_ROWS, _MOST_COLUMNS = 20, 100
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"\d{1,6}")


@dataclass(frozen=True, slots=True)
class Blank:
    """Where the headers of a blank stand: the first sheet that has some, its row, and the words by column number."""

    sheet: str
    row: int
    headers: Mapping[int, str]


def read_blank(content: bytes, known: Collection[str] = ()) -> Blank:
    """Find the headers; `known` are names that are likely among them. Refused where the file is no such workbook."""
    book = _opened(content)
    names = {header_name(name) for name in known}
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible" and (found := _header_row(sheet, names)):
            return Blank(sheet.title, found, _texts(sheet, found))
    raise Refused(_("No row of headers was found: the sheet needs at least two named columns."), field="file")


def fill_blank(
    content: bytes, blank: Blank, columns: Sequence[int], rows: Iterable[Sequence[Any]], mark: str
) -> tuple[bytes, int]:
    """Write rows below the headers, each value into its column number; returns the workbook and how many rows.

    `mark` (who, when) stands at the foot of the printed page.
    """
    book = _opened(content)
    sheet = book[blank.sheet]
    wanted, first = list(rows), blank.row + 1
    foot = _foot(sheet, first)
    if foot is not None and len(wanted) > foot - first:
        _make_room(sheet, foot, len(wanted) - (foot - first))
    for number, values in enumerate(wanted):
        _fill_row(sheet, first, first + number, columns, values)
    if not sheet.oddFooter.left.text:
        sheet.oddFooter.left.text = mark.replace("&", "&&")[:200]
    made = io.BytesIO()
    book.save(made)
    return made.getvalue(), len(wanted)


def _opened(content: bytes) -> Any:
    broken = Refused(
        _("This is no workbook that can be filled in: choose an XLSX file without a password."), field="file"
    )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _UNPACKED:
                raise Refused(_("This workbook is too large to be a blank."), field="file")
        return load_workbook(io.BytesIO(content), keep_links=False)
    except Refused:
        raise
    except Exception as cause:
        raise broken from cause


def _header_row(sheet: Worksheet, known: Collection[str]) -> int | None:
    """Return the row with the most names, known ones before all; of a header of two rows the lower one."""
    best, row_of_best = (0, 0), None
    for row in range(1, min(sheet.max_row, _HEAD_ROWS) + 1):
        texts = {header_name(text) for text in _texts(sheet, row).values()}
        score = (len(texts & set(known)), len(texts))
        if score > best or (score == best and row_of_best and _hangs_down(sheet, row_of_best, row)):
            best, row_of_best = score, row
    return row_of_best if best[1] > 1 else None


def _texts(sheet: Worksheet, row: int) -> dict[int, str]:
    """Return the words of a row by column; a cell that is merged downwards says what stands at its top."""
    found = {}
    for column in range(1, min(sheet.max_column, _MOST_COLUMNS) + 1):
        merged = _merged(sheet, row, column)
        value = sheet.cell(merged.min_row, merged.min_col).value if merged else sheet.cell(row, column).value
        if merged and merged.min_col != column:
            continue
        if value is not None and (text := str(value).strip()):
            found[column] = text
    return found


def _merged(sheet: Worksheet, row: int, column: int) -> CellRange | None:
    for each in sheet.merged_cells.ranges:
        if each.min_row <= row <= each.max_row and each.min_col <= column <= each.max_col:
            found: CellRange = each
            return found
    return None


def _hangs_down(sheet: Worksheet, upper: int, lower: int) -> bool:
    return any(each.min_row <= upper and each.max_row >= lower for each in sheet.merged_cells.ranges)


def _foot(sheet: Worksheet, first: int) -> int | None:
    """Return the first row below the headers that says something; a lone running number says nothing."""
    for row in range(first, sheet.max_row + 1):
        said = [cell.value for cell in sheet[row] if cell.value not in (None, "")]
        if len(said) > 1 or (said and not _NUMBER.fullmatch(str(said[0]).strip())):
            return row
    return None


def _make_room(sheet: Worksheet, foot: int, rows: int) -> None:
    """Move what stands below down by so many rows, with its merged cells and heights."""
    below = [each for each in list(sheet.merged_cells.ranges) if each.min_row >= foot]
    heights = {row: sheet.row_dimensions[row].height for row in range(foot, sheet.max_row + 1)}
    for each in below:
        sheet.unmerge_cells(each.coord)
    last = sheet.cell(sheet.max_row, sheet.max_column).coordinate
    sheet.move_range(f"A{foot}:{last}", rows=rows)
    for each in below:
        each.shift(row_shift=rows)
        sheet.merge_cells(each.coord)
    for row, height in sorted(heights.items(), reverse=True):
        sheet.row_dimensions[row + rows].height = height


def _fill_row(sheet: Worksheet, like: int, row: int, columns: Sequence[int], values: Sequence[Any]) -> None:
    """Write one row in the form of the first one."""
    if row != like:
        for column in range(1, min(sheet.max_column, _MOST_COLUMNS) + 1):
            model, cell = sheet.cell(like, column), sheet.cell(row, column)
            if not isinstance(cell, MergedCell):
                cell._style = copy(model._style)
        sheet.row_dimensions[row].height = sheet.row_dimensions[like].height
    for column, value in zip(columns, values, strict=True):
        cell = sheet.cell(row, column)
        if not isinstance(cell, MergedCell):
            _write(cell, value)


def _write(cell: Any, value: Any) -> None:
    if not isinstance(value, str):
        cell.value = value
        return
    text = _UNWRITABLE.sub("", value)[:32_767]
    cell.value = text or None
    if text and looks_like_a_formula(text):
        cell.data_type = "s"
        cell.quotePrefix = True
