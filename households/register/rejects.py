"""Rows of a register file that were not taken: why, in a clerk's words, and as a workbook to correct and send again."""

import csv
import io
from collections.abc import Iterator
from itertools import chain

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.tables.columns import LOST_DIGITS
from foundation.tables.duck import Tables
from households.identity.numbers import IdFault
from households.register.contract import FIELDS, HEADERS
from households.register.writing import Written, batches
from households.workbooks import MOST_ROWS, Sheet, workbook


class Reason(models.TextChoices):
    """Why a row was not taken, beside the faults of an ID number (households.identity.numbers.IdFault)."""

    REQUIRED_MISSING = "required_missing", gettext_lazy("A required cell is empty.")
    NAME_MISSING = "name_missing", gettext_lazy("The name is empty.")
    NUMBER_INVALID = "number_invalid", gettext_lazy("This is no number.")
    NUMBER_NEGATIVE = "number_negative", gettext_lazy("This number cannot be below zero.")
    NUMBER_RANGE = "number_range", gettext_lazy("This number is too large.")
    CODE_UNKNOWN = "code_unknown", gettext_lazy("This word is not one of those the column allows.")
    COLUMN_COUNT = "column_count", gettext_lazy("The row has more or fewer cells than the header.")
    ENCODING = "encoding", gettext_lazy("The row holds characters that cannot be read.")
    FORMULA_OR_SCRIPT = "formula_or_script", gettext_lazy("A text does not begin like a formula.")
    AREA_UNKNOWN = "area_unknown", gettext_lazy("There is no such village among your areas.")
    HEAD_MISSING = "head_missing", gettext_lazy("No row of this household is its head.")
    HEAD_DUPLICATE = "head_duplicate", gettext_lazy("The household has another head further up in the file.")
    ID_IN_OTHER_HOUSEHOLD = (
        "id_in_other_household",
        gettext_lazy("This person lives in another household: the pair waits to be decided."),
    )
    HOUSEHOLD_CONFLICT = (
        "household_conflict",
        gettext_lazy(
            "Village or kind of household differ from the head's row, or the number belongs elsewhere."
        ),
    )


def sentence(reason: str) -> str:
    """Return what a clerk reads for a reason code."""
    known = dict(Reason.choices) | dict(IdFault.choices)
    return str(known[reason])


def counted(tables: Tables) -> dict[str, int]:
    """Return the number of rows for each reason."""
    return dict(tables.all("SELECT reason, count(DISTINCT seq) FROM fault GROUP BY reason ORDER BY reason"))


def as_file(tables: Tables, written: Written, rejected: int) -> Iterator[bytes]:
    """Yield the file of rejected rows: a workbook, or CSV where they are too many for one in memory."""
    if rejected <= MOST_ROWS:
        yield _workbook(tables, written)
        return
    yield "\ufeff".encode()
    for rows in batches(chain([[*HEADERS.values(), *_why()]], _rejected(tables)), 5_000):
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        yield out.getvalue().encode()


def extension(rejected: int) -> str:
    """Return how the name of such a file ends."""
    return "xlsx" if rejected <= MOST_ROWS else "csv"


def _workbook(tables: Tables, written: Written) -> bytes:
    """Return the rejected rows, with why on their right, and values that were kept against the file."""
    heads = [*HEADERS.values(), *_why()]
    sheets = [Sheet(_("Rejected rows"), heads, _rejected(tables), wide_end=True)]
    if written.kept_named:
        heads = [HEADERS["household"], HEADERS["name"], _("Columns that keep their value")]
        sheets.append(Sheet(_("Kept values"), heads, _kept(written), wide_end=True))
    return workbook(*sheets)


def _why() -> list[str]:
    return [_("Where"), _("Column"), _("Reason code"), _("Reason")]


def _rejected(tables: Tables) -> Iterator[list[str]]:
    cells = ", ".join(FIELDS)
    rows = tables.rows(
        f"""SELECT sheet, line, surplus, said.fields, said.reasons, {cells} FROM rejected JOIN (
            SELECT seq, list(field ORDER BY field, reason) AS fields, list(reason ORDER BY field, reason) AS reasons
            FROM (SELECT DISTINCT seq, field, reason FROM fault) GROUP BY seq
        ) AS said USING (seq) ORDER BY seq"""  # noqa: S608  (fields of the contract)
    )
    for sheet, line, surplus, fields, reasons, *sent in rows:
        columns = "、".join(HEADERS.get(name, "") for name in fields)
        sentences = " ".join(dict.fromkeys(map(sentence, reasons)))
        where = f"{sheet}!{line}" if sheet else str(line)
        if surplus:
            sentences += " " + surplus.replace("\n", " | ")
        said = [(cell or "").replace(LOST_DIGITS, "") for cell in sent]
        yield [*said, where, columns, "、".join(dict.fromkeys(reasons)), sentences]


def _kept(written: Written) -> Iterator[list[str]]:
    by_field = {"net_income_per_head": HEADERS["income"]} | HEADERS
    for household, name, fields in written.kept_named:
        yield [household, name, "、".join(by_field.get(field, field) for field in fields)]
