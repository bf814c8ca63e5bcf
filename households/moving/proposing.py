"""The giver looks what would follow, proposes that a household shall belong to another village, and may take that back.

seen = foresee(household, Wanted(to_area, moved_on, "随子女迁居"), by=user)
move = propose(household, Wanted(to_area, moved_on, "随子女迁居"), by=user)
"""

import datetime
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import Area, User
from foundation.accounts.models.areas import ancestors
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right
from foundation.ledger.record import Actor
from foundation.workflow.move import Request, create, move
from households.identity.masking import masked_name, masked_text
from households.models import Household, HouseholdMove, Resident
from households.models.households import HEAD
from households.moving import carrying, followers, telling
from households.moving.deadlines import asks_within_county, last_day


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where a household goes, on which day the family moved, why, by which document, and its new place there."""

    to_area: Area
    moved_on: datetime.date
    why: str
    document: str = ""
    group: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a move would be: made at once or by hand-shake, what would go along, what is to be finished before."""

    move: HouseholdMove
    direct: bool
    told: list[str]
    hinders: list[str]


def foresee(household: Household, wanted: Wanted, *, by: User) -> Foreseen:
    """Say what a move would let follow; refused where `propose` would refuse it. Writes nothing."""
    may_propose(household, by)
    home = Household.objects.select_related("area", "stay_area").get(pk=household.pk)
    on = clock.happened(wanted.moved_on, reason=wanted.why)
    _check(home, wanted)
    if HouseholdMove.objects.of_households().waiting().filter(household=home).exists():
        raise Refused(_waits_already())
    row = _row(home, wanted, on)
    journey = followers.way_there(row)
    return Foreseen(
        row,
        is_direct(row.from_area_id, row.to_area_id, by),
        followers.told(journey),
        followers.hindered(journey),
    )


@transaction.atomic
def propose(household: Household, wanted: Wanted, *, by: User) -> HouseholdMove:
    """Propose a move; where `by` answers for both villages and the county asks for no acceptance, it is made at once.

    Refused for one's own or kin's household, into anything but a living village, and while another move waits.
    """
    actor = may_propose(household, by)
    home = (
        Household.objects.select_for_update(of=("self",))
        .select_related("area", "stay_area")
        .get(pk=household.pk)
    )
    on = clock.happened(wanted.moved_on, reason=wanted.why)
    _check(home, wanted)
    row = _row(home, wanted, on)
    direct = is_direct(home.area_id, wanted.to_area.code, by)
    journey = followers.way_there(row)
    if direct:
        carrying.check(journey)
    else:
        row.counts_from, row.due_on = clock.today(), last_day(row.to_area_id, clock.today())
    try:
        with transaction.atomic():
            create(row, by=by, actor=actor, details={"household": home.pk, "to": row.to_area_id})
    except IntegrityError as twice:
        raise Refused(_waits_already()) from twice
    if direct:
        today = clock.today()
        asked = Request("carry_out", writes={"answered_on": today, "effective_on": today})
        move(row, asked, by=by)
        carrying.carry(
            followers.way_there(row), by=by, actor=by.authority(Right.ANSWER_MOVES, row.to_area_id)
        )
        telling.tell_arrived(row, by=by)
    else:
        telling.tell_proposed(row, by=by)
    return row


@transaction.atomic
def withdraw(row: HouseholdMove, reason: str, *, by: User) -> HouseholdMove:
    """Take a proposal back before it was answered."""
    row.on_the_side_of(row.from_area_id)
    move(row, Request("withdraw", reason=reason, writes={"answered_on": clock.today()}), by=by)
    telling.tell_withdrawn(row, by=by)
    return row


def is_direct(origin: str, target: str, by: User) -> bool:
    """Say whether `by` moves a household between two villages without asking anybody."""
    if origin[: Level.COUNTY] != target[: Level.COUNTY] or asks_within_county(origin):
        return False
    return by.holds(Right.ANSWER_MOVES, origin) and by.holds(Right.ANSWER_MOVES, target)


def common_parent(origin: str, target: str) -> Area | None:
    """Return the nearest area above two villages; None where they lie in different provinces."""
    above = [code for code in ancestors(origin) if target.startswith(code)]
    return Area.objects.filter(pk=above[-1]).first() if above else None


def may_propose(household: Household, by: User) -> Actor:
    """Return as whom `by` proposes; refused without the right there, and for one's own or kin's household."""
    actor = by.authority(Right.EDIT_HOUSEHOLDS, household.area_id)
    if forbidden := recused(by, household.recusal_keys):
        raise Refused(forbidden)
    return actor


def _waits_already() -> str:
    return _("A move of this household waits already: it is settled first.")


def _check(home: Household, wanted: Wanted) -> None:
    if home.dissolved_on is not None:
        raise Refused(_("This household was dissolved: it cannot move."))
    if wanted.to_area.level != Level.VILLAGE or wanted.to_area.retired_on is not None:
        raise Refused(_("Choose the village where the household will belong."), field="to_area")
    if wanted.to_area.code == home.area_id:
        raise Refused(
            _("The household belongs to this village already: correct its address instead."), field="to_area"
        )
    if not wanted.why.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="why")


def _row(home: Household, wanted: Wanted, on: datetime.date) -> HouseholdMove:
    members = Resident.objects.present().filter(household=home)
    head = members.filter(relation=HEAD).first()
    return HouseholdMove(
        household=home,
        from_area=home.area,
        to_area=wanted.to_area,
        parent_area=common_parent(home.area_id, wanted.to_area.code),
        head=masked_name(head.shown_name)[:60] if head else home.code,
        persons=members.count(),
        moved_on=on,
        why=masked_text(wanted.why.strip())[:200],
        document=masked_text(wanted.document.strip())[:100],
        to_group=wanted.group.strip()[:60],
        to_address=wanted.address.strip()[:200],
        proposed_on=clock.today(),
    )
