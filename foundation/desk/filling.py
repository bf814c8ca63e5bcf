"""Fill in a superior's blank table from any list (一键套表): their layout, our rows, with the filters of the page.

The blank and the address of the list rest sealed together (foundation/jobs/spool.py) until the job has filled it in.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.desk import exports
from foundation.desk.columns import Column
from foundation.desk.exports import List, Wanted
from foundation.desk.layouts import BlankLayout
from foundation.desk.watermark import watermark
from foundation.files.blank_sheets import Blank, fill_blank, read_blank
from foundation.jobs import asking, spool
from foundation.jobs.models import Job
from foundation.tables.columns import header_name
from foundation.tables.guessing import guessed

KIND = "fill_sheet"
#: In place of a column's key: 1, 2, 3 …
RUNNING = "#"
RUNNING_NAMES = ("序号", "编号", "No.")
RUNNING_LABEL = gettext_lazy("running number")
#: Rows that are filled in at most; a longer list is exported.
MOST = 5_000
_LENGTH_BYTES = 8


@dataclass(frozen=True, slots=True)
class Handed:
    """A blank that was handed in for a list: which list, the bytes of the workbook, and where its headers stand."""

    wanted: Wanted
    content: bytes
    blank: Blank
    chosen: List


def hand_in(wanted: Wanted, content: bytes, *, by: User) -> str:
    """Look at a blank and keep it sealed with the address of the list; returns the name under which it is kept."""
    chosen = _chosen(wanted, by)
    read_blank(content, names_of(chosen))
    head = wanted.dump()
    return spool.keep([len(head).to_bytes(_LENGTH_BYTES), head, content]).name


def opened(name: str, *, by: User) -> Handed:
    """Return what is kept under a name; Refused where it is gone, or the list is no longer the reader's."""
    kept = spool.read(name)
    end = _LENGTH_BYTES + int.from_bytes(kept[:_LENGTH_BYTES])
    wanted, content = Wanted.load(kept[_LENGTH_BYTES:end]), kept[end:]
    chosen = _chosen(wanted, by)
    return Handed(wanted, content, read_blank(content, names_of(chosen)), chosen)


def proposed(handed: Handed, *, by: User) -> dict[int, str]:
    """Return for each column of the blank what it probably means: as remembered, as named, or as guessed."""
    layout = BlankLayout.objects.filter(user=by, table=_table(handed), digest=_digest(handed.blank)).first()
    keys = {column.key for column in columns_of(handed.chosen)} | {RUNNING, ""}
    if layout is not None:
        said = {
            number: layout.columns.get(header_name(text), "") for number, text in handed.blank.headers.items()
        }
        return {number: key if key in keys else "" for number, key in said.items()}
    names = {column.key: [str(column.label)] for column in columns_of(handed.chosen)} | {
        RUNNING: list(RUNNING_NAMES)
    }
    found = guessed(handed.blank.headers.values(), names)
    return {number: found.get(text, "") for number, text in handed.blank.headers.items()}


@transaction.atomic
def ask(name: str, chosen: Mapping[int, str], *, by: User) -> Job:
    """Ask for the blank to be filled in as a job of its reader; what the headers mean is remembered."""
    handed = opened(name, by=by)
    meant = {number: key for number, key in chosen.items() if key}
    if not meant:
        raise Refused(_("Choose at least one column that is filled in."))
    if set(meant.values()) - {column.key for column in columns_of(handed.chosen)} - {RUNNING}:
        raise Refused(_("This list has no such column: choose again."))
    if handed.chosen.count > MOST:
        raise Refused(
            _("At most %(most)s rows are filled in: set filters until fewer are left.")
            % {"most": f"{MOST:,}"}
        )
    _remember(handed, chosen, by)
    table = _table(handed)
    params = {
        "table": table,
        "rows": handed.chosen.count,
        "columns": {str(key): value for key, value in meant.items()},
    }
    area = exports.area_of(handed.wanted, handed.chosen, by)
    return asking.enqueue(KIND, params, by=by, area=area, dedupe=f"{by.pk}:{name}", spooled=name)


def fill(handed: Handed, meant: Mapping[int, str], *, by: User) -> tuple[bytes, int]:
    """Fill the blank in; returns the workbook and its number of rows. The caller records it."""
    columns = {column.key: column for column in columns_of(handed.chosen)}
    numbers = sorted(meant)
    rows = _rows(handed.chosen, [columns.get(meant[number]) for number in numbers])
    return fill_blank(
        handed.content,
        handed.blank,
        numbers,
        rows,
        watermark(by, exports.area_names(handed.wanted, handed.chosen, by)),
    )


def columns_of(chosen: List) -> tuple[Column, ...]:
    """Return the columns of a list that may be filled in."""
    return tuple(chosen.selection.table.columns)


def names_of(chosen: List) -> list[str]:
    """Return what the columns of a list are called."""
    return [*RUNNING_NAMES, *(str(column.label) for column in columns_of(chosen))]


def _rows(chosen: List, columns: list[Column | None]) -> Iterator[list[Any]]:
    """Yield the rows of a list; no column means the running number."""
    for number, record in enumerate(chosen.selection.rows.iterator(chunk_size=exports.STEP), start=1):
        yield [number if column is None else exports.plain_value(column.value(record)) for column in columns]


def _chosen(wanted: Wanted, by: User) -> List:
    return exports.select(wanted, by=by)


def _remember(handed: Handed, chosen: Mapping[int, str], by: User) -> None:
    said = {header_name(text): chosen.get(number, "") for number, text in handed.blank.headers.items()}
    BlankLayout.objects.update_or_create(
        user=by,
        table=_table(handed),
        digest=_digest(handed.blank),
        defaults={"columns": said, "used_on": clock.today()},
    )


def _table(handed: Handed) -> str:
    return handed.chosen.selection.table.name


def _digest(blank: Blank) -> str:
    names = "\n".join(header_name(text) for _number, text in sorted(blank.headers.items()))
    return hashlib.sha256(names.encode()).hexdigest()
