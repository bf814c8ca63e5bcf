"""Turn what a person enters into a plan, or refuse it with the sentence that says why. Nothing is written here."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from households.corrections import check_no_other_head, may_correct
from households.identity.masking import masked_text
from households.lineage.checking import (
    check_began,
    check_closes,
    check_leaves,
    check_lives,
    check_relation,
    check_successor,
    day_of,
    head_of,
    members_of,
    read_newcomer,
)
from households.lineage.plans import Departure, Founding, Going, Kind, Newcomer, Plan
from households.models import Household, Resident, Revision
from households.models.households import HEAD

#: Events by which somebody comes to a household from outside the register.
COMINGS = (Kind.BIRTH, Kind.MARRIAGE_IN, Kind.ADOPTION, Kind.CAME)
#: Events by which one person goes from one household of the register to another, and why they leave then.
JOININGS = {Kind.MARRIAGE: Departure.MARRIED_OUT, Kind.ADOPTION: Departure.OTHER, Kind.CAME: Departure.OTHER}
#: What a departure out of the register is called as a family event.
LEAVINGS = {
    Departure.DIED: Kind.DEATH,
    Departure.MARRIED_OUT: Kind.MARRIAGE_OUT,
    Departure.MOVED_OUT: Kind.MOVED_OUT,
    Departure.SPLIT_OFF: Kind.SPLIT_OFF,
    Departure.OTHER: Kind.LEFT,
}
_LONGEST_CODE = 40


@dataclass(frozen=True, slots=True)
class Told:
    """What every event is entered with: the day it happened, why (where that is asked), the paper that was seen."""

    on: datetime.date
    reason: str = ""
    paper: str = ""
    source: str = Revision.Kind.HAND

    @property
    def words(self) -> dict[str, Any]:
        """Reason, paper and source as a plan has them; numbers of people masked."""
        paper = masked_text(" ".join(self.paper.split()))[:200]
        return {"reason": self.reason.strip(), "paper": paper, "source": self.source}


@dataclass(frozen=True, slots=True)
class Splitting:
    """Who leaves, each with the relation in the new household (one is its head), and what it is called.

    `keeps` says who keeps the number, and with it the case, the warning and everything else that hangs on the
    household: those who stay (`STAYERS`) or those who leave. `code` empty: a number of ours.
    """

    STAYERS = "stayers"
    LEAVERS = "leavers"

    leaving: Mapping[int, str]
    keeps: str = STAYERS
    new_head: Resident | None = None
    code: str = ""
    group_name: str = ""
    address: str = ""


def plan_arrival(household: Household, kind: str, newcomer: Newcomer, told: Told, *, by: User) -> Plan:
    """Plan that somebody comes from outside the register."""
    may_correct(household, by)
    on = day_of(told.on, told.reason)
    check_lives(household)
    check_began(household, on)
    return Plan(kind, household, on, newcomer=read_newcomer(newcomer, household, on), **told.words)


def plan_departure(
    resident: Resident,
    departure: str,
    told: Told,
    *,
    by: User,
    new_head: Resident | None = None,
    seen: int | None = None,
) -> Plan:
    """Plan that somebody dies, or leaves for a place outside the register."""
    household = resident.household
    may_correct(household, by)
    on = day_of(told.on, told.reason)
    check_leaves(resident, on)
    members = members_of(household)
    check_successor([resident], new_head, members)
    return Plan(
        LEAVINGS[Departure(departure)],
        household,
        on,
        goings=(Going(resident, departure),),
        relations=((new_head, HEAD),) if new_head is not None else (),
        seen=seen,
        **told.words,
    )


def plan_joining(
    resident: Resident,
    other: Household,
    kind: str,
    relation: str,
    told: Told,
    *,
    by: User,
    new_head: Resident | None = None,
) -> Plan:
    """Plan that a member of one household joins another one of the register: one person, one act."""
    home = resident.household
    _may_both(home, other, by)
    on = day_of(told.on, told.reason)
    check_leaves(resident, on)
    check_lives(other, _closed(), field="other")
    check_began(other, on)
    check_relation(relation, other.area_id, "relation")
    _check_place_there(relation, other)
    members = members_of(home)
    check_successor([resident], new_head, members)
    if dissolves := members == [resident]:
        check_closes(home, on)
    return Plan(
        kind,
        home,
        on,
        other=other,
        goings=(Going(resident, JOININGS[Kind(kind)], relation),),
        relations=((new_head, HEAD),) if new_head is not None else (),
        dissolves=dissolves,
        **told.words,
    )


def plan_split(home: Household, asked: Splitting, told: Told, *, by: User) -> Plan:
    """Plan that some members form a household of their own in the same village (分户)."""
    may_correct(home, by)
    on = day_of(told.on, told.reason)
    check_lives(home, _closed())
    members = members_of(home)
    leaving = [each for each in members if each.pk in asked.leaving]
    if not leaving:
        raise Refused(pgettext("lineage", "Choose who leaves."))
    if len(leaving) == len(members):
        raise Refused(pgettext("lineage", "Somebody must stay: where all leave, the household is merged."))
    for each in leaving:
        check_relation(asked.leaving[each.pk], home.area_id, f"member_{each.pk}")
    if sum(asked.leaving[each.pk] == HEAD for each in leaving) != 1:
        raise Refused(pgettext("lineage", "Choose one of those who leave as the head of the new household."))
    check_successor(leaving, asked.new_head, members)
    # Nobody becomes head twice, and who keeps the number stays in the row that has it.
    relations, goings = _sides(asked, leaving, members)
    for going in goings:
        check_leaves(going.resident, on)
    founding = Founding(_number(home, asked.code), asked.group_name.strip(), asked.address.strip())
    return Plan(Kind.SPLIT, home, on, founding=founding, goings=goings, relations=relations, **told.words)


def plan_merge(
    home: Household, other: Household, relations: Mapping[int, str], told: Told, *, by: User
) -> Plan:
    """Plan that everybody of a household joins another one; it is closed and stays in the history (并户)."""
    _may_both(home, other, by)
    on = day_of(told.on, told.reason)
    check_lives(home, _closed())
    check_lives(other, _closed(), field="other")
    check_began(other, on)
    check_closes(home, on)
    members = members_of(home)
    if not members:
        raise Refused(pgettext("lineage", "Nobody lives in this household: there is nobody to join another."))
    there = members_of(other)
    if not there:
        raise Refused(pgettext("lineage", "Nobody lives in the other household."), field="other")
    for each in members:
        field = f"member_{each.pk}"
        check_leaves(each, on)
        check_relation(relations.get(each.pk, ""), other.area_id, field)
        if relations[each.pk] == HEAD and head_of(there) is not None:
            raise Refused(pgettext("lineage", "The other household keeps its head."), field=field)
    goings = tuple(Going(each, Departure.OTHER, relations[each.pk]) for each in members)
    return Plan(Kind.MERGE, home, on, other=other, goings=goings, dissolves=True, **told.words)


def next_number(home: Household) -> str:
    """Return a free number for a household split from another: its number with the next suffix.

    Registers number households themselves; ours holds until theirs is known.
    """
    for suffix in count(1):
        number = f"{home.code[: _LONGEST_CODE - 4]}-{suffix}"
        if not Household.objects.filter(code=number).exists():
            return number
    raise AssertionError("unreachable")


def _sides(
    asked: Splitting, leaving: Sequence[Resident], members: Sequence[Resident]
) -> tuple[tuple[tuple[Resident, str], ...], tuple[Going, ...]]:
    """Return who gets another relation in the row that keeps the number, and who gets a row in the new one."""
    out = {each.pk for each in leaving}
    staying = [each for each in members if each.pk not in out]
    of_those_who_stay = {each.pk: HEAD if each == asked.new_head else each.relation for each in staying}
    wanted = of_those_who_stay | dict(asked.leaving)
    stay, go = (staying, leaving) if asked.keeps == Splitting.STAYERS else (leaving, staying)
    changed = [(each, wanted[each.pk]) for each in stay if wanted[each.pk] != each.relation]
    # Who steps down goes first: a household has one head at every moment.
    changed.sort(key=lambda pair: pair[1] == HEAD)
    return tuple(changed), tuple(Going(each, Departure.SPLIT_OFF, wanted[each.pk]) for each in go)


def _number(home: Household, typed: str) -> str:
    code = typed.strip()
    if not code:
        return next_number(home)
    if len(code) > _LONGEST_CODE:
        raise Refused(pgettext("lineage", "A household number has at most 40 characters."), field="code")
    if Household.objects.filter(code=code).exists():
        raise Refused(pgettext("lineage", "Another household has this number already."), field="code")
    return code


def _may_both(home: Household, other: Household, by: User) -> None:
    may_correct(home, by)
    if home.pk == other.pk:
        raise Refused(pgettext("lineage", "Choose another household than this one."), field="other")
    may_correct(other, by)


def _check_place_there(relation: str, other: Household) -> None:
    if relation == HEAD:
        check_no_other_head(other)
    elif not members_of(other):
        raise Refused(
            pgettext("lineage", "Nobody lives in this household: who comes first is its head."),
            field="relation",
        )


def _closed() -> str:
    return _("This household is dissolved.")
