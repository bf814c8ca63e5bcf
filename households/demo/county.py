"""All households of a county, one after the other, village by village: nothing is held but the one being made."""

from collections.abc import Iterator
from dataclasses import dataclass

from foundation.accounts.demo import places
from foundation.accounts.roles import Level
from households.demo import benefits, cases, figures
from households.demo.chance import Chance, deck, shared_out, spread
from households.demo.families import SHAPES, family
from households.demo.mistakes import Mistakes
from households.demo.numbers import Numbers
from households.demo.people import people
from households.demo.plans import Plan, cases_among, plans
from households.demo.records import Home
from households.demo.stories import RESERVED, STORIES, story_homes

SEED = "Shouwang"
#: Households of the demonstration county.
HOUSEHOLDS = 20_000
#: Households of its neighbour for each of them, and at least: enough that some are monitored.
_NEIGHBOURS_SHARE, _NEIGHBOURS_LEAST = 0.025, 60
#: Household numbers begin with the county's letters.
_LETTERS = {places.COUNTY: "YS", places.NEIGHBOUR_COUNTY: "YL"}
#: Larger than its neighbours: a flood comes to 62 of its households (field.md 7.3, S5).
_LARGE_VILLAGE = "999901001002"
_GROUPS = "一二三四五六七八"


def neighbours(households: int) -> int:
    """Return how many households the neighbour county has beside a demonstration county of so many."""
    return max(round(households * _NEIGHBOURS_SHARE), _NEIGHBOURS_LEAST)


@dataclass(frozen=True, slots=True)
class Village:
    """Where households are made: a village, what its addresses begin with, and how many groups it has."""

    code: str
    address: str
    groups: int

    def place(self, number: int, of: int) -> tuple[str, str]:
        """Return group and address of the village's household with this number."""
        group = f"第{_GROUPS[min(number * self.groups // max(of, 1), self.groups - 1)]}村民小组"
        return group, f"{self.address}{group}{number + 1}号"


class County:
    """The making of one county's register."""

    def __init__(self, county: str, households: int, seed: str = SEED) -> None:
        """Prepare a county of so many households, those of its stories included."""
        self.chance = Chance(f"{seed} {county}")
        self.numbers = Numbers(county)
        self.villages = self._villages(county)
        self._in_stories = [story for story in STORIES if story.village.startswith(county)]
        self.made_up = max(households - len(self._in_stories), 0)
        self._letters, self._next = _LETTERS[county], RESERVED
        self._plans = self._planned(households)
        chance = self.chance
        self._places = spread(chance, len(self._plans), self.made_up)
        self._sizes = deck(chance, figures.SIZE_SHARES)
        self._lifted_out = deck(chance, _lifted_out_cards())
        self._mistakes = Mistakes(chance, self.numbers, self.made_up)

    def homes(self) -> Iterator[Home]:
        """Yield every household in the order of villages and numbers."""
        by_code = {village.code: village for village in self.villages}
        stories = (
            story_homes(self.numbers, lambda code, number: by_code[code].place(number, 100))
            if self._in_stories
            else {}
        )
        weights = {village: 0.6 + 0.8 * self.chance.roll() for village in self.villages}
        weights |= {village: 1.4 for village in self.villages if village.code == _LARGE_VILLAGE}
        for village, number in shared_out(self.made_up, weights).items():
            yield from stories.get(village.code, ())
            helpers = cases.helpers_of_a_village(self.chance)
            before = len(stories.get(village.code, ()))
            for place in range(number):
                home = self._home(village, village.place(before + place, before + number), helpers)
                self._mistakes.pass_by(home)
                yield home

    def _home(self, village: Village, place: tuple[str, str], helpers: list[str]) -> Home:
        chance = self.chance
        plan = self._plans.pop() if next(self._places) else None
        self._next += 1
        if plan:
            found = cases.members(chance, self.numbers, plan)
        else:
            found = people(chance, self.numbers, family(chance, chance.of(SHAPES[next(self._sizes)])))
        lifted_out = _was_lifted_out(chance, plan) if plan else next(self._lifted_out)
        in_benefit = benefits.grant(chance, found, plan, lifted_out)
        home = Home(f"{self._letters}{self._next:06}", village.code, *place, found, lifted_out)
        home.phone = self.numbers.phone()
        home.income = benefits.income(chance, plan, lifted_out, in_benefit)
        home.grade = benefits.house_grade(chance)
        home.water = benefits.water(chance, careful=lifted_out or plan is not None)
        if plan:
            home.case = cases.case(chance, plan, home, chance.one_of(helpers))
        return home

    def _planned(self, households: int) -> list[Plan]:
        in_stories = sum(story.case is not None for story in self._in_stories)
        wanted = min(cases_among(households) - in_stories, self.made_up)
        return plans(self.chance, max(wanted, 0))

    def _villages(self, county: str) -> list[Village]:
        names = places.names()
        return [
            Village(code, names[code[: Level.TOWNSHIP]] + names[code], self.chance.between(3, 8))
            for code in places.codes(Level.VILLAGE, county)
        ]


def _was_lifted_out(chance: Chance, plan: Plan) -> bool:
    """Follow the definitions (domain.md 3.1): unstable ones were, marginal ones were not, sudden ones may have been."""
    return plan.category == figures.UNSTABLE or (plan.category == figures.SUDDEN and chance.happens(0.5))


def _lifted_out_cards() -> dict[bool, int]:
    """Return of a thousand households without a case how many were lifted out, so that the share of all comes out."""
    per_case, shares = figures.PERSONS_PER_CASE, figures.CATEGORY_SHARES
    monitored = {category: shares[category] * per_case[category] for category in figures.CATEGORIES}
    among = (monitored[figures.UNSTABLE] + monitored[figures.SUDDEN] / 2) / sum(monitored.values())
    share = figures.MONITORED_OF_RURAL
    lifted_out = round(1000 * (float(figures.lifted_out_share()) - share * among) / (1 - share))
    return {True: lifted_out, False: 1000 - lifted_out}
