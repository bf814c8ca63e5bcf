"""Staff workbooks that the tests make."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from foundation.accounts.models import User
from foundation.accounts.staff_file import COLUMNS
from foundation.accounts.staff_import import Imported, import_staff
from tests.people import VILLAGE

Cells = Sequence[Any]
ASSISTANT = ("单立夏", "", "村协查员", VILLAGE, "", "", "")


def book(*rows: Cells, heads: Sequence[str] = COLUMNS, sheet: str = "人员", above: int = 0) -> io.BytesIO:
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}
    ) as workbook:
        page = workbook.add_worksheet(sheet)
        for number, cells in enumerate([heads, *rows], start=above):
            page.write_row(number, 0, cells)
    out.seek(0)
    return out


def shell() -> User:
    return User.objects.built_in("shell")


def taken(*rows: Cells, by: User | None = None, **options: Any) -> Imported:
    return import_staff(book(*rows), by=by or shell(), **options)
