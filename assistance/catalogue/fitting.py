"""Whether a measure fits: every condition holds, one fails, or the register does not say and somebody must ask."""

from dataclasses import dataclass

from assistance.catalogue.declared import Condition, DeclaredMeasure
from assistance.catalogue.facts import Home, Person
from assistance.catalogue.terms import NO, NUMBERS, YES, Fact


@dataclass(frozen=True, slots=True)
class Fit:
    """The first condition that fails (None: none does), and those that nobody can answer from the register."""

    fails: Condition | None = None
    unknown: tuple[Condition, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether nothing stands against it."""
        return self.fails is None


def fit(measure: DeclaredMeasure, home: Home, person: Person | None) -> Fit:
    """Hold a measure against a household, or one of its members."""
    unknown = []
    for condition in measure.conditions:
        holds = _holds(condition, home, person)
        if holds is False:
            return Fit(fails=condition)
        if holds is None:
            unknown.append(condition)
    return Fit(unknown=tuple(unknown))


def _holds(condition: Condition, home: Home, person: Person | None) -> bool | None:
    """Say whether one condition holds; None where the register does not say."""
    if condition.fact in NUMBERS:
        number = _number(condition.fact, person)
        if number is None:
            return None
        return (condition.least or 0) <= number and (condition.most is None or number <= condition.most)
    words = _words(condition.fact, home, person)
    if words is None:
        return None
    if condition.is_in and not words & set(condition.is_in):
        return False
    return not words & set(condition.is_not)


def _number(fact: Fact, person: Person | None) -> int | None:
    if person is None:
        return None
    return person.age if fact is Fact.AGE else person.worked


def _words(fact: Fact, home: Home, person: Person | None) -> frozenset[str] | None:
    """Return what the register says of a fact as the words that conditions use; None where it does not say."""
    if fact is Fact.STANDING:
        return person.standings if person else home.standings
    if fact is Fact.RECEIVES:
        return person.receives if person else home.receives
    if fact in (Fact.ABLE, Fact.WATER_SAFE, Fact.INSURED):
        said = {Fact.ABLE: home.able, Fact.WATER_SAFE: home.water_safe}.get(fact)
        if fact is Fact.INSURED:
            said = person.insured if person else None
        return None if said is None else frozenset({YES if said else NO})
    if fact is Fact.HEALTH:
        return frozenset(person.health) or None if person else None
    word = home.house_grade if fact is Fact.HOUSE_GRADE else ""
    if person is not None and fact in (Fact.LABOUR, Fact.SCHOOL):
        word = (person.labour if fact is Fact.LABOUR else person.school) or ""
    return frozenset({word}) if word else None
