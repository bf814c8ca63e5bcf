"""Every route of the URLconf, with its declared door: what the house tests walk."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.urls.resolvers import RegexPattern, RoutePattern

from foundation.accounts.access import Door

#: Values of arguments that are no number, to find a route by an address.
_SAMPLES = {"uuid": "00000000-0000-4000-8000-000000000000"}


@dataclass(frozen=True)
class Route:
    """One URL pattern: its full name, its whole pattern, what stands in it, and the view behind it."""

    name: str
    pattern: str
    kwargs: frozenset[str]
    view: Any

    @property
    def door(self) -> Door | None:
        """The door the view declares: on the function, or on the class behind it (Django, DRF), there also by act."""
        acts = getattr(self.view, "actions", None) or {}
        for act in (acts[method] for method in ("get", "post") if method in acts):
            by_act = getattr(self.view, "initkwargs", {}).get("door") or self.view.cls.doors.get(act)
            if isinstance(by_act, Door):
                return by_act
            break
        for holder in (
            self.view,
            getattr(self.view, "cls", None),
            getattr(self.view, "view_class", None),
        ):
            declared = getattr(holder, "door", None)
            if isinstance(declared, Door):
                return declared
        return None

    @property
    def is_api(self) -> bool:
        """Whether the route answers programs: DRF's views refuse with a status, pages with a redirect."""
        return hasattr(self.view, "cls")

    def __str__(self) -> str:
        return f"{self.name or '(no name)'} /{self.pattern}"

    def url(self, kwargs: dict[str, Any]) -> str:
        """Return the path of this route with `kwargs` in it."""
        return reverse(self.name, kwargs=kwargs)


def all_routes() -> list[Route]:
    """Return every route, of the pages, the API and the administration site alike."""
    return list(_walk(get_resolver(), "", "", frozenset()))


def described_as(path: str) -> str:
    """Return the name of the route that a path of the API's description leads to (`/api/v1/areas/{code}/`)."""
    for argument in re.findall(r"{(\w+)}", path):
        path = path.replace(f"{{{argument}}}", _SAMPLES.get(argument, "1"))
    return str(resolve(path).view_name)


def _walk(resolver: URLResolver, namespace: str, before: str, kwargs: frozenset[str]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        inside = kwargs | _kwargs(entry.pattern)
        if isinstance(entry, URLResolver):
            spaced = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, spaced, pattern, inside)
        elif isinstance(entry, URLPattern):
            yield Route(namespace + entry.name if entry.name else "", pattern, inside, entry.callback)


def _kwargs(pattern: Any) -> frozenset[str]:
    if isinstance(pattern, RoutePattern):
        return frozenset(pattern.converters)
    if isinstance(pattern, RegexPattern):
        return frozenset(pattern.regex.groupindex)
    return frozenset()
