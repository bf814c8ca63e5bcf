"""What the register says of each member: name, number, school, health, work, insurance."""

import math

from households.demo import words
from households.demo.chance import Chance, Weighted, day_of
from households.demo.families import Slot
from households.demo.names import full_name, surname
from households.demo.numbers import MALE, Numbers
from households.demo.records import AS_OF, SCHOOL_YEAR_BEGAN, Person, age_on, of_working_age

_TODAY = AS_OF.toordinal()
_TOO_OLD_TO_LEAVE = 50
ETHNICITIES = Weighted({"汉族": 94.0, "土家族": 2.5, "苗族": 2.0, "回族": 1.0, "侗族": 0.5})
WORK_PLACES = Weighted(
    {
        "示例县": 24.0, "示例市": 16.0, "广东省东莞市": 10.0, "广东省深圳市": 8.0, "浙江省宁波市": 8.0,
        "浙江省温州市": 6.0, "江苏省苏州市": 7.0, "福建省泉州市": 6.0, "上海市": 6.0, "四川省成都市": 5.0,
        "湖北省武汉市": 4.0,
    }
)  # fmt: skip
FAR_AWAY = Weighted(
    {"广东省东莞市": 4.0, "广东省深圳市": 3.0, "浙江省宁波市": 3.0, "江苏省苏州市": 3.0, "福建省泉州市": 2.0}
)
#: Whose surname somebody bears: the head's own, or that of the head's husband or wife.
_OWN = frozenset({words.HEAD, words.FATHER, words.SIBLING})
_MARRIED = frozenset({words.SPOUSE, words.FATHER_IN_LAW, words.WIFES_FATHER})
_OF_THE_FATHER = frozenset({words.SON, words.DAUGHTER, words.GRANDSON, words.GRANDDAUGHTER})
#: Schooling of who is no longer at school, by the decade of birth.
_SCHOOLED = {
    1930: Weighted({words.UNSCHOOLED: 70.0, words.PRIMARY: 28.0, words.JUNIOR: 2.0}),
    1950: Weighted({words.UNSCHOOLED: 28.0, words.PRIMARY: 55.0, words.JUNIOR: 15.0, words.SENIOR: 2.0}),
    1965: Weighted({words.UNSCHOOLED: 6.0, words.PRIMARY: 44.0, words.JUNIOR: 44.0, words.SENIOR: 6.0}),
    1980: Weighted(
        {words.PRIMARY: 16.0, words.JUNIOR: 64.0, words.SENIOR: 10.0, words.VOCATIONAL: 6.0, words.COLLEGE: 4.0}
    ),
    1995: Weighted(
        {
            words.PRIMARY: 2.0, words.JUNIOR: 46.0, words.SENIOR: 14.0, words.VOCATIONAL: 14.0,
            words.COLLEGE: 14.0, words.BACHELOR: 10.0,
        }
    ),
}  # fmt: skip


def people(chance: Chance, numbers: Numbers, slots: list[Slot]) -> list[Person]:
    """Return the members of a household, with names that belong to one family."""
    ethnicity = chance.of(ETHNICITIES)
    families = _surnames(chance, slots)
    found = []
    for slot, family in zip(slots, families, strict=True):
        born_on = day_of(_TODAY - int(slot.age * 365.2425) - chance.between(1, 363))
        name = full_name(chance, family, slot.sex, born_on.year)
        found.append(
            Person(slot.relation, slot.sex, born_on, name, numbers.id_number(born_on, slot.sex), ethnicity)
        )
    for person in found:
        describe(chance, person)
    if _leave_children_behind(chance, found):
        for person in found:
            if of_working_age(person.age) and person.age < _TOO_OLD_TO_LEAVE and person.works:
                person.work_place, person.work_months = chance.of(FAR_AWAY), chance.between(9, 11)
    return found


def describe(chance: Chance, person: Person) -> None:
    """Fill in school or schooling, health, ability to work, work and insurance by age."""
    age = person.age
    _teach(chance, person)
    person.health = health(chance, age)
    person.labour = labour(chance, person, age)
    if person.works and not person.school and chance.happens(_share_away(age)):
        person.work_place, person.work_months = chance.of(WORK_PLACES), chance.between(3, 12)
    if chance.happens(0.03):
        person.insured = words.NO


def health(chance: Chance, age: int) -> str:
    """Return the state of health at an age: chronic illness is the rule's exception before 60."""
    roll = chance.roll()
    if roll < 0.008 + 0.0003 * age:
        return words.SERIOUS if chance.happens(0.35) else words.DISABLED
    if roll < 0.012 + 0.0012 * age:
        return words.DISABLED if chance.happens(0.4) else words.CHRONIC
    return words.CHRONIC if age >= 60 and chance.happens(0.22) else words.HEALTHY


def labour(chance: Chance, person: Person, age: int) -> str:
    """Return the ability to work that goes with age, school and health."""
    if age < 16 or age >= 72 or person.school:
        return words.UNABLE
    if person.health == words.SERIOUS:
        return words.LOST
    if person.health == words.DISABLED:
        return words.LOST if chance.happens(0.5) else words.WEAK
    if age >= 60 or person.health == words.CHRONIC:
        return words.WEAK
    return words.SKILLED if chance.happens(0.18) else words.ABLE


def _teach(chance: Chance, person: Person) -> None:
    """Either a stage of school or a level of education is stated, never both (R-06)."""
    age = age_on(person.born_on, SCHOOL_YEAR_BEGAN)
    if age < 6:
        person.school = words.KINDERGARTEN if age >= 3 else words.AT_HOME
    elif age in words.COMPULSORY:
        person.school = words.COMPULSORY[age]
    elif age in words.SENIOR_HIGH and (roll := chance.roll()) < 0.94:
        person.school = (words.SENIOR_HIGH if roll < 0.56 else words.VOCATIONAL_SCHOOL)[age]
    elif age in words.UNIVERSITY_YEARS and (roll := chance.roll()) < 0.55:
        person.school = (words.COLLEGE_YEARS if roll < 0.28 else words.UNIVERSITY_YEARS).get(age, "")
    if not person.school:
        decade = max(year for year in _SCHOOLED if year <= max(person.born_on.year, 1930))
        person.education = chance.of(_SCHOOLED[decade])


def _surnames(chance: Chance, slots: list[Slot]) -> list[str]:
    """Return the surname of each member: children bear their father's, wives keep their own."""
    own, married = surname(chance), surname(chance)
    fathers = own if slots[0].sex == MALE else married
    below = surname(chance)  # of the man who married in, and of his children
    found = []
    for slot in slots:
        if slot.relation in _OWN:
            found.append(own)
        elif slot.relation in _MARRIED:
            found.append(married)
        elif slot.relation in _OF_THE_FATHER:
            found.append(fathers)
        elif slot.relation in (words.SON_IN_LAW, words.DAUGHTERS_SON, words.DAUGHTERS_DAUGHTER):
            found.append(below)
        else:
            found.append(surname(chance))
    return found


def _share_away(age: int) -> float:
    if age < 20 or age >= 65:
        return 0.05
    return 0.62 * math.exp(-(((age - 33) / 22) ** 2))


def _leave_children_behind(chance: Chance, found: list[Person]) -> bool:
    """Say whether the parents in a house of three generations work far away and leave the children to the old."""
    ages = [person.age for person in found]
    with_three = min(ages) < 16 and max(ages) >= _TOO_OLD_TO_LEAVE + 5
    return with_three and chance.happens(0.3)
