"""One page of rows that a view shows in its own way, with the addresses of the pages beside it.

    page = page_of(request, rows, ("code", "pk"), size=50, salt="my-list")
    {"told": words(page.rows), "next_url": page.next_url, "previous_url": page.previous_url}

Tables have all of this by themselves (foundation.desk.tables).
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from foundation.desk.keyset import Cursor, Key, keys_of, read, unsign, values_of


@dataclass(frozen=True, slots=True)
class Paged:
    """The rows of one page in their order, and where the pages beside it are ("": there is none)."""

    rows: list[Any]
    next_url: str
    previous_url: str


def page_of(
    request: HttpRequest, rows: QuerySet[Any], order: tuple[str, ...], *, size: int, salt: str
) -> Paged:
    """Return the page of at most `size` rows that the address asks for, everything else in it kept; one query."""
    keys = keys_of(rows.model, order)
    part = read(rows, keys, size, _cursor(request, salt, len(keys)))
    after, before = part.rows and part.more_after, part.rows and part.more_before
    return Paged(
        part.rows,
        next_url=_link(request, "after", part.rows[-1], keys, salt) if after else "",
        previous_url=_link(request, "before", part.rows[0], keys, salt) if before else "",
    )


def _cursor(request: HttpRequest, salt: str, length: int) -> Cursor | None:
    for name, backward in (("before", True), ("after", False)):
        if word := request.GET.get(name):
            return unsign(word, salt, length, backward=backward)
    return None


def _link(request: HttpRequest, name: str, row: Model, keys: tuple[Key, ...], salt: str) -> str:
    params = request.GET.copy()
    for old in ("after", "before"):
        params.pop(old, None)
    params[name] = Cursor(values_of(row, keys)).sign(salt)
    return f"{request.path}?{params.urlencode()}"
