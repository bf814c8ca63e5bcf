"""What came of the departments' files: one count, for the terminal and for the first page of the demonstration."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from django.db.models import Count, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from foundation.accounts.composition import parts
from foundation.accounts.demo.places import COUNTY
from foundation.accounts.scope import within
from monitoring.models import DeclaredStandard, Delivery, Finding

_COLUMNS = ("rows_read", "rows_rejected", "matched", "unmatched", "name_differs")


class DemoColumn(Protocol):
    """A number by standard that a package above adds to the table (composition DEMONSTRATION_COLUMNS)."""

    code: str
    label: Promise

    def whole(self) -> int:
        """Return how many there are in all; not the sum of the standards', where one has several."""

    def by_standard(self) -> Mapping[str, int]:
        """Return how many there are by code of the standard."""


def counted() -> dict[str, Any]:
    """Return what stands in the county: files with their rows, and findings by standard, ready for JSON."""
    columns: Sequence[DemoColumn] = parts("DEMONSTRATION_COLUMNS")
    above = {column.code: column.by_standard() for column in columns}
    by_standard = findings()
    codes = sorted(by_standard.keys() | {code for each in above.values() for code in each})
    return {
        "files": files(),
        "standards": {
            code: {"findings": by_standard.get(code, 0)}
            | {name: each.get(code, 0) for name, each in above.items()}
            for code in codes
        },
        "totals": totals() | {column.code: column.whole() for column in columns},
    }


def files() -> list[dict[str, Any]]:
    """Return every delivery of the county with its counts, in the order in which they came."""
    rows = Delivery.objects.filter(within("area__code", [COUNTY])).select_related("dataset").order_by("pk")
    return [
        {
            "delivery": row.pk,
            "dataset": row.dataset_id,
            "period": row.period,
            "file": row.file_name,
            "state": row.state,
            **{name: getattr(row, name) or 0 for name in _COLUMNS},
        }
        for row in rows
    ]


def totals() -> dict[str, int]:
    """Return how many files and rows there are, how many rows were refused, and how many findings stand."""
    rows = Delivery.objects.filter(within("area__code", [COUNTY]))
    sums = rows.aggregate(rows=Sum("rows_read"), rejected=Sum("rows_rejected"))
    return {
        "files": rows.count(),
        "rows": sums["rows"] or 0,
        "rejected": sums["rejected"] or 0,
        "findings": sum(findings().values()),
    }


def findings() -> dict[str, int]:
    """Return the findings that stand today, by standard."""
    rows = Finding.objects.living().filter(within("area__code", [COUNTY]))
    return dict(rows.order_by().values_list("standard").annotate(number=Count("pk")))


def lines(answer: Mapping[str, Any]) -> Iterator[str]:
    """Write the answer of `counted` as two tables with their totals."""
    yield from _told([_("File"), _("Period"), _("State"), _("Rows"), _("Rejected"), _("Without a person")],
                     _file_rows(answer))  # fmt: skip
    columns: Sequence[DemoColumn] = parts("DEMONSTRATION_COLUMNS")
    head = [_("Standard"), _("Findings"), *(str(column.label) for column in columns)]
    yield ""
    yield from _told(head, _standard_rows(answer, [column.code for column in columns]))


def _file_rows(answer: Mapping[str, Any]) -> Iterator[list[str]]:
    for row in answer["files"]:
        numbers = (row["rows_read"], row["rows_rejected"], row["unmatched"])
        state = Delivery(state=row["state"]).state_label
        yield [row["file"], row["period"], state, *map(str, numbers)]
    whole = answer["totals"]
    yield [_("In all: %(files)d files") % whole, "", "", str(whole["rows"]), str(whole["rejected"]), ""]


def _standard_rows(answer: Mapping[str, Any], columns: Sequence[str]) -> Iterator[list[str]]:
    names = {row.pk: str(row) for row in DeclaredStandard.objects.filter(pk__in=answer["standards"])}
    for code, counts in answer["standards"].items():
        yield [names.get(code, code), *(str(counts[name]) for name in ("findings", *columns))]
    yield [_("In all"), *(str(answer["totals"][name]) for name in ("findings", *columns))]


def _told(head: list[str], rows: Iterator[list[str]]) -> Iterator[str]:
    """Align columns: texts to the left, numbers to the right; a Chinese character is two columns wide."""
    body = list(rows)
    columns = list(zip(*body, strict=True))
    numeric = [all(cell.isdigit() or not cell for cell in column) for column in columns]
    widths = [max(map(_width, (name, *column))) for name, column in zip(head, columns, strict=True)]
    for row in (head, *body):
        cells = zip(row, widths, numeric, strict=True)
        yield "  ".join(_aligned(*cell) for cell in cells).rstrip()


def _aligned(cell: str, width: int, right: bool) -> str:
    blanks = " " * (width - _width(cell))
    return blanks + cell if right else cell + blanks


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
