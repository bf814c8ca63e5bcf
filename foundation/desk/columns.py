"""What a table is declared with (foundation/desk/tables.py): columns, filters, badges."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Text = str | Promise
ColumnKind = Literal["text", "code", "number", "money", "day", "badge", "badges", "link"]
FilterKind = Literal["text", "choice", "yesno"]
Tone = Literal["plain", "action", "done", "soon", "overdue"]


@dataclass(frozen=True, slots=True)
class Badge:
    """A word in a coloured pill; what a column of kind `badge` gives (None: nothing), and `badges` in a list."""

    label: Text
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `value` reads it from a row, `url` links it, `sort` is the field it sorts by."""

    key: str
    label: Text
    value: Callable[[Any], Any]
    kind: ColumnKind = "text"
    sort: str | None = None
    url: Callable[[Any], str] | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter. `apply(rows, value)` keeps what fits; a yesno gets True or False."""

    key: str
    label: Text
    kind: FilterKind
    apply: Callable[[QuerySet[Any], Any], QuerySet[Any]]
    choices: Callable[[Any], Sequence[tuple[str, Text]]] | None = None

    def options(self, user: Any) -> Sequence[tuple[str, Text]]:
        """Return what `user` may choose from (key, label)."""
        if self.kind == "yesno":
            return [("yes", _("yes")), ("no", _("no"))]
        return self.choices(user) if self.choices else []
