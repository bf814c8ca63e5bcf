"""Workbooks about staff that we write: the template to fill in, rejected rows to correct, first passwords to hand out.

Every text is written as text: nothing that somebody typed runs as a formula.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _

from foundation.accounts.first_passwords import FirstPassword
from foundation.accounts.labels import role_labels
from foundation.accounts.models import Department
from foundation.accounts.roles import RULES
from foundation.accounts.staff_file import (
    AREA,
    COLUMNS,
    DEPARTMENT,
    FIRST,
    LAST,
    LOGIN,
    NAME,
    REQUIRED,
    ROLE,
    Reject,
)

#: Rows of the template that offer lists and check dates.
TEMPLATE_ROWS = 5000
_WIDTHS = {NAME: 12, LOGIN: 16, ROLE: 20, AREA: 18, DEPARTMENT: 16, FIRST: 13, LAST: 13}
_CHINESE = "zh-hans"


def template(area: str = "") -> bytes:
    """Return the empty staff workbook: heads, lists of the roles as `area` calls them and of departments."""
    with translation.override(_CHINESE):
        roles = list(role_labels(area).values())
        departments = list(Department.objects.values_list("name", flat=True))
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
            sheet = book.add_worksheet("人员")
            _head(book, sheet, [f"{column}*" if column in REQUIRED else column for column in COLUMNS])
            lists = book.add_worksheet("选项")
            lists.write_column(0, 0, roles)
            lists.write_column(0, 1, departments)
            lists.hide()
            _choices(sheet, ROLE, f"=选项!$A$1:$A${len(roles)}")
            _choices(sheet, DEPARTMENT, f"=选项!$B$1:$B${max(len(departments), 1)}")
            _typed(book, sheet)
            _notes(book, roles)
        return out.getvalue()


def rejected(rejects: Iterable[Reject]) -> bytes:
    """Return the rejected rows as a workbook that is corrected and sent again; why stands to their right."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("人员")
        _head(book, sheet, [*COLUMNS, _("Where"), _("Column"), _("Reason code"), _("Reason")])
        for row, reject in enumerate(rejects, start=1):
            place = f"{reject.sheet}!{reject.row}" if reject.sheet else str(reject.row)
            cells = (*reject.cells, place, reject.column, reject.reason.value, reject.sentence)
            _write_row(sheet, row, cells)
        sheet.set_column(len(COLUMNS), len(COLUMNS) + 2, 14)
        sheet.set_column(len(COLUMNS) + 3, len(COLUMNS) + 3, 60)
    return out.getvalue()


def first_passwords(passwords: Iterable[FirstPassword]) -> bytes:
    """Return the passwords for the first sign-in as a workbook, one slip per row: the only time they are seen."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("First passwords"))
        _head(book, sheet, [_("Name"), _("Area"), _("Login name"), _("Password for the first sign-in")])
        for row, first in enumerate(passwords, start=1):
            area = str(first.user.home) if first.user.home else ""
            _write_row(sheet, row, (first.user.name, area, first.user.username, first.password))
        sheet.set_column(0, 2, 18)
        sheet.set_column(3, 3, 30)
        sheet.repeat_rows(0)
    return out.getvalue()


def _head(book: Any, sheet: Any, titles: Sequence[str]) -> None:
    bold = book.add_format({"bold": True, "bg_color": "#E7EEF8", "bottom": 1})
    for column, title in enumerate(titles):
        sheet.write_string(0, column, title, bold)
        sheet.set_column(column, column, _WIDTHS.get(title.rstrip("*"), 14))
    sheet.freeze_panes(1, 0)


def _write_row(sheet: Any, row: int, cells: Iterable[str]) -> None:
    for column, cell in enumerate(cells):
        sheet.write_string(row, column, cell)


def _choices(sheet: Any, column: str, source: str) -> None:
    place = COLUMNS.index(column)
    sheet.data_validation(
        1, place, TEMPLATE_ROWS, place, {"validate": "list", "source": source, "error_type": "warning"}
    )


def _typed(book: Any, sheet: Any) -> None:
    """Keep codes as text and days as days."""
    text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "yyyy-mm-dd"})
    for column in (LOGIN, AREA):
        place = COLUMNS.index(column)
        sheet.set_column(place, place, _WIDTHS[column], text)
    for column in (FIRST, LAST):
        place = COLUMNS.index(column)
        sheet.set_column(place, place, _WIDTHS[column], day)


def _notes(book: Any, roles: Sequence[str]) -> None:
    """Write the sheet that explains each column and says at which level each role stands."""
    sheet = book.add_worksheet(_("How to fill in"))
    lines = [
        (NAME, _("Required.")),
        (
            LOGIN,
            _("Letters and digits, no telephone or identity number. Empty: made from the name's pinyin."),
        ),
        (ROLE, _("Required. As your area calls it; choose from the list.")),
        (AREA, _("Required. 2 to 12 digits; a code padded with zeros to 12 digits is understood.")),
        (DEPARTMENT, _("Only for the roles of departments.")),
        (FIRST, _("Like 2026-11-04. Empty: from the day of the import.")),
        (LAST, _("The last day of the post, included. Needed for roles held for a limited time.")),
    ]
    for row, cells in enumerate(lines):
        _write_row(sheet, row, cells)
    for row, (label, rule) in enumerate(zip(roles, RULES.values(), strict=True), start=len(lines) + 1):
        _write_row(sheet, row, (label, "、".join(str(level.label) for level in sorted(rule.levels))))
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 80)
