"""What the register says of a household and its members, as the catalogue asks it; None: it does not say."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from assistance.catalogue.terms import ABLE, NO_SCHOOL, SCHOOL
from foundation.accounts import clock
from households.ages import age
from households.models import Household, Resident, Standing
from households.models.households import HEAD

#: Who is older is at no school, whatever the register leaves out.
_LEFT_SCHOOL = 25
#: Benefits that the register states of a person → the standing that they are.
_STATED = (("dibao", Standing.Kind.DIBAO), ("tekun", Standing.Kind.TEKUN))


@dataclass(frozen=True, slots=True)
class Person:
    """A member: `school` is a level of terms.SCHOOL or “none”; `standings` are of the member and the household."""

    resident: Resident
    age: int | None
    labour: str
    health: tuple[str, ...]
    school: str | None
    insured: bool | None
    worked: int | None
    standings: frozenset[str]
    receives: frozenset[str]


@dataclass(frozen=True, slots=True)
class Home:
    """A household: `able` says whether somebody of it can work; `receives` are codes of measures of anybody in it."""

    able: bool | None
    house_grade: str
    water_safe: bool | None
    standings: frozenset[str]
    receives: frozenset[str]
    people: tuple[Person, ...]


def facts_of(household: Household, receives: Collection[tuple[str, int | None]]) -> Home:
    """Return the facts of a household today; `receives` are measures that run or landed, each with whom it is for."""
    people = sorted(Resident.objects.present().filter(household=household), key=_head_first)
    held: dict[int | None, set[str]] = {}
    for standing in Standing.objects.in_force().filter(household=household):
        held.setdefault(standing.resident_id, set()).add(standing.kind)
    shared, today = held.get(None, set()), clock.today()
    had: dict[int | None, set[str]] = {}
    for code, resident in receives:
        had.setdefault(resident, set()).add(code)
    made = tuple(
        _person(
            each, shared | held.get(each.pk, set()), had.get(None, set()) | had.get(each.pk, set()), today
        )
        for each in people
    )
    return Home(
        able=able([each.labour for each in people]),
        house_grade=household.house_grade,
        water_safe=household.water_safe,
        standings=frozenset(shared.union(*(each.standings for each in made))),
        receives=frozenset(code for code, _resident in receives),
        people=made,
    )


def able(labour: Collection[str]) -> bool | None:
    """Say whether anybody of these can work; None where nobody can as far as is known, and not all is known."""
    if any(each in ABLE for each in labour):
        return True
    return None if not labour or not all(labour) else False


def _person(resident: Resident, standings: set[str], receives: set[str], today: datetime.date) -> Person:
    years = age(resident.born_on, today)
    stated = {
        kind.value for field, kind in _STATED if getattr(resident, field) not in ("", Resident.Aid.NONE)
    }
    return Person(
        resident=resident,
        age=years,
        labour=resident.labour,
        health=tuple(resident.health),
        school=_school(resident, years),
        insured=resident.insured,
        worked=resident.work_months,
        standings=frozenset(standings | stated),
        receives=frozenset(receives),
    )


def _school(resident: Resident, years: int | None) -> str | None:
    """Return the level of schooling; a finished education, or an age beyond it, is no school (domain.md 2.3)."""
    for level, codes in SCHOOL.items():
        if resident.school_stage in codes:
            return level
    if resident.education or (years is not None and years >= _LEFT_SCHOOL):
        return NO_SCHOOL
    return None


def _head_first(resident: Resident) -> tuple[bool, str, int]:
    return resident.relation != HEAD, resident.relation, resident.pk
