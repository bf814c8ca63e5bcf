"""The made households hold together: numbers, relations, ages, school, work, cases."""

from collections import Counter
from itertools import pairwise

import pytest

from foundation.accounts.demo.names import SOLAR_TERMS
from households.demo import figures, words
from households.demo.county import County
from households.demo.numbers import MALE
from households.demo.records import AS_OF, SCHOOL_YEAR_BEGAN, age_on
from households.demo.stories import RESERVED

#: How many years older than the head somebody of a relation is at least, and at most.
OLDER = {
    words.SPOUSE: (-25, 25),
    words.SON: (-70, -18),
    words.DAUGHTER: (-70, -18),
    words.DAUGHTER_IN_LAW: (-70, -15),
    words.SON_IN_LAW: (-70, -15),
    words.GRANDSON: (-97, -35),
    words.GRANDDAUGHTER: (-97, -35),
    words.FATHER: (15, 70),
    words.MOTHER: (15, 70),
}
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@pytest.fixture(scope="module")
def sound(small_county):
    """Households in which no row is to be refused."""
    return [home for home in small_county if not home.refused]


def test_the_same_county_is_made_again(small_county):
    assert list(County("999901", 500).homes()) == small_county
    assert list(County("999901", 500, "another").homes())[100:] != small_county[100:]


def test_every_number_is_right_invented_and_of_one_person(sound):
    people = [person for home in sound for person in home.people]
    for person in people:
        number = person.id_number
        checksum = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False)) % 11
        assert number[17] == "10X98765432"[checksum]
        assert number[:6] == "999901"
        assert number[6:14] == f"{person.born_on:%Y%m%d}"
        assert (int(number[16]) % 2 == 1) == (person.sex == MALE)
        assert person.born_on <= AS_OF
    assert len({person.id_number for person in people}) == len(people)


def test_telephones_are_of_a_prefix_nobody_has(small_county):
    phones = [home.phone for home in small_county]
    assert not [phone for phone in phones if len(phone) != 11 or not phone.startswith("1541")]
    assert len(set(phones)) == len(phones)


def test_numbers_of_households_never_meet_those_of_stories(small_county):
    numbers = [int(home.code[2:]) for home in small_county]
    assert len(set(numbers)) == 500
    assert sum(number <= RESERVED for number in numbers) == 20


def test_there_is_one_head_and_relations_fit_ages(small_county):
    for home in small_county:
        head = home.people[0]
        assert [person.relation for person in home.people].count(words.HEAD) == 1
        assert head.relation == words.HEAD
        for person in home.people[1:]:
            least, most = OLDER.get(person.relation, (-120, 120))
            assert least <= person.age - head.age <= most, (home.code, person.relation)


def test_couples_are_a_man_and_a_woman_but_where_the_register_errs(small_county):
    odd = [
        home.code
        for home in small_county
        for person in home.people
        if person.relation == words.SPOUSE and person.sex == home.people[0].sex
    ]
    assert len(odd) == 1


def test_children_bear_their_fathers_name(small_county):
    for home in small_county:
        father = home.people[0]
        if father.sex == MALE and int(home.code[2:]) > RESERVED:
            named = [person.name[0] for person in home.people if person.relation == words.SON]
            assert set(named) <= {father.name[0]}


def test_only_stories_borrow_the_solar_terms(small_county):
    for home in small_county:
        borrowed = [person.name[1:] in SOLAR_TERMS for person in home.people]
        assert all(borrowed) if int(home.code[2:]) <= RESERVED else not any(borrowed)


def test_school_and_work_fit_age_and_health(whole_county):
    odd = Counter()
    for home in whole_county:
        for person in home.people:
            school_age = age_on(person.born_on, SCHOOL_YEAR_BEGAN)
            odd["neither or both"] += bool(person.school) == bool(person.education)
            odd["not at school"] += 6 <= school_age <= 14 and person.school != words.COMPULSORY[school_age]
            odd["a child works"] += person.age < 16 and bool(person.work_place)
            odd["works without labour"] += bool(person.work_place) and not person.works
    planted = {"neither or both": 20, "not at school": 10, "a child works": 0, "works without labour": 10}
    assert {what: odd[what] for what in planted} == planted


def test_cases_are_told_as_a_county_tells_them(whole_county):
    early = []
    for home in (home for home in whole_county if home.case):
        case = home.case
        assert case.category != figures.UNSTABLE or home.lifted_out
        assert case.category != figures.MARGINAL or not home.lifted_out
        assert "202004" < case.identified < "202608"
        assert bool(case.removed) == bool(case.way)
        assert not (case.safety_net and case.removed)
        if case.removed:
            assert case.removed <= "202607"
            early.append(months(case.removed) - months(case.identified) < 6)
        if case.safety_net:
            assert not any(person.works for person in home.people)
    assert sum(early) == 1


def test_entry_incomes_lie_on_the_right_side_of_the_years_line(whole_county):
    for home in whole_county:
        if home.case and home.case.income_at_entry:
            line = figures.LINES[int(home.case.identified[:4])]
            above = float(home.case.income_at_entry) > line
            assert above == (home.case.category == figures.SUDDEN)


def test_numbers_of_households_ascend(small_county):
    for first, second in pairwise(home.code for home in small_county if int(home.code[2:]) > RESERVED):
        assert first < second


def months(text: str) -> int:
    return int(text[:4]) * 12 + int(text[4:])
