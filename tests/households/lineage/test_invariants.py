"""Whatever happens in families, and in whatever order: a person has one home, people have a head, nobody gets lost.

Neither does a household: every village has on every day whom the book of the village has, which is kept by hand
(book.py); each household is in one cell of the grid, and what was refused or taken back left nothing behind.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count
from django.db.models.functions import Left
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assistance.models import CaseMember, Measure
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from households.grid.drawing import HAND, WHOLE, Drawing, draw
from households.lineage.undoing import undo
from households.models import (
    Authorisation,
    FormerArea,
    GridPlace,
    Household,
    HouseholdMove,
    LineageAct,
    QualityFinding,
    Resident,
    Standing,
    StandingMember,
)
from households.models.households import HEAD
from households.monitored.summary import summary
from households.moving import past
from households.pairs import seeking
from households.quality.checking import check_households
from tests.assistance.removal.made import enrolled
from tests.house.planted_help import a_measure
from tests.house.planted_signatures import authorisation_of
from tests.households.families import make_household, stand
from tests.households.lineage.book import Book, Line
from tests.households.lineage.playing import ANSWERS, BEGINS, GROUPS, VILLAGES, NothingToDoError, Village
from tests.households.pairs.made import claimed_elsewhere
from tests.people import COUNTY, VILLAGE

People = dict[str, User]
D = datetime.date
#: The rule of data quality that marks a household without a head.
MARK = "R-04a"
#: What a move takes along is looked at by its own tests; taken back within a county, everything is as before.
LEFT_BY_A_MOVE = ("moves", "former")
_OF_A_CELL = ("household", "cell", "by_hand")
_KINDS = sorted(Village({}, Book()).acts)
#: What must come early, before others stand on what it would take back.
_FIRST = ("move", "move back", "pair", "pair taken back", "return")
ORDER = sorted(_KINDS, key=lambda kind: (kind not in _FIRST, kind in ANSWERS or kind == "undo", kind))
#: What happens, numbers that choose of whom and where to, how many days late it is told, whether a day passes before,
#: and whether it is taken back at once.
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(_KINDS), st.integers(0, 9), st.integers(0, 9), st.integers(0, 5), st.booleans(), st.booleans()
    ),
    min_size=3,
    max_size=6,
)  # fmt: skip
#: An event costs a tenth of a second and more: to make a failing play shorter would cost minutes.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
Event = tuple[str, int, int, int, bool, bool]


@dataclass
class Play:
    """The village, the day, who is monitored, and which households are marked as without a head."""

    village: Village
    monitored: set[int]
    marked: set[int]
    today: D = BEGINS
    refused: str = ""
    done: Counter[str] = field(default_factory=Counter)

    def days(self) -> list[D]:
        """Return every day of which anything was told, up to today."""
        first = BEGINS - datetime.timedelta(6)
        return [first + datetime.timedelta(each) for each in range((self.today - first).days + 1)]


def told() -> dict[str, list[Any]]:
    """Return everything that is written about the families, without who wrote it last."""
    return {
        name: list(rows.order_by("pk").values_list("pk", *columns))
        for name, rows, columns in (
            ("people", Resident.objects, ("household", "area", "relation", "came_on", "left_on", "departure",
                                          "field_sources", "identity")),
            ("homes", Household.objects, ("code", "area", "group_name", "began_on", "dissolved_on")),
            ("standings", Standing.objects, ("resident", "household", "kind", "from_day", "until_day")),
            ("counted", StandingMember.objects, ("standing", "resident", "from_day", "until_day")),
            ("case", CaseMember.objects, ("case", "resident", "left_on")),
            ("measures", Measure.objects, ("resident", "state")),
            ("authorisations", Authorisation.objects, ("household", "state", "valid_until", "ended_on")),
            ("moves", HouseholdMove.objects, ("state", "household", "from_area", "to_area")),
            ("former", FormerArea.objects, ("household", "area", "until")),
        )
    } | {"cells": list(GridPlace.objects.current().order_by("household").values_list(*_OF_A_CELL))}  # fmt: skip


def check(play: Play, days: Iterable[D]) -> None:
    """Hold the register of today and of some days against what must be true, and against the book."""
    placed = list(GridPlace.objects.current().values_list("household", "cell__area"))
    homes = list(Household.objects.all())
    assert sorted(placed) == sorted((home.pk, home.area_id) for home in homes if home.dissolved_on is None)
    members = list(Resident.objects.present())
    lived_in = {each.household_id for each in members}
    heads = Counter(each.household_id for each in members if each.relation == HEAD)
    headless = lived_in - set(heads)
    assert headless <= play.marked, "and none that was not marked before"
    assert max(heads.values(), default=0) <= 1
    play.marked = headless
    marks = QualityFinding.objects.filter(rule=MARK, gone_on__isnull=True, household__in=lived_in)
    assert set(marks.values_list("household", flat=True)) == headless
    check_days(play, homes, sorted(set(days)))


def check_days(play: Play, homes: list[Household], days: Sequence[D]) -> None:
    """Count people and households of each village on each day: by the product's selectors, and by the book."""
    book, shell = play.village.book, User.objects.built_in("shell")
    stays = list(Resident.objects.values_list("identity", "household", "came_on", "left_on"))
    lives = {home.pk: (home.began_on or D.min, home.dissolved_on or D.max) for home in homes}
    for day in days:
        there = [(who, home) for who, home, came, left in stays if (came or D.min) <= day < (left or D.max)]
        assert max(Counter(who for who, _home in there).values(), default=0) <= 1, ("two homes", day)
        assert all(lives[home][0] <= day < lives[home][1] for _who, home in there), ("no household", day)
        counted = Resident.objects.present(day).order_by().annotate(village=Left(past.area_on(day), 12))
        found = dict(counted.values_list("village").annotate(Count("pk")))
        assert found == book.people(day), day
        living = Household.objects.living(day).count()
        assert living == book.homes(day).total(), day
        people, monitored = (
            book.people(day, play.monitored),
            Counter(book.village(home, day) for home in play.monitored),
        )
        for village in VILLAGES:
            total = summary(shell, village, day).current.total
            assert (total.households, total.persons) == (monitored[village], people[village]), (village, day)


def happens(play: Play, event: Event) -> bool:
    """Let one event happen, or be refused; where it is taken back at once, everything is as before."""
    what, who, where, late, later, back = event
    play.today += datetime.timedelta(later)
    with clock.at(play.today):
        before, lines = told(), list(play.village.book.lines)
        on = play.today - datetime.timedelta(late)
        try:
            with transaction.atomic():
                wrote = play.village.acts[what](who, where, on)
        except (Refused, NothingToDoError) as refused:
            play.refused = str(refused)
            assert told() == before
            assert play.village.book.lines == lines
            return False
        play.done[what] += 1
        headless = set(play.marked)
        check(play, around(on, play.today))
        if back and isinstance(wrote, LineageAct):
            goes_back(play, wrote, before, headless)
        if back and isinstance(wrote, HouseholdMove) and wrote.state == "accepted":
            moves_back(play, wrote, before, headless)
    return True


def moves_back(play: Play, row: HouseholdMove, before: dict[str, list[Any]], headless: set[int]) -> None:
    """Undo a move that was just made; people who had no head before have none to come back to by themselves."""
    try:
        play.village.go_back(row)
    except Refused:
        assert row.person_id is not None
        assert headless != play.marked
        return
    now = told()
    assert {name: now[name] for name in now if name not in LEFT_BY_A_MOVE} == {
        name: before[name] for name in before if name not in LEFT_BY_A_MOVE
    }
    play.marked = headless
    check(play, around(play.today))


def around(*days: D) -> list[D]:
    """Return days and those before them: what an act changes it changes from its day on."""
    return [each - datetime.timedelta(before) for each in days for before in (0, 1)]


def goes_back(play: Play, act: LineageAct, before: dict[str, list[Any]], headless: set[int]) -> None:
    """Take an act back that has just been written; who was given its first head keeps that one."""
    now = told()
    try:
        undo(LineageAct.objects.get(pk=act.pk), by=play.village.by(act.area_code), reason="随机")
    except Refused:
        assert headless != play.marked
        assert told() == now
        return
    play.village.book.taken_back(act.pk)
    assert told() == before
    play.marked = headless


def begin(people: People) -> Play:
    """Plant the families of the play: monitored, helped, authorised, twice in the register, and without a head."""
    book = Book()
    village = Village(people, book)
    first = make_household("YS000001", "沈立夏", "柳霜降", "沈小满", "何冬至", by=people["xian"])
    stand(first, "dibao", resident=first.residents.last(), from_day=D(2026, 1, 1))
    standing = stand(first, "marginal", from_day=D(2026, 3, 1))
    for each in first.residents.all():
        StandingMember.objects.create(standing=standing, resident=each, revision=standing.revision)
    authorisation_of(first, state="in_force")
    second = make_household(
        "YS000002", "杜谷雨", "万清明", "沈小满", "苗大雪", by=people["xian"], group_name=GROUPS[1]
    )
    gone = second.residents.last()
    assert gone is not None
    Resident.objects.filter(pk=gone.pk).update(left_on=D(2026, 10, 31), departure="moved_out")
    third = make_household("YS000003", "莫白露", "鲁小暑", by=people["xian"], area=VILLAGES[1])
    case = enrolled(people, D(2026, 5, 1), third)
    a_measure("asked", case, people["xian"], resident=third.residents.last())
    unled = make_household("YS000004", "祝寒露", "田处暑", by=people["xian"])
    unled.residents.filter(relation=HEAD).update(relation="28")
    far = make_household("YS000005", "鲍立秋", "宋小寒", by=people["lin_xian"], area=VILLAGES[2])
    claimed_elsewhere(first.residents.get(relation="12"), far, by=people["xian"])
    for home in (first, second, third, unled, far):
        book.settled(home.pk, home.area_id, home.residents.count())
    book.wrote(Line(0, second.pk, D(2026, 10, 31), -1))
    for code in VILLAGES:
        draw(Area.objects.get(pk=code), Drawing(WHOLE), by=village.by(code))
    draw(Area.objects.get(pk=VILLAGE), Drawing(HAND, "二组", (GROUPS[1],)), by=people["zhen"])
    seeking.seek([COUNTY])
    check_households([unled.pk])
    return Play(village, {first.pk, third.pk}, {unled.pk})


@pytest.mark.usefixtures("db")
@settings(
    max_examples=10, deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(events=EVENTS)
def test_events_in_any_order_keep_what_must_be_true(people: People, events: list[Event]) -> None:
    with transaction.atomic():
        play = begin(people)
        for event in events:
            happens(play, event)
        with clock.at(play.today):
            check(play, play.days())
        transaction.set_rollback(True)


def test_each_kind_of_act_happens_one_after_the_other(people: People) -> None:
    """A play in which nothing is left out: whatever can happen does, a day after what happened before."""
    play = begin(people)
    for what in ORDER:
        for each in ("move", what) if what in ANSWERS else (what,):
            odd = int(each != what)  # a move that waits for its answer leads to the other county
            tries = ((each, who, where ^ odd, 0, False, False) for where in range(4) for who in range(8))
            assert any(happens(play, event) for event in tries), (what, play.refused)
        play.today += datetime.timedelta(len(play.done) % 3 == 0)
    assert set(play.done) == set(_KINDS)
    with clock.at(play.today):
        check(play, play.days())
