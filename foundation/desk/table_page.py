"""What templates/components/table.html shows: one page of a table, as foundation/desk/tables.py makes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from django.http import HttpResponse

from foundation.desk.columns import Column, ColumnKind, FilterKind, Text
from foundation.desk.keyset import Cursor, Key, read, values_of

if TYPE_CHECKING:
    from foundation.desk.tables import Table


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter in force, as a chip: `remove_url` is the same page without it."""

    label: Text
    value: Text
    negated: bool
    remove_url: str


@dataclass(frozen=True, slots=True)
class ShownFilter:
    """A filter as its form field shows it."""

    key: str
    label: Text
    kind: FilterKind
    value: str
    negated: bool
    options: Sequence[tuple[str, Text]]
    more: bool = False


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column head: where a press on it sorts (None: nowhere), and `ascending`, `descending` or ""."""

    key: str
    label: Text
    kind: ColumnKind
    sort_url: str | None
    sorted: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One value in its column."""

    column: Column
    value: Any
    url: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the page: the record and its cells, the first of which names it."""

    record: Any
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class OfferedView:
    """A view as a press of the page: `edit_url` where the reader may rename or remove it; `query` is what it asks.

    `count` says how many rows it has, “999+” where there are more; empty until they are counted.
    """

    label: Text
    url: str
    here: bool
    edit_url: str = ""
    shared: str = ""
    query: str = ""
    count: str = ""


@dataclass(frozen=True, slots=True)
class OfferedViews:
    """The views of a list that its reader may open, and where this one is saved."""

    views: Sequence[OfferedView]
    save_url: str
    #: Where the page asks how many rows each view has, now and about every minute; empty: it does not.
    counts_url: str = ""

    @property
    def counted(self) -> bool:
        """Whether the numbers stand there already."""
        return any(each.count for each in self.views)


@dataclass(frozen=True, slots=True)
class TablePage:
    """Everything that templates/components/table.html shows."""

    name: str
    empty: Text
    columns: list[ShownColumn]
    rows: list[Row]
    filters: list[ShownFilter]
    chips: list[ActiveFilter]
    count: str
    sort: str
    sorts: list[tuple[str, str]]
    path: str
    next_url: str | None
    previous_url: str | None
    selection: "Selection"
    #: Id of the form that takes ticked rows; empty where none are.
    form: str = ""
    #: Saved views of this list; None where there are none to save.
    views: "OfferedViews | None" = None

    @property
    def has_more(self) -> bool:
        """Whether there are filters behind “More filters”."""
        return any(each.more for each in self.filters)

    @property
    def more_set(self) -> bool:
        """Whether one of the filters behind “More filters” is set: then they stand open."""
        return any(each.more and each.value for each in self.filters)

    @property
    def dom_id(self) -> str:
        """The id of the part of the page that HTMX swaps."""
        return f"table-{self.name}"


@dataclass(frozen=True, slots=True)
class Selection:
    """All rows that a page is a part of, in its order: what an export of the page holds."""

    table: "Table"
    rows: QuerySet[Any]
    chips: Sequence[ActiveFilter]
    #: Path and query of the page, without the place in the pages.
    address: str
    keys: tuple[Key, ...] = ()

    def after(self, record: Model) -> Any:
        """Return the row that follows `record` in this order, or None; it need not be of the selection any more."""
        found = read(self.rows, self.keys, 1, Cursor(values_of(record, self.keys)))
        return found.rows[0] if found.rows else None


class Selected(HttpResponse):
    """The answer of a list to an export: no page, but the selection (foundation/desk/exports.py asks for it)."""

    def __init__(self, selection: Selection) -> None:
        """Carry the selection."""
        super().__init__()
        self.selection = selection
