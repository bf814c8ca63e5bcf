"""What is wrong in the made register, as something is in every real one: findings to come, and rows to be refused.

Each mistake names the rule it breaks (domain.md 2.10) or the reason for which its row is refused. It spoils a
household that suits it and says so; where it does not suit, the next household is tried.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from households.demo import figures, words
from households.demo.chance import Chance, spread
from households.demo.numbers import Numbers
from households.demo.records import AS_OF, Home, Person, of_working_age

Spoil = Callable[[Home, Chance, Numbers], bool]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One kind: the rule or the reason, and how a household is spoilt."""

    rule: str
    spoil: Spoil


#: Households spoilt for each rule, of all; at least one.
_SHARE = 0.0005


class Mistakes:
    """Puts mistakes into the households that pass by: so many of each kind, wherever they suit first."""

    def __init__(self, chance: Chance, numbers: Numbers, households: int) -> None:
        """Plan for so many households."""
        self._chance, self._numbers = chance, numbers
        each = max(1, round(households * _SHARE))
        self._in_register = chance.shuffled(
            [kind for kind in IN_REGISTER for _ in range(1 if kind in REFUSED else each)]
        )
        self._in_list = chance.shuffled(list(IN_LIST))
        self._due: Iterator[bool] = spread(
            chance, min(len(self._in_register), households // 2), households // 2
        )
        self._owed = 0

    def pass_by(self, home: Home) -> str:
        """Spoil a household or leave it; returns the rule it now breaks, or nothing."""
        if home.case:
            return self._first_that_suits(self._in_list, home)
        self._owed += next(self._due, False)
        if not self._owed:
            return ""
        rule = self._first_that_suits(self._in_register, home)
        self._owed -= bool(rule)
        return rule

    def _first_that_suits(self, waiting: list[Mistake], home: Home) -> str:
        for mistake in waiting:
            if mistake.spoil(home, self._chance, self._numbers):
                waiting.remove(mistake)
                return mistake.rule
        return ""


def _spouse_of_the_same_sex(home: Home, chance: Chance, numbers: Numbers) -> bool:
    spouse = _with(home, words.SPOUSE)
    if spouse is None:
        return False
    spouse.sex = home.people[0].sex
    spouse.id_number = numbers.id_number(spouse.born_on, spouse.sex)
    return True


def _education_not_in_the_list(home: Home, chance: Chance, numbers: Numbers) -> bool:
    if home.people[0].school:
        return False
    home.people[0].education = "高小"
    return True


def _school_and_education(home: Home, chance: Chance, numbers: Numbers) -> bool:
    pupil = next((person for person in home.people if person.school == words.SENIOR_HIGH[16]), None)
    if pupil is not None:
        pupil.education = words.JUNIOR
    return pupil is not None


def _neither_school_nor_education(home: Home, chance: Chance, numbers: Numbers) -> bool:
    home.people[0].education = home.people[0].school = ""
    return True


def _health_not_stated(home: Home, chance: Chance, numbers: Numbers) -> bool:
    home.people[0].health = ""
    return True


def _insurance_not_stated(home: Home, chance: Chance, numbers: Numbers) -> bool:
    home.people[0].insured = ""
    return True


def _place_without_months(home: Home, chance: Chance, numbers: Numbers) -> bool:
    worker = next((person for person in home.people if person.work_place), None)
    if worker is not None:
        worker.work_months = None
    return worker is not None


def _months_without_place(home: Home, chance: Chance, numbers: Numbers) -> bool:
    worker = next((person for person in home.people if person.work_place), None)
    if worker is not None:
        worker.work_place = ""
    return worker is not None


def _water_unsafe_unwatched(home: Home, chance: Chance, numbers: Numbers) -> bool:
    if home.lifted_out:
        home.water = words.NO
    return home.lifted_out


def _below_the_line_unwatched(home: Home, chance: Chance, numbers: Numbers) -> bool:
    if home.lifted_out:
        home.income = f"{figures.LINES[AS_OF.year] * (0.8 + 0.18 * chance.roll()):.2f}"
    return home.lifted_out


def _fit_but_no_labour(home: Home, chance: Chance, numbers: Numbers) -> bool:
    for person in home.people:
        if of_working_age(person.age) and person.health == words.HEALTHY and not person.school:
            person.labour, person.work_place, person.work_months = words.UNABLE, "", None
            return True
    return False


def _works_without_labour(home: Home, chance: Chance, numbers: Numbers) -> bool:
    for person in home.people:
        if person.labour == words.UNABLE and person.age >= 72:
            person.work_place, person.work_months = "示例县", chance.between(1, 6)
            return True
    return False


def _grade_does_not_fit_age(home: Home, chance: Chance, numbers: Numbers) -> bool:
    pupil = next((person for person in home.people if person.school == words.COMPULSORY[6]), None)
    if pupil is not None:
        pupil.school = words.COMPULSORY[14]
    return pupil is not None


def _income_hardly_true(home: Home, chance: Chance, numbers: Numbers) -> bool:
    home.income = f"{chance.between(800, 2900)}.00"
    return not home.lifted_out


def _digit_mistyped(home: Home, chance: Chance, numbers: Numbers) -> bool:
    person = _who_can_be_refused(home)
    if person is None:
        return False
    last = "0" if person.id_number[-1] != "0" else "1"
    person.id_number = person.id_number[:-1] + last
    home.refused.append("id_checksum")
    return True


def _number_masked(home: Home, chance: Chance, numbers: Numbers) -> bool:
    person = _who_can_be_refused(home)
    if person is None:
        return False
    person.id_number = f"{person.id_number[:6]}********{person.id_number[14:]}"
    home.refused.append("id_masked")
    return True


def _number_missing(home: Home, chance: Chance, numbers: Numbers) -> bool:
    person = _who_can_be_refused(home)
    if person is None:
        return False
    person.id_number = ""
    home.refused.append("id_missing")
    return True


def _nothing_done(home: Home, chance: Chance, numbers: Numbers) -> bool:
    if home.case and not home.case.removed:
        home.case.measures = ()
        return True
    return False


def _removed_too_soon(home: Home, chance: Chance, numbers: Numbers) -> bool:
    case = home.case
    if case and case.removed and case.way == words.ASSISTED and case.identified[4:] <= "09":
        case.removed = str(int(case.identified) + 3)
        return True
    return False


def _nobody_disabled(home: Home, chance: Chance, numbers: Numbers) -> bool:
    case = home.case
    if case and case.risks[0] == "因病" and not any(p.health == words.DISABLED for p in home.people):
        case.risks = ["因残"]
        return True
    return False


def _with(home: Home, relation: str) -> Person | None:
    return next((person for person in home.people if person.relation == relation), None)


def _who_can_be_refused(home: Home) -> Person | None:
    """Return somebody whose row can fall out without the household's: never its head."""
    return home.people[-1] if len(home.people) > 2 and not home.refused else None


REFUSED = (
    Mistake("id_checksum", _digit_mistyped),
    Mistake("id_masked", _number_masked),
    Mistake("id_missing", _number_missing),
)
IN_REGISTER = (
    Mistake("R-04", _spouse_of_the_same_sex),
    Mistake("R-05", _education_not_in_the_list),
    Mistake("R-06", _school_and_education),
    Mistake("R-06", _neither_school_nor_education),
    Mistake("R-07", _health_not_stated),
    Mistake("R-07", _insurance_not_stated),
    Mistake("R-08", _place_without_months),
    Mistake("R-08", _months_without_place),
    Mistake("R-10", _water_unsafe_unwatched),
    Mistake("R-11", _below_the_line_unwatched),
    Mistake("R-31", _fit_but_no_labour),
    Mistake("R-31", _works_without_labour),
    Mistake("R-32", _grade_does_not_fit_age),
    Mistake("R-34", _income_hardly_true),
    *REFUSED,
)
IN_LIST = (
    Mistake("R-13", _nothing_done),
    Mistake("R-18", _removed_too_soon),
    Mistake("R-20", _nobody_disabled),
)
