"""The people of the made register, as departments know them; and numbers that belong to nobody."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from foundation.accounts.demo.places import COUNTY, NEIGHBOUR_COUNTY
from households.demo import words
from households.demo.chance import Chance
from households.demo.county import SEED, County, neighbours
from households.demo.names import full_name, surname
from households.demo.numbers import FEMALE, MALE, check_character
from households.demo.records import Home, Person
from households.demo.stories import RESERVED

#: Numbers of occurrences are said for a county of so many households.
CALIBRATED_FOR = 20_000


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the register with their household."""

    home: Home
    person: Person

    @property
    def low_income(self) -> bool:
        """Whether their household stands among those with the lower lines (datasets.md 7)."""
        return self.home.lifted_out or self.home.case is not None or in_benefit(self.home)


class Register:
    """The county's households, apart from those of the stories, and a pile from which hard fates are dealt once."""

    def __init__(self, households: int, seed: str = SEED) -> None:
        """Make the same households as the register's file, for a county of so many."""
        self.households, self.seed = households, seed
        everybody = list(County(COUNTY, households, seed).homes())
        self.in_stories = {home.code: home for home in everybody if _number(home) <= RESERVED}
        #: Households all of whose rows the register took.
        self.homes = [home for home in everybody if _number(home) > RESERVED and not home.refused]
        self.members = [Member(home, person) for home in self.homes for person in home.people]
        self._taken = {person.id_number for home in everybody for person in home.people}
        beside = County(NEIGHBOUR_COUNTY, neighbours(households), seed).homes()
        self._taken |= {person.id_number for home in beside for person in home.people}
        self.chance = Chance(f"{seed} departments {COUNTY}")
        self._pile = self.chance.shuffled(self.homes)
        self._dealt: set[str] = set()
        #: Number of the head, and damage, of the households on the emergency list (monitoring.demo.events.flood).
        self.flooded: list[tuple[str, str]] = []

    def many(self, of_twenty_thousand: int) -> int:
        """Return how many there are here of what a county of 20,000 households has so many of; at least one."""
        return max(1, round(of_twenty_thousand * self.households / CALIBRATED_FOR))

    def deal(self, number: int, fits: Callable[[Home], object]) -> list[Home]:
        """Return up to so many households that fit; none is ever dealt twice."""
        found: list[Home] = []
        for home in self._pile:
            if len(found) == number:
                break
            if home.code not in self._dealt and fits(home):
                self._dealt.add(home.code)
                found.append(home)
        return found

    def untouched(self) -> Iterator[Home]:
        """Yield the households that were not dealt any fate so far, in their order."""
        return (home for home in self.homes if home.code not in self._dealt)

    def story(self, code: str, name: str) -> Person:
        """Return somebody of the household of a story."""
        return next(person for person in self.in_stories[code].people if person.name == name)

    def stranger(self) -> tuple[str, str]:
        """Return number and name of somebody whom neither county's register knows."""
        chance = self.chance
        while True:
            sex = MALE if chance.happens(0.5) else FEMALE
            born = datetime.date(1948, 1, 1) + datetime.timedelta(days=chance.between(0, 20_000))
            number = _numbered(NEIGHBOUR_COUNTY, born, 2 * chance.between(0, 499) + (sex == MALE))
            if number not in self._taken:
                self._taken.add(number)
                return number, full_name(chance, surname(chance), sex, born.year)

    def mistaken(self, number: str) -> str:
        """Return a number with two wrong digits whose check digit passes all the same, and which is nobody's."""
        order, sex = int(number[14:17]), int(number[16]) % 2
        for other in range(sex, 1000, 2):
            body = f"{number[:14]}{other:03}"
            wrong = sum(a != b for a, b in zip(f"{order:03}", f"{other:03}", strict=True))
            if wrong == 2 and check_character(body) == number[17] and body + number[17] not in self._taken:
                return body + number[17]
        raise ValueError("There is no such number.")


def in_benefit(home: Home) -> bool:
    """Say whether anybody of a household receives dibao or tekun."""
    return any(person.dibao != words.NO_DIBAO or person.tekun != words.NO_TEKUN for person in home.people)


def in_dibao(home: Home) -> list[Person]:
    """Return who of a household receives dibao."""
    return [person for person in home.people if person.dibao != words.NO_DIBAO]


def is_ordinary(home: Home) -> bool:
    """Say whether nothing of a household lowers its lines."""
    return not (home.lifted_out or home.case or in_benefit(home))


def old_form(number: str) -> str:
    """Return a number of somebody born before 2000 in its old form of 15 digits."""
    return number[:6] + number[8:17]


def _numbered(county: str, born: datetime.date, order: int) -> str:
    body = f"{county}{born:%Y%m%d}{order:03}"
    return body + check_character(body)


def _number(home: Home) -> int:
    return int(home.code[2:])
