"""What a table is declared with (foundation/desk/tables.py): columns, filters, badges."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Text = str | Promise
ColumnKind = Literal["text", "code", "number", "money", "day", "badge", "badges", "link"]
FilterKind = Literal["text", "choice", "yesno", "number", "day", "month"]
Tone = Literal["plain", "action", "done", "soon", "overdue"]


@dataclass(frozen=True, slots=True)
class Badge:
    """A word in a coloured pill; what a column of kind `badge` gives (None: nothing), and `badges` in a list."""

    label: Text
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `value` reads it from a row, `url` links it, `sort` is the field it sorts by.

    One with `sheet_only` stands in exported files alone: a code that programs need, and nobody reads on a page.
    """

    key: str
    label: Text
    value: Callable[[Any], Any]
    kind: ColumnKind = "text"
    sort: str | None = None
    url: Callable[[Any], str] | None = None
    sheet_only: bool = False


@dataclass(frozen=True, slots=True)
class Together:
    """Filters that one and the same thing must fit, such as one signal of an alert: kept by one `apply`."""

    apply: Callable[[QuerySet[Any], Q], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter. `apply(rows, value)` keeps what fits; a yesno gets True or False, a number a Decimal,
    a day a date, a month its first day.

    `more` puts it behind “More filters”; `nameless` says of a text that nobody types people into it, so that a saved
    view may keep it. Filters made by `joint` fit the same thing together.
    """

    key: str
    label: Text
    kind: FilterKind
    apply: Callable[[QuerySet[Any], Any], QuerySet[Any]]
    choices: Callable[[Any], Sequence[tuple[str, Text]]] | None = None
    more: bool = False
    nameless: bool = False
    together: Together | None = None
    condition: Callable[[Any], Q] | None = None

    @property
    def may_be_kept(self) -> bool:
        """Whether what it is set to may be written down: typed words may name people."""
        return self.kind != "text" or self.nameless

    def options(self, user: Any) -> Sequence[tuple[str, Text]]:
        """Return what `user` may choose from (key, label)."""
        if self.kind == "yesno":
            return [("yes", _("yes")), ("no", _("no"))]
        return self.choices(user) if self.choices else []


def joint(
    together: Together,
    key: str,
    label: Text,
    kind: FilterKind,
    condition: Callable[[Any], Q],
    choices: Callable[[Any], Sequence[tuple[str, Text]]] | None = None,
) -> Filter:
    """Return a filter that fits the same thing as the others of `together`; turned round, it stands alone."""
    return Filter(
        key,
        label,
        kind,
        lambda rows, value: together.apply(rows, condition(value)),
        choices,
        more=True,
        together=together,
        condition=condition,
    )


@dataclass(frozen=True, slots=True)
class ReadyView:
    """A view that a list brings along: its name, and the filters as they stand in an address."""

    label: Text
    query: str
