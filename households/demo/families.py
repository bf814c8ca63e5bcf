"""Who lives together: shapes of households by the number of members, with ages that follow from one another.

Weights are a guess at the countryside of the 2020s: many old people alone or in pairs, three generations under
one roof, grandparents with the children of those who work away.
"""

from dataclasses import dataclass
from typing import NamedTuple

from households.demo import words
from households.demo.chance import Chance, Weighted
from households.demo.numbers import FEMALE, MALE

OLDEST = 97


class Slot(NamedTuple):
    """A place in a household: relation to the head, sex, age in years."""

    relation: str
    sex: str
    age: int


@dataclass(frozen=True, slots=True)
class Shape:
    """Who belongs to a household beside its head. Grandchildren make the head a grandparent."""

    spouse: bool = True
    children: int = 0
    grown: int = 0  # unmarried sons and daughters of 19 and more
    parents: int = 0
    sibling: int = 0
    couple_below: bool = False  # the couple between grandparents and grandchildren
    grandchildren: int = 0
    ages: tuple[int, int] = (0, 0)  # of the head, where no child tells it
    sex: str = ""


SHAPES: dict[int, Weighted[Shape]] = {
    1: Weighted(
        {
            Shape(spouse=False, ages=(61, 90)): 66,
            Shape(spouse=False, ages=(36, 60), sex=MALE): 24,
            Shape(spouse=False, ages=(21, 60)): 10,
        }
    ),
    2: Weighted(
        {
            Shape(ages=(61, 88)): 50,
            Shape(ages=(46, 60)): 19,
            Shape(ages=(23, 34)): 5,
            Shape(spouse=False, grown=1): 12,
            Shape(spouse=False, children=1): 6,
            Shape(spouse=False, grandchildren=1): 8,
        }
    ),
    3: Weighted(
        {
            Shape(children=1): 42,
            Shape(grown=1): 30,
            Shape(ages=(40, 62), parents=1): 9,
            Shape(grandchildren=1): 9,
            Shape(spouse=False, children=2): 5,
            Shape(spouse=False, grown=1, parents=1): 3,
            Shape(ages=(48, 66), sibling=1): 2,
        }
    ),
    4: Weighted(
        {
            Shape(children=2): 44,
            Shape(children=1, parents=1): 16,
            Shape(grown=2): 11,
            Shape(grown=1, parents=1): 9,
            Shape(grandchildren=2): 6,
            Shape(spouse=False, couple_below=True, grandchildren=1): 8,
            Shape(spouse=False, children=1, parents=2): 6,
        }
    ),
    5: Weighted(
        {
            Shape(children=2, parents=1): 34,
            Shape(couple_below=True, grandchildren=1): 22,
            Shape(children=3): 16,
            Shape(children=1, parents=2): 20,
            Shape(spouse=False, couple_below=True, grandchildren=2): 8,
        }
    ),
    6: Weighted(
        {
            Shape(children=2, parents=2): 48,
            Shape(couple_below=True, grandchildren=2): 40,
            Shape(children=3, parents=1): 12,
        }
    ),
    7: Weighted(
        {Shape(children=3, parents=2): 55, Shape(couple_below=True, grandchildren=3): 45},
    ),
}
#: Households of which nobody can work, by size: the safety net of society holds them.
WITHOUT_LABOUR: dict[int, Weighted[Shape]] = {
    1: Weighted({Shape(spouse=False, ages=(68, 90)): 1}),
    2: Weighted({Shape(ages=(70, 86)): 7, Shape(spouse=False, grandchildren=1): 3}),
    3: Weighted({Shape(grandchildren=1): 6, Shape(ages=(70, 78), sibling=1): 4}),
    4: Weighted({Shape(grandchildren=2): 1}),
}
HAS_CHILDREN: dict[int, Weighted[Shape]] = {
    size: Weighted(
        {
            shape: 1.0
            for shape in table.things
            if shape.children or (shape.couple_below and shape.grandchildren)
        }
    )
    for size, table in SHAPES.items()
    if size > 1
}


def family(chance: Chance, shape: Shape) -> list[Slot]:
    """Return the members of a household of this shape, its head first."""
    return _elders(chance, shape) if shape.grandchildren else _parents(chance, shape)


def _parents(chance: Chance, shape: Shape) -> list[Slot]:
    """Return a household whose head is of the middle generation, or has nobody younger."""
    ages = _children(chance, shape)
    sex = shape.sex or _sex_of_head(chance, shape)
    her, his = _couple(chance, ages[0]) if ages else _pair(chance, shape.ages)
    age, other = (his, her) if sex == MALE else (her, his)
    found = [Slot(words.HEAD, sex, age)]
    if shape.spouse:
        found.append(Slot(words.SPOUSE, FEMALE if sex == MALE else MALE, other))
    found += [_born(chance, words.SON, words.DAUGHTER, child) for child in ages]
    found += _their_parents(chance, shape, sex, age, other)
    if shape.sibling:
        found.append(Slot(words.SIBLING, chance.one_of((MALE, FEMALE)), max(20, age - chance.between(1, 9))))
    return found


def _elders(chance: Chance, shape: Shape) -> list[Slot]:
    """Return a household whose head is a grandparent, with or without the generation between."""
    ages = _siblings(chance, chance.between(0, 13), shape.grandchildren)
    through_son = chance.happens(0.92)
    mother, father = _couple(chance, ages[0])
    child = father if through_son else mother
    sex = _sex_of_head(chance, shape)
    her = child + chance.between(21, 29)
    his = her + chance.between(-1, 5)
    age, other = (his, her) if sex == MALE else (her, his)
    found = [Slot(words.HEAD, sex, min(age, OLDEST))]
    if shape.spouse:
        found.append(Slot(words.SPOUSE, FEMALE if sex == MALE else MALE, min(other, OLDEST)))
    if shape.couple_below:
        found += _couple_below(through_son, mother, father)
    words_of = (
        (words.GRANDSON, words.GRANDDAUGHTER)
        if through_son
        else (words.DAUGHTERS_SON, words.DAUGHTERS_DAUGHTER)
    )
    return found + [_born(chance, *words_of, grandchild) for grandchild in ages]


def _couple_below(through_son: bool, mother: int, father: int) -> list[Slot]:
    if through_son:
        return [Slot(words.SON, MALE, father), Slot(words.DAUGHTER_IN_LAW, FEMALE, mother)]
    return [Slot(words.DAUGHTER, FEMALE, mother), Slot(words.SON_IN_LAW, MALE, father)]


def _their_parents(chance: Chance, shape: Shape, sex: str, age: int, other: int) -> list[Slot]:
    """Return the old parents in the house: a man's own, a married woman's parents-in-law as a rule."""
    if not shape.parents:
        return []
    own, whose = (words.FATHER, words.MOTHER), age
    if shape.spouse and sex == FEMALE and chance.happens(0.8):
        own, whose = (words.FATHER_IN_LAW, words.MOTHER_IN_LAW), other
    elif shape.spouse and sex == MALE and chance.happens(0.05):
        own, whose = (words.WIFES_FATHER, words.WIFES_MOTHER), other
    her = min(whose + chance.between(20, 30), OLDEST)
    his = min(her + chance.between(-1, 5), OLDEST)
    both = [Slot(own[0], MALE, his), Slot(own[1], FEMALE, her)]
    return both if shape.parents > 1 else [both[0 if chance.happens(0.3) else 1]]


def _children(chance: Chance, shape: Shape) -> list[int]:
    """Return the ages of the children in the house, the eldest first."""
    grown = _siblings(chance, chance.between(19, 30), shape.grown) if shape.grown else []
    return grown + (_siblings(chance, chance.between(0, 16), shape.children) if shape.children else [])


def _siblings(chance: Chance, youngest: int, number: int) -> list[int]:
    ages = [youngest]
    while len(ages) < number:
        ages.insert(0, ages[0] + chance.between(2, 5))
    return ages


def _couple(chance: Chance, eldest: int) -> tuple[int, int]:
    """Return the ages of the mother and the father of somebody."""
    mother = eldest + chance.between(21, 29)
    return mother, mother + chance.between(-1, 5)


def _pair(chance: Chance, ages: tuple[int, int]) -> tuple[int, int]:
    her = chance.between(*ages)
    return her, max(22, her + chance.between(-1, 5))


def _sex_of_head(chance: Chance, shape: Shape) -> str:
    return MALE if chance.happens(0.92 if shape.spouse else 0.45) else FEMALE


def _born(chance: Chance, boy: str, girl: str, age: int) -> Slot:
    return Slot(boy, MALE, age) if chance.happens(0.53) else Slot(girl, FEMALE, age)
