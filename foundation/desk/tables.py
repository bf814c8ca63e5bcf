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
from foundation.desk.columns import Badge, Column, ColumnKind, Filter, FilterKind, Text, Tone
from foundation.desk.keyset import Cursor, keys_of, ordered, read, unsign, values_of
from foundation.desk.table_page import (
    ActiveFilter,
    Cell,
    Row,
    Selected,
    Selection,
    ShownColumn,
    ShownFilter,
    TablePage,
)

__all__ = [
    "Badge",
    "Column",
    "ColumnKind",
    "Filter",
    "FilterKind",
    "Table",
    "TablePage",
    "Text",
    "Tone",
    "answer",
]

NEGATED = "not"
_RESERVED = {NEGATED, "sort", "after", "before"}
#: Rows are counted up to here and no further: “1,000+”.
COUNTED = 1000
_LONGEST_TEXT = 80


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
        chips = self.chips(request)

        def link(name: str, row: Model) -> str:
            return _address(request, **{name: Cursor(values_of(row, keys)).sign(salt)})

        return TablePage(
            name=self.name,
            empty=self.empty,
            columns=[self._head(column, sort, request) for column in self.columns],
            rows=[self._row(record) for record in part.rows],
            filters=self._shown_filters(params, request.user),
            chips=chips,
            count=_count(kept),
            sort=sort,
            sorts=self._sorts(),
            path=request.path,
            next_url=link("after", part.rows[-1]) if part.rows and part.more_after else None,
            previous_url=link("before", part.rows[0]) if part.rows and part.more_before else None,
            selection=Selection(self, ordered(kept, keys), chips, _address(request)),
        )

    def filtered(self, rows: QuerySet[Any], params: QueryDict, user: Any) -> QuerySet[Any]:
        """Keep the rows that fit the filters of an address."""
        for each in self.filters:
            value = self._value(each, params, user)
            if value is None:
                continue
            if each.key in params.getlist(NEGATED):
                fitting = each.apply(rows.model._default_manager.all(), value)
                rows = rows.exclude(pk__in=fitting.values("pk"))
            else:
                rows = each.apply(rows, value)
        return rows

    def cells(self, record: Any) -> list[Cell]:
        """Return the cells of one record, in column order (pages and exports alike)."""
        return [
            Cell(column, column.value(record), column.url(record) if column.url else None)
            for column in self.columns
        ]

    def _row(self, record: Any) -> Row:
        return Row(record, self.cells(record))

    def _value(self, each: Filter, params: QueryDict, user: Any) -> Any:
        """Return the value a filter is set to, or None: unset, or not among its choices."""
        text = params.get(each.key, "").replace("\x00", "").strip()[:_LONGEST_TEXT]
        if not text:
            return None
        if each.kind == "yesno":
            return {"yes": True, "no": False}.get(text)
        if each.choices is not None and text not in {key for key, _label in each.options(user)}:
            return None
        return text

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
        url = _address(request, sort=turned) if column.sort else None
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

    def _shown_filters(self, params: QueryDict, user: Any) -> list[ShownFilter]:
        negated = params.getlist(NEGATED)
        return [
            ShownFilter(
                each.key,
                each.label,
                each.kind,
                params.get(each.key, "")[:_LONGEST_TEXT],
                each.key in negated,
                each.options(user),
            )
            for each in self.filters
        ]

    def chips(self, request: HttpRequest) -> list[ActiveFilter]:
        """Return the filters that an address sets, in words."""
        params, chips = request.GET, []
        for each in self.filters:
            if self._value(each, params, request.user) is None:
                continue
            text = params[each.key].strip()
            label = dict(each.options(request.user)).get(text, text)
            negated = each.key in params.getlist(NEGATED)
            chips.append(ActiveFilter(each.label, label, negated, _without(request, each.key)))
        return chips


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


def _address(request: HttpRequest, **changes: str) -> str:
    """Return this page's address with other paging or sorting: always without the old cursor."""
    params = request.GET.copy()
    for name in ("after", "before"):
        params.pop(name, None)
    for name, value in changes.items():
        params[name] = value
    return f"{request.path}?{params.urlencode()}"


def _without(request: HttpRequest, key: str) -> str:
    """Return this page's address without one filter."""
    params = request.GET.copy()
    for name in (key, "after", "before"):
        params.pop(name, None)
    params.setlist(NEGATED, [name for name in params.getlist(NEGATED) if name != key])
    return f"{request.path}?{params.urlencode()}"


def _count(rows: QuerySet[Any]) -> str:
    """Count up to COUNTED rows: the cost of a list must not grow with what it lists."""
    found = rows.order_by()[: COUNTED + 1].count()
    return f"{COUNTED:,}+" if found > COUNTED else f"{found:,}"
