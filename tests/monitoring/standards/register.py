"""Who belongs where on a day, who is dead, who is low-income, for the oracle."""

from foundation.regulations.units import Population
from monitoring.screening.standard import DEATHS
from tests.monitoring.standards.facts import Day, Household, Law, Person, World
from tests.monitoring.standards.lists import Lists, day_of


class Register:
    """The people of a world on one day."""

    def __init__(self, world: World, as_of: Day, law: Law) -> None:
        """Learn who is dead on the day; everything else is asked anew each time."""
        self.world, self.as_of, self.law = world, as_of, law
        self.deaths = self._deaths(Lists(world, as_of))

    def home(self, key: str, on: Day) -> Household | None:
        """Return where somebody belongs on a day; the dead stay where they died."""
        stays = [
            (person.left_on if person.left_on and not person.died else Day.max, household)
            for household in self.world.households
            for person in household.people
            if person.key == key
        ]
        return next((place for left, place in sorted(stays, key=lambda stay: stay[0]) if left > on), None)

    def living(self, household: Household) -> list[Person]:
        """Return the members who live there on the day."""
        return [
            each
            for each in household.people
            if self.home(each.key, self.as_of) is household and each.key not in self.deaths
        ]

    def population(self, household: Household) -> str:
        """Return the population class of a household on the day."""
        kinds = self.law.low_income(household.area, self.as_of)
        living = {each.key for each in self.living(household)}
        counted = any(
            held.kind in kinds
            and (held.person is None or held.person in living)
            and (held.from_day or Day.min) <= self.as_of <= (held.until_day or Day.max)
            for held in household.held
        )
        return Population.LOW_INCOME.value if counted else Population.OTHER.value

    def age(self, key: str, on: Day) -> int | None:
        """Return somebody's completed years on a day; None where no birth date is known."""
        born = next(
            (
                each.born_on
                for household in self.world.households
                for each in household.people
                if each.key == key and each.born_on
            ),
            None,
        )
        if born is None or born > on:
            return None
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

    def _deaths(self, lists: Lists) -> dict[str, Day]:
        """Return by person the earliest day of death that the register or a dataset knows, up to the day."""
        told = [
            (each.key, each.left_on)
            for household in self.world.households
            for each in household.people
            if each.died and each.left_on
        ]
        for dataset, column in DEATHS.items():
            told += [
                (row.person, day_of(row))
                for row in lists.held(dataset)
                if column is None or row.values.get(column[0]) == column[1]
            ]
        known: dict[str, Day] = {}
        for key, day in told:
            if day <= self.as_of:
                known[key] = min(day, known.get(key, day))
        return known
