"""Rejected rows: kept sealed with what was sent, shown to whoever may read the rows, and handed out to be corrected.

Kept as lines of JSON: `line`, `sheet`, `cells` (in the contract's order, as they were sent), `surplus` (cells beyond
the header) and `faults` (pairs of column and reason; an empty column is the row itself). Every reading is an entry.
"""

import io
import itertools
import json
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.files.drafts import Draft
from foundation.ledger.record import Act, record
from foundation.tables.columns import LOST_DIGITS
from foundation.tables.duck import Tables
from monitoring.cells.reasons import Reason
from monitoring.intake import kept
from monitoring.intake.receiving import may_deliver
from monitoring.models import Delivery

#: Rows of one page.
PAGE = 50
#: More rejected rows than a clerk corrects by hand.
MOST_IN_WORKBOOK = 100_000
_LONGEST_CELL = 32_000


@dataclass(frozen=True, slots=True)
class Rejected:
    """A rejected row: where it stands, the cells by the headers of the contract, and what is wrong with which."""

    line: int
    sheet: str
    cells: dict[str, str]
    surplus: str
    faults: tuple[tuple[str, Reason], ...]

    @property
    def where(self) -> str:
        """Where the row stands in the file: its line, in a workbook sheet and row."""
        return f"{self.sheet}!{self.line}" if self.sheet else str(self.line)

    @property
    def sentences(self) -> list[str]:
        """What is wrong, in a clerk's words, column by column; with the cells that have no column of their own."""
        said = [
            f"{column}：{reason.label}" if column else str(reason.label) for column, reason in self.faults
        ]
        return [*said, " | ".join(filter(str.strip, self.surplus.split("\n")))] if self.surplus else said


class Rejects:
    """The rejected rows of a delivery while it is taken: counted, and sealed from the first byte on."""

    def __init__(self, delivery: Delivery) -> None:
        """Begin without any."""
        self._delivery = delivery
        self._headers = [column.header for column in delivery.dataset.contract.columns]
        self._draft: Draft | None = None
        self.reasons: Counter[str] = Counter()

    def add(self, tables: Tables) -> None:
        """Take in the rejected rows of the block: those with faults in `judged`, and those in `twin`."""
        tables.run(
            """CREATE OR REPLACE TABLE refused AS SELECT seq, faults FROM judged WHERE faults IS NOT NULL
            UNION ALL SELECT seq, faults FROM twin"""
        )
        if not tables.one("SELECT count(*) FROM refused"):
            return
        reasons = "SELECT DISTINCT seq, unnest(faults).reason AS reason FROM refused"
        self.reasons.update(dict(tables.all(f"SELECT reason, count(*) FROM ({reasons}) GROUP BY reason")))  # noqa: S608
        cells = ", ".join(f"c{place}" for place in range(len(self._headers)))
        # What was judged stands in `doubtful` as it was sent; the whole block is looked through for twins alone.
        sent = "incoming" if tables.one("SELECT count(*) FROM twin") else "doubtful"
        self._draft = self._draft or Draft()
        for row in tables.rows(
            f"SELECT line, sheet, surplus, faults, {cells} FROM {sent} JOIN refused USING (seq) ORDER BY seq"  # noqa: S608
        ):
            self._draft.write(self._line(*row))

    def keep(self, *, by: User) -> None:
        """Keep the rows with their delivery; in the transaction of the taking."""
        if self._draft is not None:
            self._draft.close()
            kept.keep(self._delivery, kept.REJECTS, self._draft, media_type="application/x-ndjson", by=by)

    def discard(self) -> None:
        """Remove the draft, unless it was kept."""
        if self._draft is not None:
            self._draft.discard()

    def _line(
        self, line: int, sheet: str | None, surplus: str | None, faults: list[Any], *cells: str | None
    ) -> bytes:
        headers = self._headers
        said = {
            "line": line,
            "sheet": sheet or "",
            "cells": [(cell or "").replace(LOST_DIGITS, "") for cell in cells],
            "surplus": surplus or "",
            "faults": [[headers[at["place"]] if at["place"] >= 0 else "", at["reason"]] for at in faults],
        }
        return json.dumps(said, ensure_ascii=False).encode() + b"\n"


def rows(delivery: Delivery, *, by: User, reason: str | None = None, page: int = 1) -> list[Rejected]:
    """Return a page of the rejected rows, those with one reason alone where it is named; the record says who looked."""
    _tell(delivery, "delivery.rejects_read", by, reason=reason or "", page=page)
    found = (row for row in _read(delivery) if reason is None or reason in dict(row.faults).values())
    return list(itertools.islice(found, PAGE * (page - 1), PAGE * page))


def chosen(delivery: Delivery, places: Collection[tuple[int, str]], *, by: User) -> list[Rejected]:
    """Return the rejected rows at some places (line, sheet), to be corrected; the record says who looked."""
    _tell(delivery, "delivery.rejects_read", by, rows=len(places))
    return [row for row in _read(delivery) if (row.line, row.sheet) in places]


def workbook(delivery: Delivery, *, by: User) -> bytes:
    """Return the rejected rows as a workbook to be corrected and delivered again: the contract's columns, then why."""
    if (delivery.rows_rejected or 0) > MOST_IN_WORKBOOK:
        raise Refused(
            _("More than %(most)d rows were rejected: correct them in the system that made the file.")
            % {"most": MOST_IN_WORKBOOK}
        )
    _tell(delivery, "delivery.rejects_fetched", by)
    headers = [column.header for column in delivery.dataset.contract.columns]
    out = io.BytesIO()
    # In memory: XlsxWriter's other ways leave numbers of people in a temporary file.
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(headers), 16)
        sheet.set_column(len(headers) + 1, len(headers) + 1, 60)
        for place, header in enumerate([*headers, _("Where"), _("Reason")]):
            sheet.write_string(0, place, header, bold)
        for number, row in enumerate(_read(delivery), start=1):
            said = [*row.cells.values(), row.where, " ".join(row.sentences)]
            for place, cell in enumerate(said):
                sheet.write_string(number, place, cell[:_LONGEST_CELL])
    return out.getvalue()


def _read(delivery: Delivery) -> Iterator[Rejected]:
    if not delivery.rows_rejected:
        return
    headers = [column.header for column in delivery.dataset.contract.columns]
    with kept.opened(delivery, kept.REJECTS) as file:
        for line in file:
            row: dict[str, Any] = json.loads(line)
            yield Rejected(
                row["line"],
                row["sheet"],
                dict(zip(headers, row["cells"], strict=False)),
                row["surplus"],
                tuple((column, Reason(reason)) for column, reason in row["faults"]),
            )


def _tell(delivery: Delivery, verb: str, by: User, **details: Any) -> None:
    """Record that raw rows are read; Refused where `by` may not."""
    actor = may_deliver(delivery.dataset, delivery.area, by)
    today = clock.today()
    act = Act(
        verb,
        delivery._meta.label_lower,
        str(delivery.pk),
        today,
        today,
        area=delivery.area_code,
        details=details,
    )
    with transaction.atomic():
        record(act, by=actor)
