"""What the register knows already, so that a visit asks only what is unknown: facts by name, each with its source."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from households.models import Household, Income, Resident
from households.sources import Source, source_of

#: Incomes that ended longer ago than this are asked for again (days).
_INCOME_HOLDS = 366
#: Codes of the list labour_abilities that count as able to work.
_ABLE = frozenset({"1", "2", "3"})
_SAFE_GRADES, _UNSAFE_GRADES = frozenset("AB"), frozenset("CD")
_RECEIVED = frozenset({Resident.Aid.RURAL.value, Resident.Aid.URBAN.value})


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as an answer would say it (households.visits.answers), and where it comes from."""

    value: object
    source: Source


@dataclass(frozen=True, slots=True)
class Home:
    """A household with what the facts are read from."""

    household: Household
    members: tuple[Resident, ...]
    income: Income | None

    def oldest(self, field: str) -> Source:
        """Return the oldest source among the members' values of a field: the whole is no newer than that."""
        return min(source_of(each, field) for each in self.members)


Reader = Callable[[Home], Fact | None]


def facts_of(household: Household, on: datetime.date) -> dict[str, Fact]:
    """Return every fact that the register holds of a household on a day; two queries."""
    members = tuple(household.residents.present(on))
    last = household.incomes.filter(until_day__lte=on, until_day__gte=on - datetime.timedelta(_INCOME_HOLDS))
    home = Home(household, members, last.order_by("-until_day").first())
    found = {name: read(home) for name, read in FACTS.items()}
    return {name: fact for name, fact in found.items() if fact is not None}


def _members(home: Home) -> Fact | None:
    return Fact(len(home.members), home.oldest("")) if home.members else None


def _able_to_work(home: Home) -> Fact | None:
    if not home.members or not all(each.labour for each in home.members):
        return None
    return Fact(sum(each.labour in _ABLE for each in home.members), home.oldest("labour"))


def _house_safe(home: Home) -> Fact | None:
    grade = home.household.house_grade
    if grade not in _SAFE_GRADES | _UNSAFE_GRADES:
        return None
    return Fact("yes" if grade in _SAFE_GRADES else "no", source_of(home.household, "house_grade"))


def _water_safe(home: Home) -> Fact | None:
    safe = home.household.water_safe
    return None if safe is None else Fact("yes" if safe else "no", source_of(home.household, "water_safe"))


def _all_insured(home: Home) -> Fact | None:
    stated = [each.insured for each in home.members]
    if False in stated:
        return Fact("no", home.oldest("insured"))
    return Fact("yes", home.oldest("insured")) if stated and None not in stated else None


def _aid(home: Home) -> Fact | None:
    kinds = [kind for kind in ("dibao", "tekun") if _receives(home.members, kind)]
    return Fact(kinds, min(home.oldest(kind) for kind in kinds)) if kinds else None


def _receives(members: Iterable[Resident], kind: str) -> bool:
    return any(getattr(each, kind) in _RECEIVED for each in members)


def _income(letter: str) -> Reader:
    """Return the reader of the sum of one letter of the newest income (households.income.items)."""

    def read(home: Home) -> Fact | None:
        if home.income is None:
            return None
        parts = [amount for code, amount in home.income.amounts.items() if code.startswith(letter)]
        if not parts:
            return None
        return Fact(str(sum(parts, Decimal(0))), Source(home.income.as_of, home.income.source))

    return read


#: Every fact that a question may name as `known`.
FACTS: Mapping[str, Reader] = MappingProxyType(
    {
        "members": _members,
        "able_to_work": _able_to_work,
        "house_safe": _house_safe,
        "water_safe": _water_safe,
        "all_insured": _all_insured,
        "aid": _aid,
        **{f"income_{letter.lower()}": _income(letter) for letter in "ABCDEFG"},
    }
)
