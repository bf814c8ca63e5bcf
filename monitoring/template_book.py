"""The empty workbook of a dataset: the headers to the letter, lists to choose from, and a sheet that explains.

It is always in Chinese, as the files of the departments are. Cells of ID numbers and other texts are formatted as
text, so that a spreadsheet keeps all their digits.
"""

import io
from typing import Any

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _

from monitoring.contracts import words
from monitoring.contracts.contract import Column, Contract
from monitoring.contracts.terms import CellType

#: Rows that are formatted and offer lists.
ROWS = 5_000
_CHINESE = "zh-hans"
_NOTES = "填写说明"
_WIDTHS = {CellType.ID_NUMBER: 22, CellType.NAME: 12, CellType.DAY: 13, CellType.YES_NO: 10}
_TEXTS = frozenset({CellType.ID_NUMBER, CellType.NAME, CellType.TEXT, CellType.CODE, CellType.YES_NO})


def empty_workbook(contract: Contract) -> bytes:
    """Return the workbook as XLSX."""
    out = io.BytesIO()
    with translation.override(_CHINESE), xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        _rows(book, contract)
        _explanations(book, contract)
    return out.getvalue()


def _rows(book: Any, contract: Contract) -> None:
    sheet = book.add_worksheet(contract.name[:31])
    required = book.add_format({"bold": True, "bg_color": "#DCE6F5", "border": 1, "num_format": "@"})
    optional = book.add_format({"border": 1, "bg_color": "#F4F2EC", "num_format": "@"})
    text, number = book.add_format({"num_format": "@"}), book.add_format({"num_format": "0.00"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    formats = {CellType.MONEY: number, CellType.DECIMAL: number, CellType.DAY: day}
    for place, column in enumerate(contract.columns):
        shown = text if column.type in _TEXTS else formats.get(column.type)
        sheet.set_column(place, place, _WIDTHS.get(column.type, max(14, 2 * len(column.header) + 2)), shown)
        sheet.write_string(0, place, column.header, required if column.required else optional)
        sheet.write_comment(0, place, _comment(column), {"x_scale": 2.2, "y_scale": 1.6, "author": "守望"})
        _offer(sheet, place, column)
    sheet.freeze_panes(1, 0)


def _offer(sheet: Any, place: int, column: Column) -> None:
    """Let a cell with a list be chosen from it."""
    if not column.codes:
        return
    spellings = [code.spellings[-1] for code in column.codes]
    told: dict[str, Any] = {"validate": "list", "source": spellings, "ignore_blank": not column.required}
    if column.otherwise:
        told["error_type"] = "warning"
    told |= {"error_title": column.header, "error_message": f"请从名单中选择：{'、'.join(spellings)}"[:255]}
    sheet.data_validation(1, place, ROWS, place, told)


def _comment(column: Column) -> str:
    needed = _("required") if column.required else _("may be empty")
    said = [f"{needed} · {words.accepts(column)}", column.purpose, column.basis, *words.notes(column)]
    return "\n".join([*filter(None, said), _("Example: %(example)s") % {"example": column.example}])


def _explanations(book: Any, contract: Contract) -> None:
    sheet = book.add_worksheet(_NOTES)
    bold, wrapped = (
        book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
    )
    sheet.write_string(0, 0, contract.name, bold)
    for line, sentence in enumerate(_sentences(contract), start=1):
        sheet.write_string(line, 0, sentence)
    top = len(_sentences(contract)) + 2
    heads = (_("column"), _("required"), _("may hold"), _("purpose"), _("what the sum is"), _("example"))
    for place, head in enumerate(heads):
        sheet.write_string(top, place, head, bold)
        sheet.set_column(place, place, (16, 8, 30, 46, 46, 22)[place])
    for line, column in enumerate(contract.columns, start=top + 1):
        needed = "是" if column.required else "否"
        purpose = " ".join([column.purpose, *words.notes(column)])
        cells = (column.header, needed, words.accepts(column), purpose, column.basis, column.example)
        for place, cell in enumerate(cells):
            sheet.write_string(line, place, cell, wrapped)


def _sentences(contract: Contract) -> list[str]:
    return [
        contract.purpose,
        _("Delivered: %(rhythm)s") % {"rhythm": words.rhythm(contract.rhythm)},
        _("Two rows are the same where these agree: %(key)s") % {"key": "、".join(contract.key)},
        _("Do not hide parts of ID numbers, and leave no formulas in the sheet."),
        _("Columns that are not named here are dropped before anything is stored."),
    ]
