"""Which help departments' own data know: the pairings of `feeds.toml`, read strictly and once per process."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assistance.catalogue.book import measures
from assistance.models.aid_gaps import Side
from foundation.regulations.contents import FileError
from foundation.regulations.units import in_language
from households.models import Standing
from monitoring.contracts.book import contracts
from monitoring.contracts.terms import Kind

FILE = "feeds.toml"
_PATH = Path(__file__).with_name(FILE)
MONTH, ONCE, YEAR = "month", "once", "year"
_KEYS = {
    "code",
    "name_zh",
    "name_en",
    "measures",
    "dataset",
    "standing",
    "amount",
    "day",
    "year",
    "debt",
    "pays",
    "surfaces",
}


@dataclass(frozen=True, slots=True)
class Feed:
    """One pairing: codes of help ↔ a dataset with its columns, or a kind of standing (feeds.toml says each key)."""

    code: str
    name_zh: str
    name_en: str
    measures: tuple[str, ...]
    pays: str
    surfaces: tuple[str, ...]
    dataset: str = ""
    standing: str = ""
    amount: str = ""
    day: str = ""
    year: str = ""
    debt: bool = False

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_language(self.name_zh, self.name_en)

    @property
    def monthly(self) -> bool:
        """Whether every month of its list is a payment."""
        return self.pays == MONTH

    @property
    def yearly(self) -> bool:
        """Whether a row is the payment of a year."""
        return self.pays == YEAR

    @property
    def lasting(self) -> bool:
        """Whether a later list still has what was paid before: of a state every list tells all that is."""
        return bool(self.dataset) and contracts()[self.dataset].kind is Kind.STATE


@cache
def feeds() -> Mapping[str, Feed]:
    """Return every pairing by its code, in the order of the file."""
    return MappingProxyType(read(_PATH.read_text(encoding="utf-8")))


def feed_of(code: str) -> Feed | None:
    """Return the pairing that knows a help of the catalogue; None where no data do."""
    return next((each for each in feeds().values() if code in each.measures), None)


def read(text: str) -> dict[str, Feed]:
    """Read pairings; raises FileError with the place of the first mistake."""
    found: dict[str, Feed] = {}
    for number, given in enumerate(tomllib.loads(text).get("feed", []), start=1):
        place = f"feed {number}"
        if unknown := sorted(set(given) - _KEYS):
            raise FileError(FILE, place, f"has keys that nobody knows: {', '.join(unknown)}")
        try:
            lists = {key: tuple(given[key]) for key in ("measures", "surfaces")}
            made = Feed(**{**given, **lists})
        except (KeyError, TypeError) as lacking:
            raise FileError(FILE, place, f"lacks a key: {lacking}") from lacking
        if made.code in found:
            raise FileError(FILE, place, f"stands twice: {made.code}")
        found[made.code] = made
    return found


def check_shipped() -> None:
    """Refuse a pairing that names a help, a dataset, a column or a standing that nobody knows (AFTER_MIGRATE)."""
    check(feeds().values())


def check(declared: Iterable[Feed]) -> None:
    """Refuse the first pairing that cannot be read; raises FileError."""
    taken: set[str] = set()
    for each in declared:
        if unknown := sorted(set(each.measures) - set(measures())):
            raise FileError(FILE, f"{each.code} measures", f"are in no catalogue: {unknown}")
        if twice := sorted(taken & set(each.measures)):
            raise FileError(FILE, f"{each.code} measures", f"have a feed already: {twice}")
        taken |= set(each.measures)
        if each.pays not in (MONTH, ONCE, YEAR) or not set(each.surfaces) <= set(Side.values):
            raise FileError(FILE, each.code, "says “pays” or “surfaces” in words that nobody knows")
        if bool(each.dataset) == bool(each.standing):
            raise FileError(FILE, each.code, "names a dataset or a standing, one of the two")
        if each.standing and (each.standing not in Standing.Kind.values or not each.monthly):
            raise FileError(FILE, f"{each.code} standing", "is no standing, or is not paid by the month")
        if each.dataset:
            _check_columns(each)


def _check_columns(each: Feed) -> None:
    contract = contracts().get(each.dataset)
    if contract is None:
        raise FileError(FILE, f"{each.code} dataset", f"is {each.dataset!r}, which nobody declares")
    columns: set[Any] = set(contract.by_header)
    if lost := sorted({each.amount, each.day, each.year} - {""} - columns):
        raise FileError(FILE, each.code, f"names columns that the dataset lacks: {lost}")
    if (each.pays == ONCE) != bool(each.day) or each.yearly != bool(each.year):
        raise FileError(FILE, each.code, "pays once and says no day, or by the year and says no year")
