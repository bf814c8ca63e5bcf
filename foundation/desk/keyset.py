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

    def beyond(self, value: Any, *, backward: bool) -> Q:
        """Return the condition that a row stands after `value` (backward: before it) in this part alone."""
        nothing = Q(pk__in=[])
        if value is None:
            return Q(**{f"{self.path}__isnull": False}) if backward else nothing
        operator = "lt" if self.descending != backward else "gt"
        condition = Q(**{f"{self.path}__{operator}": value})
        if self.nullable and not backward:
            condition |= Q(**{f"{self.path}__isnull": True})
        return condition

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
    """Read one page of at most `size` rows; one query."""
    backward = cursor is not None and cursor.backward
    ordered = rows.order_by(*[key.order(backward=backward) for key in keys])
    if cursor is not None:
        ordered = ordered.filter(_beyond(keys, cursor))
    found = list(ordered[: size + 1])
    more = len(found) > size
    found = found[:size]
    if backward:
        return Slice(found[::-1], more_before=more, more_after=True)
    return Slice(found, more_before=cursor is not None, more_after=more)


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


def _beyond(keys: tuple[Key, ...], cursor: Cursor) -> Q:
    """Return the condition that a row stands beyond the cursor in the whole order.

    PERF: without the first `AND first >= value`, PostgreSQL could not start an index scan at the cursor.
    """
    whole, prefix = Q(pk__in=[]), Q()
    for key, value in zip(keys, cursor.values, strict=True):
        whole |= prefix & key.beyond(value, backward=cursor.backward)
        prefix &= key.same(value)
    first, value = keys[0], cursor.values[0]
    if first.nullable or value is None:
        return whole
    bound = "lte" if first.descending != cursor.backward else "gte"
    return Q(**{f"{first.path}__{bound}": value}) & whole


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
