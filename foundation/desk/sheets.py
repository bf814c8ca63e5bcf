"""A small XLSX sheet of a list: the same columns as the page, formulas defused, marked with who and when.

The general exporter of lists takes this function's place when it comes.
"""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts.models import User

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What a spreadsheet program might take for a formula when somebody saves the sheet as text.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_WIDTH = 24


def sheet(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, by: User) -> bytes:
    """Return a workbook of one sheet. Every cell is text; the first lines say what it is, who took it, when."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet()
    bold = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    quoted = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
    mark = watermark(by)
    page.set_column(0, len(heads) - 1, _WIDTH)
    page.set_header(f"&L{title}&R{mark}")
    page.write_string(0, 0, title, bold)
    page.write_string(1, 0, mark)
    for place, head in enumerate(heads):
        page.write_string(3, place, head, bold)
    for line, row in enumerate(rows, start=4):
        for place, text in enumerate(row):
            page.write_string(line, place, text, quoted if text.startswith(_DANGEROUS) else wrapped)
    book.close()
    return stream.getvalue()


def watermark(by: User) -> str:
    """Say who took the list and when, in real time."""
    now = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    return _("Taken by %(name)s (%(login)s) on %(when)s") % {
        "name": by.name,
        "login": by.username,
        "when": now,
    }
