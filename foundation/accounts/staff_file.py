"""The staff workbook: what its columns mean, and how a row is read before anybody asks whether it may be so.

XLSX (every visible sheet whose head names the columns) or CSV. A row is read cell by cell into `Wish`, or
rejected with sheet, row, column, reason and sentence.
"""

import datetime
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from foundation.accounts.refusals import Refused
from foundation.accounts.tabular import TITLE_ROWS, UNREADABLE, TextTable, plain, tidy

NAME, LOGIN, ROLE, AREA, DEPARTMENT, FIRST, LAST = (
    "姓名", "登录名", "角色", "行政区划代码", "部门", "起始日期", "截止日期",
)  # fmt: skip
COLUMNS = (NAME, LOGIN, ROLE, AREA, DEPARTMENT, FIRST, LAST)
REQUIRED = (NAME, ROLE, AREA)
_LARGEST_UNPACKED = 256 * 1024**2
_DAY = re.compile(r"(\d{4})(?:-|/|\.|年)?(\d{1,2})(?:-|/|\.|月)?(\d{1,2})日?")
_FORMULA_STARTS = frozenset("=+-@＝＋－＠")


class Reason(models.TextChoices):
    """Why a row was rejected; the label is the sentence the sender reads where no closer one is known."""

    NAME_MISSING = "name_missing", gettext_lazy("The name is empty.")
    NAME_INVALID = "name_invalid", gettext_lazy("A name has 1 to 60 characters and is no formula.")
    NAME_DIFFERS = "name_differs", gettext_lazy("The account with this login name has another name.")
    NAME_AMBIGUOUS = (
        "name_ambiguous",
        gettext_lazy(
            "Several people have this name: give each row its login name, one person always the same."
        ),
    )
    LOGIN_INVALID = "login_invalid", gettext_lazy("This is no login name.")
    LOGIN_TAKEN = "login_taken", gettext_lazy("This login name is taken: choose another.")
    LOGIN_MISSING = "login_missing", gettext_lazy("No login name can be made from this name: enter one.")
    ROLE_UNKNOWN = "role_unknown", gettext_lazy("There is no role of this name here.")
    AREA_UNKNOWN = "area_unknown", gettext_lazy("This area does not exist, or it is not yours to staff.")
    DEPARTMENT_UNKNOWN = "department_unknown", gettext_lazy("There is no department of this name or code.")
    DATE_INVALID = "date_invalid", gettext_lazy("This is no day: write it like 2026-11-04.")
    DUPLICATE_ROW = "duplicate_row", gettext_lazy("The same person and post stand further up in the file.")
    HELD_OTHERWISE = (
        "held_otherwise",
        gettext_lazy("The person already holds this post with other days: correct them on their page."),
    )
    NOT_ALLOWED = "not_allowed", gettext_lazy("The rules of the role forbid this post.")
    OWN_ROW = "own_row", gettext_lazy("Nobody grants a posting to themselves: ask another administrator.")
    ACCOUNT_MISSING = (
        "account_missing",
        gettext_lazy("This person has no account yet: a system administrator sends this file first."),
    )


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was not taken: where it stands, which column is to blame, why, and what it said."""

    sheet: str
    row: int
    column: str
    reason: Reason
    sentence: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it stands in the file: the text of each of `COLUMNS`."""

    sheet: str
    row: int
    cells: tuple[str, ...]

    def cell(self, column: str) -> str:
        """Return the text under a column; empty where the file does not have it."""
        return self.cells[COLUMNS.index(column)]

    def reject(self, column: str, reason: Reason, sentence: str = "") -> Reject:
        """Return the refusal of this row."""
        return Reject(self.sheet, self.row, column, reason, sentence or str(reason.label), self.cells)


def read_lines(file: BinaryIO) -> list[Line]:
    """Return every filled row below the heads of `file`; refuse a file that cannot be read at all."""
    file.seek(0)
    lines = list(_read_workbook(file) if file.read(4) == b"PK\x03\x04" else _read_text(file))
    if not lines:
        raise Refused(_("The file has a head but no row below it."))
    return lines


def read_day(text: str) -> datetime.date | None:
    """Return the day a cell names, None where it is empty; ValueError where it names none."""
    if not text:
        return None
    parts = _DAY.fullmatch(plain(text))
    if parts is None:
        raise ValueError(text)
    year, month, day = map(int, parts.groups())
    return datetime.date(year, month, day)


def is_plain_name(name: str) -> bool:
    """Say whether a cell can be a person's name: short, readable, and nothing a spreadsheet would run."""
    has_letter = any(character.isalpha() for character in name)
    return has_letter and len(name) <= 60 and name[0] not in _FORMULA_STARTS and UNREADABLE not in name


def _read_workbook(file: BinaryIO) -> Iterator[Line]:
    """Read the visible sheets that have the head; the others (notes, lists of choices) are left alone."""
    try:
        _check_size(file)
        file.seek(0)
        workbook = CalamineWorkbook.from_filelike(file)
        sheets = [
            (sheet.name, workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False))
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
    except (CalamineError, zipfile.BadZipFile) as broken:
        raise Refused(
            _("The workbook is damaged or locked with a password: save it anew as XLSX.")
        ) from broken
    found = False
    for name, rows in sheets:
        head = _head(rows)
        if head is None:
            continue
        found = True
        top, places = head
        for number, row in enumerate(rows[top:], start=top + 1):
            cells = tuple(
                _as_text(row[places[column]]) if places.get(column, len(row)) < len(row) else ""
                for column in COLUMNS
            )
            if any(cells):
                yield Line(name, number, cells)
    if not found:
        raise Refused(_no_head())


def _read_text(file: BinaryIO) -> Iterator[Line]:
    optional = [column for column in COLUMNS if column not in REQUIRED and _names(file, column)]
    present = (*REQUIRED, *optional)
    with TextTable(file, required=present) as table:
        for row in table:
            cells = dict(zip(present, row.values, strict=True))
            yield Line("", row.line, tuple(tidy(cells.get(column, "")) for column in COLUMNS))


def _names(file: BinaryIO, column: str) -> bool:
    try:
        TextTable(file, required=(*REQUIRED, column))
    except Refused:
        return False
    return True


def _head(rows: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]] | None:
    """Return the number of rows up to the head, and where each column stands; None where there is no head."""
    for number, row in enumerate(rows[:TITLE_ROWS], start=1):
        names = [plain(str(cell)).rstrip("*") for cell in row]
        if all(column in names for column in REQUIRED):
            return number, {column: names.index(column) for column in COLUMNS if column in names}
    return None


def _as_text(cell: Any) -> str:
    """Return what a person sees in a cell: whole numbers without a decimal point, days as 2026-11-04."""
    match cell:
        case datetime.datetime():
            return cell.date().isoformat()
        case datetime.date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return tidy(str(cell))


def _check_size(file: BinaryIO) -> None:
    """Refuse an archive that unpacks to more than any staff list needs (a zip bomb)."""
    with zipfile.ZipFile(file) as archive:
        if sum(member.file_size for member in archive.infolist()) > _LARGEST_UNPACKED:
            raise Refused(_("The workbook is too large: send it in parts."))


def _no_head() -> str:
    return _("No row at the head of the file names the columns %(columns)s: check the first line.") % {
        "columns": "、".join(REQUIRED)
    }
