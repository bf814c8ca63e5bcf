"""Filters of a table, read from an address: what they are set to, what they keep, and how a page shows them."""

import datetime
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict

from foundation.desk.columns import Filter, Together
from foundation.desk.table_page import ActiveFilter, ShownFilter

NEGATED = "not"
#: Where one stands in the pages; no part of what a list shows.
PLACE = ("after", "before")
_LONGEST_TEXT = 80
#: More digits than any amount has.
_MOST_DIGITS = 15


def filtered(filters: Sequence[Filter], rows: QuerySet[Any], params: QueryDict, user: Any) -> QuerySet[Any]:
    """Keep the rows that fit the filters of an address; joint filters must fit one and the same thing."""
    together: dict[Together, Q] = {}
    for each in filters:
        value = value_of(each, params, user)
        if value is None:
            continue
        if each.key in params.getlist(NEGATED):
            fitting = each.apply(rows.model._default_manager.all(), value)
            rows = rows.exclude(pk__in=fitting.values("pk"))
        elif each.together is not None and each.condition is not None:
            together[each.together] = together.get(each.together, Q()) & each.condition(value)
        else:
            rows = each.apply(rows, value)
    for group, condition in together.items():
        rows = group.apply(rows, condition)
    return rows


def value_of(each: Filter, params: QueryDict, user: Any) -> Any:
    """Return the value a filter is set to, or None: unset, or nothing that it can be set to."""
    text = params.get(each.key, "").replace("\x00", "").strip()[:_LONGEST_TEXT]
    if not text:
        return None
    match each.kind:
        case "yesno":
            return {"yes": True, "no": False}.get(text)
        case "number":
            return _number(text)
        case "day":
            return _day(text)
        case "month":
            return _day(f"{text[:7]}-01")
    if each.choices is not None and text not in {key for key, _label in each.options(user)}:
        return None
    return text


def shown(filters: Sequence[Filter], params: QueryDict, user: Any) -> list[ShownFilter]:
    """Return the filters as their form fields."""
    negated = params.getlist(NEGATED)
    return [
        ShownFilter(
            each.key,
            each.label,
            each.kind,
            params.get(each.key, "")[:_LONGEST_TEXT],
            each.key in negated,
            each.options(user),
            each.more,
        )
        for each in filters
    ]


def chips_of(filters: Sequence[Filter], request: HttpRequest) -> list[ActiveFilter]:
    """Return the filters in force."""
    params, chips = request.GET, []
    for each in filters:
        if value_of(each, params, request.user) is None:
            continue
        text = params[each.key].strip()
        label = dict(each.options(request.user)).get(text, text)
        negated = each.key in params.getlist(NEGATED)
        chips.append(ActiveFilter(each.label, label, negated, without(request, each.key)))
    return chips


def address(request: HttpRequest, **changes: str) -> str:
    """Return this page's address with other paging or sorting: always without the old cursor."""
    params = request.GET.copy()
    for name in PLACE:
        params.pop(name, None)
    for name, value in changes.items():
        params[name] = value
    return f"{request.path}?{params.urlencode()}"


def without(request: HttpRequest, key: str) -> str:
    """Return this page's address without one filter."""
    params = request.GET.copy()
    for name in (key, *PLACE):
        params.pop(name, None)
    params.setlist(NEGATED, [name for name in params.getlist(NEGATED) if name != key])
    return f"{request.path}?{params.urlencode()}"


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < 10**_MOST_DIGITS else None


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
