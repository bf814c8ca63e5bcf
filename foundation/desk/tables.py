"""The one table: columns, filters that can be turned round, sorting, paging by key.

    STAFF = Table("staff", columns=(…), filters=(…), order=("name", "pk"), empty=_("…how people get here…"))

    def staff(request):
        rows = User.objects.visible_to(request.user)
        return answer(request, "desk/staff.html", STAFF.page(rows, request))

The template shows `{% include "components/table.html" %}`; everything stands in the address (works without
JavaScript), and with HTMX only the table is swapped. Every table can be exported (foundation/desk/exports.py).
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from foundation.desk import focus
from foundation.desk.columns import Badge, Column, ColumnKind, Filter, FilterKind, ReadyView, Text, Tone
from foundation.desk.filtering import NEGATED, address, chips_of, filtered, shown
from foundation.desk.keyset import Cursor, keys_of, ordered, read, unsign, values_of
from foundation.desk.saved_views import offered
from foundation.desk.table_page import ActiveFilter, Cell, Row, Selected, Selection, ShownColumn, TablePage

__all__ = [
    "Badge",
    "Column",
    "ColumnKind",
    "Filter",
    "FilterKind",
    "ReadyView",
    "Table",
    "TablePage",
    "Text",
    "Tone",
    "answer",
]

_RESERVED = {NEGATED, "sort", "after", "before"}
#: Rows are counted up to here and no further: “1,000+”.
COUNTED = 1000


@dataclass(frozen=True)
class Table:
    """A list as its page and its export show it. `order` must be unique: it ends in `pk`."""

    name: str
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    order: tuple[str, ...] = ("pk",)
    page_size: int = 50
    empty: Text = ""
    #: What an exported file is called; the name where it is empty.
    title: Text = ""
    #: Id of the form that takes the rows which are ticked; none are where it is empty.
    form: str = ""
    #: Views that the list brings along; None where views of it cannot be saved.
    views: tuple[ReadyView, ...] | None = None
    #: Name of the route that says how many rows each view has; none where it is empty.
    counts: str = ""
    _by_key: dict[str, Column] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a declaration that would lose rows or swallow parameters."""
        if self.order[-1].lstrip("-") != "pk":
            raise ValueError(f"The order of table {self.name} must end in pk, or pages would lose rows.")
        if clash := _RESERVED & {each.key for each in self.filters}:
            raise ValueError(f"Table {self.name}: these filter keys are taken: {clash}.")
        self._by_key.update({column.key: column for column in self.columns})

    def page(self, rows: QuerySet[Any], request: HttpRequest) -> TablePage:
        """Return the page that the address asks for; rows begin at `visible_to`. Two queries."""
        params = request.GET
        kept = self.filtered(focus.narrow(rows, request), params, request.user)
        sort = params.get("sort", "") if self._sortable(params.get("sort", "")) else ""
        keys = keys_of(rows.model, self._order(sort))
        salt = f"{self.name}.{','.join(self._order(sort))}"
        part = read(kept, keys, self.page_size, _cursor(params, salt, len(keys)))
        chips = chips_of(self.filters, request)

        def link(name: str, row: Model) -> str:
            return address(request, **{name: Cursor(values_of(row, keys)).sign(salt)})

        return TablePage(
            name=self.name,
            empty=self.empty,
            columns=[self._head(column, sort, request) for column in self.columns if not column.sheet_only],
            rows=[self._row(record) for record in part.rows],
            filters=shown(self.filters, params, request.user),
            chips=chips,
            count=_count(kept),
            sort=sort,
            sorts=self._sorts(),
            path=request.path,
            next_url=link("after", part.rows[-1]) if part.rows and part.more_after else None,
            previous_url=link("before", part.rows[0]) if part.rows and part.more_before else None,
            selection=Selection(self, ordered(kept, keys), chips, address(request), keys),
            form=self.form,
            views=offered(self, request) if self.views is not None else None,
        )

    def filtered(self, rows: QuerySet[Any], params: QueryDict, user: Any) -> QuerySet[Any]:
        """Keep the rows that fit the filters of an address."""
        return filtered(self.filters, rows, params, user)

    def cells(self, record: Any) -> list[Cell]:
        """Return the cells of one record, in column order, those of exported files alone among them."""
        return [
            Cell(column, column.value(record), column.url(record) if column.url else None)
            for column in self.columns
        ]

    def _row(self, record: Any) -> Row:
        return Row(record, [cell for cell in self.cells(record) if not cell.column.sheet_only])

    def _sortable(self, sort: str) -> bool:
        column = self._by_key.get(sort.removeprefix("-"))
        return column is not None and column.sort is not None

    def _order(self, sort: str) -> tuple[str, ...]:
        column = self._by_key.get(sort.removeprefix("-")) if sort else None
        if column is None or column.sort is None:
            return self.order
        sign = "-" if sort.startswith("-") else ""
        rest = [term for term in self.order if term.lstrip("-") != column.sort]
        return (f"{sign}{column.sort}", *rest) if column.sort != "pk" else (f"{sign}pk",)

    def _head(self, column: Column, sort: str, request: HttpRequest) -> ShownColumn:
        now = {column.key: "ascending", f"-{column.key}": "descending"}.get(sort, "")
        turned = f"-{column.key}" if now == "ascending" else column.key
        url = address(request, sort=turned) if column.sort else None
        return ShownColumn(column.key, column.label, column.kind, url, now)

    def _sorts(self) -> list[tuple[str, str]]:
        """Return what a list without heads (on phones) may be sorted by: the `sort` parameter and its words."""
        ways = (("", _("%(column)s, rising")), ("-", _("%(column)s, falling")))
        return [
            (f"{sign}{column.key}", words % {"column": column.label})
            for column in self.columns
            if column.sort
            for sign, words in ways
        ]

    def chips(self, request: HttpRequest) -> list[ActiveFilter]:
        """Return the filters that an address sets, in words."""
        return chips_of(self.filters, request)


def answer(request: HttpRequest, template: str, table: TablePage, **context: Any) -> HttpResponse:
    """Answer with the whole page, with the table alone where HTMX asks for it, with the rows to an export."""
    if getattr(request, "wants_rows", False):
        return Selected(table.selection)
    htmx: Any = request.htmx  # type: ignore[attr-defined]
    alone = htmx and htmx.target == table.dom_id and not htmx.history_restore_request
    response = render(request, "components/table.html" if alone else template, {"table": table, **context})
    response.headers["Vary"] = "HX-Request"
    return response


def _cursor(params: QueryDict, salt: str, length: int) -> Cursor | None:
    if word := params.get("before"):
        return unsign(word, salt, length, backward=True)
    if word := params.get("after"):
        return unsign(word, salt, length, backward=False)
    return None


def _count(rows: QuerySet[Any]) -> str:
    """Count up to COUNTED rows: the cost of a list must not grow with what it lists."""
    found = rows.order_by()[: COUNTED + 1].count()
    return f"{COUNTED:,}+" if found > COUNTED else f"{found:,}"
