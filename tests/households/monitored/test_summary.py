"""Counting monitored objects: the figures are the file's, and the published tables come out to the person."""

import datetime
from collections.abc import Iterator
from itertools import chain

import pytest

from foundation.accounts.models import Area, User
from households.monitored.importing import import_monitored
from households.monitored.summary import below, labels, summary, told
from tests.households.monitored.files import MARGINAL, SUDDEN, UNSTABLE, counted, family, new_people, text

People = dict[str, User]
DAY = datetime.date
VILLAGES = ["999901001001", "999901001002", "999901002001"]
REMOVED = {"风险是否已消除": "是", "风险消除时间": "202112", "风险消除方式": "帮扶消除"}


@pytest.fixture
def shell(people: People) -> User:
    return User.objects.built_in("shell")


@pytest.fixture
def three_cases(shell: User) -> User:
    """An open case since May 2021, one removed in December 2021, one in the neighbour county; 4, 2 and 3 people."""
    numbers = new_people()
    rows = [
        *family("H1", 4, numbers),
        *family("H2", 2, numbers, 监测对象类别=SUDDEN, 行政区划代码=VILLAGES[2], **REMOVED),
        *family("H3", 3, numbers, 行政区划代码="999902001001", 识别监测时间="202201"),
    ]
    import_monitored(text(rows), by=shell)
    return shell


def figures(user: User, area: str, on: DAY | None = None) -> list[tuple[int, int]]:
    found = summary(user, area, on)
    totals = (found.cumulative.total, found.removed.total, found.current.total)
    return [(each.households, each.persons) for each in totals]


def test_cumulative_is_what_is_removed_and_what_is_current(three_cases: User) -> None:
    assert figures(three_cases, "99") == [(3, 9), (1, 2), (2, 7)]
    assert figures(three_cases, "999901") == [(2, 6), (1, 2), (1, 4)]
    assert figures(three_cases, "999901002001") == [(1, 2), (1, 2), (0, 0)]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (DAY(2021, 4, 30), [(0, 0), (0, 0), (0, 0)]),
        (DAY(2021, 5, 1), [(2, 6), (0, 0), (2, 6)]),
        (DAY(2021, 11, 30), [(2, 6), (0, 0), (2, 6)]),
        (DAY(2021, 12, 1), [(2, 6), (1, 2), (1, 4)]),
        (DAY(2022, 1, 1), [(3, 9), (1, 2), (2, 7)]),
    ],
)
def test_a_month_counts_from_its_first_day(
    three_cases: User, on: datetime.date, expected: list[tuple[int, int]]
) -> None:
    assert figures(three_cases, "99", on) == expected


def test_a_household_that_is_identified_again_counts_once_in_its_newest_case(three_cases: User) -> None:
    rows = family("H2", 2, new_people(4), 行政区划代码=VILLAGES[2], 识别监测时间="202303")
    import_monitored(text(rows), by=three_cases)
    assert figures(three_cases, "99") == [(3, 9), (0, 0), (3, 9)]
    assert figures(three_cases, "99", DAY(2022, 12, 31)) == [(3, 9), (1, 2), (2, 7)]


def test_figures_of_the_areas_below_add_up(three_cases: User) -> None:
    found = below(three_cases, Area.objects.get(pk="999901"))
    assert {code: each.cumulative.total.persons for code, each in found.items()} == {
        "999901001": 4,
        "999901002": 2,
    }


def test_a_reader_counts_what_lies_in_the_own_areas(three_cases: User, people: People) -> None:
    assert figures(people["xian"], "99")[0] == (2, 6)
    assert figures(people["cun"], "99")[0] == (1, 4)
    assert figures(people["lin_xian"], "99")[0] == (1, 3)
    assert figures(people["xitong"], "99")[0] == (0, 0)


def test_every_category_is_named_even_when_nobody_is_in_it(three_cases: User) -> None:
    answer = told(summary(three_cases, "999901"), labels("999901"))
    assert answer["current"] == {
        "households": 1,
        "persons": 4,
        "by_category": {
            "脱贫不稳定户": {"households": 0, "persons": 0},
            "边缘易致贫户": {"households": 1, "persons": 4},
            "突发严重困难户": {"households": 0, "persons": 0},
        },
    }
    assert list(answer) == ["cumulative", "removed", "current"]


def test_chongqing_calls_the_third_category_by_its_own_name(three_cases: User) -> None:
    assert list(labels("50").values()) == ["脱贫不稳定户", "边缘易致贫户", "突发困难户"]


Published = dict[str, tuple[int, int]]


def published(removed: Published, current: Published) -> Iterator[dict[str, str]]:
    """Yield the rows of a list that a published table was counted from."""
    numbers, parts, start = new_people(), [], 0
    for table, other in ((removed, REMOVED), (current, {})):
        for category, (households, persons) in table.items():
            more = {"监测对象类别": category} | other
            parts.append(counted(households, persons, numbers, start, VILLAGES, **more))
            start += households
    return chain.from_iterable(parts)


#: Baoshan, end of 2021 (domain.md A9): removed and not removed.
BAOSHAN = (
    {UNSTABLE: (2_655, 10_152), MARGINAL: (2_997, 11_585), SUDDEN: (1_630, 5_519)},
    {UNSTABLE: (2_363, 8_532), MARGINAL: (1_879, 5_966), SUDDEN: (4_845, 13_097)},
)
#: Chongqing, 2025-02-18 (domain.md A1).
CHONGQING: tuple[Published, Published] = (
    {},
    {UNSTABLE: (11_979, 37_546), MARGINAL: (17_169, 48_158), "突发困难户": (14_707, 47_151)},
)


def told_by_category(found: object, name: str) -> list[tuple[int, int]]:
    return [(each.households, each.persons) for each in getattr(found, name).by_kind.values()]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_baoshan_2021_comes_out_to_the_person(shell: User) -> None:
    counts = import_monitored(text(published(*BAOSHAN)), by=shell)
    assert (counts["cases_created"], counts["residents_created"]) == (16_369, 54_851)
    on = DAY(2021, 12, 31)
    assert figures(shell, "99", on) == [(16_369, 54_851), (7_282, 27_256), (9_087, 27_595)]
    found = summary(shell, "99", on)
    assert told_by_category(found, "cumulative") == [(5_018, 18_684), (4_876, 17_551), (6_475, 18_616)]
    assert told_by_category(found, "removed") == list(BAOSHAN[0].values())
    assert told_by_category(found, "current") == list(BAOSHAN[1].values())


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_chongqing_2025_comes_out_to_the_person(shell: User) -> None:
    counts = import_monitored(text(published(*CHONGQING)), by=shell)
    assert counts["rows_accepted"] == 132_855
    found = summary(shell, "99", DAY(2025, 2, 18))
    assert (found.cumulative.total.households, found.cumulative.total.persons) == (43_855, 132_855)
    assert told_by_category(found, "current") == list(CHONGQING[1].values())
    again = import_monitored(text(published(*CHONGQING)), by=shell)
    assert (again["cases_created"], again["cases_unchanged"]) == (0, 43_855)
