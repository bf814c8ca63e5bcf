"""Which departments' lists know which items of income and expense: the declarations of feeds.toml, checked as read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from foundation.regulations.units import in_language
from monitoring.contracts.book import contract

_FILE = Path(__file__).with_name("feeds.toml")
#: How the rows of a list become the amount of a period (see feeds.toml).
EVENTS, MONTHS, YEAR = "events", "months", "year"


@dataclass(frozen=True, slots=True)
class Feed:
    """One declaration: the item, its dataset, and how rows become yuan. Columns are headers of the contract.

    A list of many items has no `item`, but a column `kind` whose values have theirs (`kinds`).
    """

    dataset: str
    amount: str
    counts: str
    why_zh: str
    why_en: str
    item: str = ""
    day: str = ""
    year: str = ""
    less: tuple[str, ...] = ()
    otherwise: str = ""
    kind: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)

    @property
    def items(self) -> tuple[str, ...]:
        """Every item that it fills."""
        return tuple(dict.fromkeys(self.kinds.values())) if self.kind else (self.item,)

    @property
    def why(self) -> str:
        """How the amount comes about, in the reader's language."""
        return in_language(self.why_zh, self.why_en)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it names."""
        named = (self.amount, *self.less, self.otherwise, self.day, self.year, self.kind)
        return tuple(each for each in named if each)


@cache
def feeds() -> tuple[Feed, ...]:
    """Return all declarations; ValueError names what does not fit its contract."""
    return tuple(_feed(each) for each in _read()["fed"])


def feeds_of(item: str) -> tuple[Feed, ...]:
    """Return the declarations of one item."""
    return tuple(each for each in feeds() if item in each.items)


@cache
def told() -> Mapping[str, tuple[str, str]]:
    """Return why a person must say an item that no list carries (Chinese, English), by its code."""
    return {each["item"]: (each["why_zh"], each["why_en"]) for each in _read()["told"]}


def datasets() -> frozenset[str]:
    """Return the datasets that fill items."""
    return frozenset(each.dataset for each in feeds())


def _read() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _feed(told: dict[str, Any]) -> Feed:
    feed = Feed(**told | {"less": tuple(told.get("less", ()))})
    name, declared = feed.item or feed.kind, contract(feed.dataset)
    headers = {column.header for column in declared.columns}
    if missing := set(feed.columns) - headers:
        raise ValueError(f"{name}: {feed.dataset} has no column {min(missing)}")
    if declared.on_query:
        raise ValueError(f"{name}: {feed.dataset} is read in authorised checks alone")
    if bool(feed.item) == bool(feed.kinds) or bool(feed.kind) != bool(feed.kinds):
        raise ValueError(f"{feed.dataset}: names an item, or a kind with the item of each value")
    if feed.kind and feed.counts != EVENTS:
        raise ValueError(f"{feed.dataset}: only events are told apart by their kind")
    values = {each.value for each in declared.by_header[feed.kind].codes} if feed.kind else set()
    if lost := set(feed.kinds) - values:
        raise ValueError(f"{feed.dataset}: {feed.kind} has no value {min(lost)}")
    asked = {EVENTS: feed.day, MONTHS: feed.amount, YEAR: feed.year}
    if not asked.get(feed.counts):
        raise ValueError(f"{name}: “{feed.counts}” lacks its column, or is no way to count")
    return feed
