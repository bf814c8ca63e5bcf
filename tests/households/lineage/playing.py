"""Families of three villages of two counties, and all that can happen to them: acts chosen by numbers.

Each act is done by the stage functions that the pages call, and written into the book (book.py) by what it means.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from households.departures import take_back
from households.lineage.acting import perform
from households.lineage.planning import (
    COMINGS,
    JOININGS,
    LEAVINGS,
    Splitting,
    Told,
    plan_arrival,
    plan_departure,
    plan_joining,
    plan_merge,
    plan_split,
)
from households.lineage.plans import Newcomer, Plan
from households.lineage.undoing import last_of, undo
from households.models import Duplicate, Household, HouseholdMove, LineageAct, PairDecision, Resident
from households.models.households import HEAD
from households.moving import answering, persons, proposing, settling
from households.moving.lifecycle import WAITING
from households.pairs import deciding
from households.pairs.effects import changes, other_home
from households.pairs.sides import by_likeness, outcomes_of
from tests.households.families import id_number
from tests.households.lineage.book import Book, Line
from tests.people import COUNTY, NEIGHBOUR_VILLAGE, TOWNSHIP, VILLAGE

#: Two villages of a township, and one of the next county: who answers for the first two has no say in the third.
VILLAGES = (VILLAGE, "999901001002", NEIGHBOUR_VILLAGE)
GROUPS = ("一组", "二组")
#: The day on which the play begins; what happens is told up to five days late.
BEGINS = datetime.date(2026, 11, 4)
ANSWERS = ("accept", "refuse", "withdraw", "settle", "dismiss")
Row = TypeVar("Row")


class NothingToDoError(Exception):
    """Nobody is there to whom it could happen."""


def one_of(rows: Sequence[Row], number: int) -> Row:
    """Return one row, chosen by a number."""
    if not rows:
        raise NothingToDoError
    return rows[number % len(rows)]


@dataclass
class Families:
    """Family events of the register, by who answers for the village."""

    people: dict[str, User]
    book: Book
    born: int = 0

    def homes(self) -> list[Household]:
        """Return households that are not closed, oldest first."""
        return list(Household.objects.living().order_by("pk"))

    def by(self, area: str) -> User:
        """Return who answers for a village."""
        return self.people["zhen" if area.startswith(TOWNSHIP) else "lin_zhen"]

    def arrive(self, kind: str, who: int, where: int, on: datetime.date) -> LineageAct:
        """Somebody is born, marries in, is adopted or comes; every third is somebody whom the register knows."""
        home = one_of(self.homes(), who)
        members = _members(home)
        headless = all(each.relation != HEAD for each in members)
        relation = HEAD if headless and (not members or where % 2) else "28"
        self.born += 1
        newcomer = Newcomer(
            "沈小雪", id_number(COUNTY, datetime.date(2026, 10, 29), 600 + self.born), relation
        )
        gone = Resident.objects.filter(left_on__isnull=False, identity__isnull=False).order_by("pk").last()
        if where % 3 == 2 and gone is not None:
            newcomer = Newcomer(gone.name, "", relation, identity=gone.identity_id)
        act = self._perform(plan_arrival(home, kind, newcomer, _told(on), by=self.by(home.area_id)))
        self.book.wrote(Line(act.pk, home.pk, on, 1))
        return act

    def leave(self, departure: str, who: int, where: int, on: datetime.date) -> LineageAct:
        """Somebody dies or leaves the register."""
        one, heir = self._one(who, where)
        plan = plan_departure(one, departure, _told(on), by=self.by(one.area_id), new_head=heir)
        act = self._perform(plan)
        self.book.wrote(Line(act.pk, one.household_id, on, -1))
        return act

    def join(self, kind: str, who: int, where: int, on: datetime.date) -> LineageAct:
        """Somebody goes from one household to another."""
        one, heir = self._one(who, where)
        other = one_of([each for each in self.homes() if each.pk != one.household_id], where)
        alone = len(_members(one.household)) == 1
        told = _told(on)
        plan = plan_joining(one, other, kind, "28", told, by=self.by(one.area_id), new_head=heir)
        act = self._perform(plan)
        self.book.wrote(*_joined(act, one, other, on, alone=alone))
        return act

    def split(self, who: int, where: int, on: datetime.date) -> LineageAct:
        """One member forms a household; either side keeps the number."""
        one, heir = self._one(who, where)
        home, members = one.household, _members(one.household)
        keeps = Splitting.LEAVERS if where % 2 else Splitting.STAYERS
        act = self._perform(
            plan_split(home, Splitting({one.pk: HEAD}, keeps, heir), _told(on), by=self.by(home.area_id))
        )
        made = act.parts.get(role="founded").household_id
        goes = len(members) - 1 if where % 2 else 1
        self.book.founded(made, home.pk)
        self.book.wrote(Line(act.pk, home.pk, on, -goes), Line(act.pk, made, on, goes, 1))
        return act

    def merge(self, who: int, where: int, on: datetime.date) -> LineageAct:
        """Everybody of a household joins another."""
        homes = self.homes()
        home, other = one_of(homes, who), one_of(homes, where)
        members = _members(home)
        relations = {each.pk: "28" for each in members}
        act = self._perform(plan_merge(home, other, relations, _told(on), by=self.by(home.area_id)))
        self.book.wrote(
            Line(act.pk, home.pk, on, -len(members), -1), Line(act.pk, other.pk, on, len(members))
        )
        return act

    def take_back(self, who: int, where: int, on: datetime.date) -> None:
        """Somebody who left is a member as before; a departure that a file brought comes first with an odd number."""
        left = list(Resident.objects.filter(left_on__isnull=False).select_related("household").order_by("pk"))
        one = one_of(left, who if where % 2 else 0)
        act, day = last_of(one), one.left_on
        revision = take_back(one, by=self.by(one.area_id), seen=one.revision_id, reason="随机")
        if act is not None:
            self.book.taken_back(act.pk)
        else:
            self.book.wrote(Line(revision.lineage.pk, one.household_id, day, 1))

    def undo(self, who: int, where: int, on: datetime.date) -> None:
        """Any family event that stands is taken back, however old it is."""
        act = one_of(list(LineageAct.objects.standing().order_by("-pk")), who)
        undo(act, by=self.by(act.area_code), reason="随机")
        self.book.taken_back(act.pk)

    def _perform(self, plan: Plan) -> LineageAct:
        return perform(plan, by=self.by(plan.home.area_id))

    def _one(self, who: int, where: int) -> tuple[Resident, Resident | None]:
        """Return a member, and who is head after them where it is the head."""
        members = _members(one_of(self.homes(), who))
        one = one_of(members, where)
        return one, next((each for each in members if each != one), None) if one.relation == HEAD else None


@dataclass
class Village(Families):
    """Family events, moves between villages, and decisions about somebody who stands in two households."""

    acts: dict[str, Callable[[int, int, datetime.date], Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Name everything that can happen."""
        self.acts = {
            **{f"{kind} from outside": partial(self.arrive, kind) for kind in COMINGS},
            **{f"{kind} (left)": partial(self.leave, kind) for kind in LEAVINGS},
            **{f"{kind} between two": partial(self.join, kind) for kind in JOININGS},
            "split": self.split, "merge": self.merge, "return": self.take_back, "undo": self.undo,
            "move": self.move, **{answer: partial(self.answer, answer) for answer in ANSWERS},
            "move back": self.move_back, "one proposed": self.propose_one, "one taken in": self.take_one_in,
            "one undone": self.undo_one, "pair": self.decide, "pair taken back": self.undecide,
        }  # fmt: skip

    def move(self, who: int, where: int, on: datetime.date) -> HouseholdMove:
        """A household shall belong to another village: at once within the township, else it waits for its answer."""
        home = one_of(self.homes(), who)
        to = one_of([code for code in VILLAGES if code != home.area_id], where)
        wanted = proposing.Wanted(Area.objects.get(pk=to), on, "随机", group=GROUPS[where % 2])
        row = proposing.propose(home, wanted, by=self.by(home.area_id))
        if row.state == "accepted":
            self.book.moved(home.pk, to, clock.today())
        return row

    def propose_one(self, who: int, where: int, on: datetime.date) -> HouseholdMove:
        """One person shall go to a household of the area where nobody of their own has a say."""
        one, heir = self._one(who, where)
        to = Area.objects.get(pk=next(code for code in VILLAGES if self.by(code) != self.by(one.area_id)))
        kind = sorted(JOININGS)[where % len(JOININGS)]
        asked = persons.Asked(one, kind, to, on, "随机", "结婚证", new_head=heir)
        return persons.propose(asked, by=self.by(one.area_id))

    def take_one_in(self, who: int, where: int, on: datetime.date) -> HouseholdMove:
        """A person who waits is taken into a household."""
        rows = HouseholdMove.objects.waiting().filter(person__isnull=False).order_by("pk")
        row = one_of(list(rows), who)
        return self._take_in(row, "accept", where, by=self.by(row.to_area_id))

    def undo_one(self, who: int, where: int, on: datetime.date) -> None:
        """That a person was taken in was wrong."""
        rows = HouseholdMove.objects.filter(state="accepted", person__isnull=False).order_by("-pk")
        self.go_back(one_of(list(rows), who))

    def answer(self, answer: str, who: int, where: int, on: datetime.date) -> None:
        """A move that waits is answered by the receiver, taken back by the giver, or decided above both."""
        row = one_of(list(HouseholdMove.objects.filter(state__in=WAITING).order_by("pk")), who)
        if answer in ("settle", "dismiss") and row.state == "proposed":
            assert row.due_on is not None
            settling.refer(by=User.objects.built_in("system"), on=row.due_on + datetime.timedelta(1))
            row.refresh_from_db()
        if answer == "withdraw":
            proposing.withdraw(row, "随机", by=self.by(row.from_area_id))
            return
        above = answer in ("settle", "dismiss")
        by = self.people["shi"] if above else self.by(row.to_area_id)
        if row.person_id is not None and answer in ("accept", "settle"):
            self._take_in(row, answer, where, by=by)
            return
        getattr(answering, answer)(row, "随机", by=by)
        if answer in ("accept", "settle"):
            self.book.moved(row.household_id, row.to_area_id, clock.today())

    def move_back(self, who: int, where: int, on: datetime.date) -> None:
        """A move that was wrong is undone by who received the household."""
        row = one_of(list(HouseholdMove.objects.filter(state="accepted").order_by("-pk")), who)
        self.go_back(row)

    def go_back(self, row: HouseholdMove) -> None:
        """Undo a move, of a household or of one person, and say so in the book."""
        answering.undo(row, "随机", by=self.by(row.to_area_id))
        if row.event_id is not None:
            self.book.taken_back(row.event_id)
        else:
            self.book.moved(row.household_id, row.from_area_id, clock.today())

    def _take_in(self, row: HouseholdMove, answer: str, where: int, *, by: User) -> HouseholdMove:
        other = one_of([each for each in self.homes() if each.area_id == row.to_area_id], where)
        assert row.person is not None
        one, alone = row.person, len(_members(row.household)) == 1
        row = getattr(answering, answer)(row, "随机", by=by, place=persons.Place(other, "28"))
        assert row.event is not None
        self.book.wrote(*_joined(row.event, one, other, clock.today(), alone=alone))
        return row

    def decide(self, who: int, where: int, on: datetime.date) -> None:
        """Somebody in two households is decided about by who has both, or by the area above both."""
        pair = one_of(list(Duplicate.objects.waiting().order_by("pk")), who)
        by = self.by(pair.household.area_id)
        if deciding.may_pass(pair, by):
            deciding.pass_up(pair, "随机", by=by)
        if not deciding.may_decide(pair, by):
            by = self.people["shi"]
        outcome = one_of(outcomes_of(pair), where)
        lines = self._decided(pair, outcome, on)
        row = deciding.decide(pair, deciding.Decision(outcome, "随机", on, "28"), by=by)
        if row.event is not None:
            self.book.wrote(*(line(row.event.pk) for line in lines))

    def undecide(self, who: int, where: int, on: datetime.date) -> None:
        """A decision about somebody in two households is taken back."""
        row = one_of(list(PairDecision.objects.filter(state="decided").order_by("-pk")), who)
        below = row.parent_area_id.startswith(COUNTY)
        deciding.undo(row, "随机", by=self.people["zhen" if below else "shi"])
        if row.event_id is not None:
            self.book.taken_back(row.event_id)

    def _decided(self, pair: Duplicate, outcome: str, on: datetime.date) -> list[Callable[[int], Line]]:
        """Return what a decision means for the counts, for the act that it will be."""
        if not changes(pair, outcome):
            return []
        if by_likeness(pair):
            double = pair.other if outcome == PairDecision.Outcome.KEEP else pair.resident
            assert double is not None
            return [partial(Line, home=double.household_id, on=on, people=-1)]
        other, alone = other_home(pair), len(_members(pair.household)) == 1
        lines = [partial(Line, home=pair.household_id, on=on, people=-1, homes=-1 if other and alone else 0)]
        return [*lines, partial(Line, home=other.pk, on=on, people=1)] if other else lines


def _members(home: Household) -> list[Resident]:
    return list(home.residents.present().select_related("household").order_by("pk"))


def _told(on: datetime.date) -> Told:
    return Told(on, "随机", "户口簿")


def _joined(
    act: LineageAct, one: Resident, other: Household, on: datetime.date, *, alone: bool
) -> tuple[Line, Line]:
    return Line(act.pk, one.household_id, on, -1, -1 if alone else 0), Line(act.pk, other.pk, on, 1)
