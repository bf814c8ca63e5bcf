"""Paging by key: a page begins after (or ends before) the values of a row, never at a count of rows.

So a deep page costs what the first one costs, and no row is lost or shown twice while others are added.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.core import signing
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy

M = TypeVar("M", bound=Model)
Values = tuple[str | int | bool | None, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """One part of an order: a lookup path, its direction, and whether it may be empty (empty stands last)."""

    path: str
    descending: bool
    nullable: bool

    def order(self, *, backward: bool) -> OrderBy:
        """Return the ORDER BY term; backward turns everything round, empties included."""
        descending = self.descending != backward
        nulls = {"nulls_first" if backward else "nulls_last": True} if self.nullable else {}
        return OrderBy(F(self.path), descending=descending, **nulls)

    def beyond(self, value: Any, *, backward: bool) -> tuple[Q, ...]:
        """Return the ranges of what stands after `value` (backward: before it) in this part alone, in their order."""
        if value is None:
            return (Q(**{f"{self.path}__isnull": False}),) if backward else ()
        operator = "lt" if self.descending != backward else "gt"
        differ = Q(**{f"{self.path}__{operator}": value})
        if self.nullable and not backward:
            return (differ, Q(**{f"{self.path}__isnull": True}))
        return (differ,)

    def same(self, value: Any) -> Q:
        """Return the condition that a row has `value` in this part."""
        return Q(**({f"{self.path}__isnull": True} if value is None else {self.path: value}))


@dataclass(frozen=True, slots=True)
class Slice:
    """The rows of one page in their order, and whether more stand before and after them."""

    rows: list[Any]
    more_before: bool
    more_after: bool


def keys_of(model: type[Model], order: tuple[str, ...]) -> tuple[Key, ...]:
    """Read an order such as ("-from_day", "pk")."""
    return tuple(Key(term.lstrip("-"), term.startswith("-"), _nullable(model, term)) for term in order)


def ordered(rows: QuerySet[M], keys: tuple[Key, ...]) -> QuerySet[M]:
    """Return all rows in this order."""
    return rows.order_by(*[key.order(backward=False) for key in keys])


def read(rows: QuerySet[M], keys: tuple[Key, ...], size: int, cursor: "Cursor | None") -> Slice:
    """Read one page of at most `size` rows; one query, and a few narrow ones where it begins at a cursor."""
    backward = cursor is not None and cursor.backward
    ordered = rows.order_by(*_terms(keys, backward=backward))
    if cursor is None:
        found = list(ordered[: size + 1])
        return Slice(found[:size], more_before=False, more_after=len(found) > size)
    pks = _pks_beyond(rows, keys, cursor, size + 1)
    more, found = len(pks) > size, list(ordered.filter(pk__in=pks[:size]))
    if backward:
        return Slice(found[::-1], more_before=more, more_after=True)
    return Slice(found, more_before=True, more_after=more)


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: the values of the row next to it."""

    values: Values
    backward: bool = False

    def sign(self, salt: str) -> str:
        """Return the cursor as a word for the address; `salt` names the table and its order."""
        return signing.dumps(list(self.values), salt=f"desk.keyset.{salt}", compress=True)


def unsign(word: str, salt: str, length: int, *, backward: bool) -> Cursor | None:
    """Read a cursor back; None where it was altered, is of another order, or is none at all."""
    try:
        values = signing.loads(word, salt=f"desk.keyset.{salt}")
    except signing.BadSignature:
        return None
    return Cursor(tuple(values), backward) if len(values) == length else None


def values_of(row: Model, keys: tuple[Key, ...]) -> Values:
    """Return a row's values in the parts of the order, as words that JSON carries exactly."""
    return tuple(_plain(_follow(row, key.path)) for key in keys)


def _terms(keys: tuple[Key, ...], *, backward: bool) -> list[OrderBy]:
    return [key.order(backward=backward) for key in keys]


def _pks_beyond(rows: QuerySet[M], keys: tuple[Key, ...], cursor: Cursor, most: int) -> list[Any]:
    """Return the primary keys of the next `most` rows beyond the cursor, in the order or backwards.

    PERF: first those that differ from the cursor in the last part of the order alone, then those that differ in the
    last two, and so on: each is one range of an index. As one condition with OR, PostgreSQL starts at the first row
    with the same first part, and looks at every row before the cursor to pass it over.
    """
    found: list[Any] = []
    for place in reversed(range(len(keys))):
        terms, same = _terms(keys[place:], backward=cursor.backward), Q()
        for key, value in zip(keys[:place], cursor.values, strict=False):
            same &= key.same(value)
        for beyond in keys[place].beyond(cursor.values[place], backward=cursor.backward):
            some = rows.filter(same & beyond).order_by(*terms)
            found += some.values_list("pk", flat=True)[: most - len(found)]
            if len(found) == most:
                return found
    return found


def _follow(row: Any, path: str) -> Any:
    for name in path.split("__"):
        if row is None:
            return None
        row = getattr(row, name)
    return row.pk if isinstance(row, Model) else row


def _nullable(model: type[Model], term: str) -> bool:
    """Say whether a path may be empty; what is no field (an annotation) may."""
    current: Any = model
    for name in term.lstrip("-").split("__"):
        if name == "pk":
            return False
        try:
            field = current._meta.get_field(name)
        except FieldDoesNotExist:
            return not name.endswith("_id") or _nullable(current, name.removesuffix("_id"))
        if field.null:
            return True
        current = field.related_model
    return False


def _plain(value: Any) -> str | int | bool | None:
    match value:
        case datetime.datetime() | datetime.date():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
        case None | bool() | int() | str():
            return value
        case _:
            raise TypeError(f"Rows cannot be ordered by a {type(value).__name__}.")
