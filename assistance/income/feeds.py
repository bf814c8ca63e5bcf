"""Which departments' lists know which items of income and expense: the declarations of feeds.toml, checked as read."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from monitoring.contracts.book import contract

_FILE = Path(__file__).with_name("feeds.toml")
#: How the rows of a list become the amount of a period (see feeds.toml).
EVENTS, MONTHS, YEAR = "events", "months", "year"


@dataclass(frozen=True, slots=True)
class Feed:
    """One declaration: the item, its dataset, and how rows become yuan. Columns are headers of the contract."""

    item: str
    dataset: str
    amount: str
    counts: str
    why_zh: str
    why_en: str
    day: str = ""
    year: str = ""
    less: tuple[str, ...] = ()
    otherwise: str = ""

    @property
    def why(self) -> str:
        """How the amount comes about, in the reader's language."""
        return self.why_zh if (get_language() or "").startswith("zh") else self.why_en

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it names."""
        named = (self.amount, *self.less, self.otherwise, self.day, self.year)
        return tuple(each for each in named if each)


@cache
def feeds() -> tuple[Feed, ...]:
    """Return all declarations; ValueError names what does not fit its contract."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))["fed"]
    return tuple(_feed(each) for each in told)


def feeds_of(item: str) -> tuple[Feed, ...]:
    """Return the declarations of one item."""
    return tuple(each for each in feeds() if each.item == item)


def datasets() -> frozenset[str]:
    """Return the datasets that fill items."""
    return frozenset(each.dataset for each in feeds())


def _feed(told: dict[str, Any]) -> Feed:
    feed = Feed(**told | {"less": tuple(told.get("less", ()))})
    declared = contract(feed.dataset)
    headers = {column.header for column in declared.columns}
    if missing := set(feed.columns) - headers:
        raise ValueError(f"{feed.item}: {feed.dataset} has no column {min(missing)}")
    if declared.on_query:
        raise ValueError(f"{feed.item}: {feed.dataset} is read in authorised checks alone")
    asked = {EVENTS: feed.day, MONTHS: feed.amount, YEAR: feed.year}
    if not asked.get(feed.counts):
        raise ValueError(f"{feed.item}: “{feed.counts}” lacks its column, or is no way to count")
    return feed
