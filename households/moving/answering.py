"""The receiving area accepts a household or a person, or refuses; a wrong move is undone by its inverse.

Of one person, who accepts says into which household and as what (`place`): households.moving.persons writes it.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.workflow.move import Request, move
from households.models import Household, HouseholdMove
from households.moving import carrying, followers, persons, telling
from households.moving.persons import Place


@transaction.atomic
def accept(row: HouseholdMove, reason: str = "", *, by: User, place: Place | None = None) -> HouseholdMove:
    """Take a household over: from this moment the new village answers for it, with everything that goes along."""
    return _go(row.on_the_side_of(row.to_area_id), "accept", reason, by, place)


@transaction.atomic
def refuse(row: HouseholdMove, reason: str, *, by: User) -> HouseholdMove:
    """Leave a household where it is, with a reason that the giver reads."""
    return _stay(row.on_the_side_of(row.to_area_id), "refuse", reason, by)


@transaction.atomic
def settle(row: HouseholdMove, reason: str, *, by: User, place: Place | None = None) -> HouseholdMove:
    """Decide above both areas that the household moves, because the receiving one did not answer."""
    return _go(row.on_the_side_of(_parent(row)), "settle", reason, by, place)


@transaction.atomic
def dismiss(row: HouseholdMove, reason: str, *, by: User) -> HouseholdMove:
    """Decide above both areas that the household stays."""
    return _stay(row.on_the_side_of(_parent(row)), "dismiss", reason, by)


@transaction.atomic
def undo(row: HouseholdMove, reason: str, *, by: User) -> HouseholdMove:
    """Move a household back whose move was wrong; refused as soon as something was done where it came to."""
    row = _locked(row).on_the_side_of(row.to_area_id)
    if row.of_person:
        return persons.go_back(row, reason, by=by)
    actor = by.authority(Right.ANSWER_MOVES, row.to_area_id)
    if sentence := why_not_back(row):
        raise Refused(sentence)
    today = clock.today()
    move(row, Request("undo", reason=reason, writes={"undone_on": today}), by=by)
    carrying.carry(followers.way_back(row), by=by, actor=actor)
    telling.tell_undone(row, by=by)
    return row


def why_not_back(row: HouseholdMove) -> str:
    """Say why an accepted move cannot be undone by itself, or return "": what was done since stands on it."""
    if row.of_person:
        return " ".join(persons.hinders(row))
    journey = followers.way_back(row)
    try:
        carrying.check(journey)
    except Refused as refused:
        return refused.sentence
    since = followers.later(journey)
    said = _("It cannot be moved back by itself any more: propose a move. %(since)s")
    return said % {"since": " ".join(since)} if since else ""


def _go(row: HouseholdMove, verb: str, reason: str, by: User, place: Place | None) -> HouseholdMove:
    side = row.area_code
    row = _locked(row).on_the_side_of(side)
    if row.of_person:
        return persons.go(row, verb, reason, place, by=by)
    carrying.check(followers.way_there(row))
    today = clock.today()
    asked = Request(verb, reason=reason, writes={"answered_on": today, "effective_on": today})
    move(row, asked, by=by)
    right = row.lifecycle.find(verb).right
    carrying.carry(followers.way_there(row), by=by, actor=by.authority(right, side))
    telling.tell_arrived(row, by=by)
    return row


def _stay(row: HouseholdMove, verb: str, reason: str, by: User) -> HouseholdMove:
    move(row, Request(verb, reason=reason, writes={"answered_on": clock.today()}), by=by)
    telling.tell_refused(row, by=by)
    return row


def _parent(row: HouseholdMove) -> str:
    if row.parent_area_id is None:
        raise Refused(_("No area of this platform lies above both: the two areas settle it between them."))
    return row.parent_area_id


def _locked(row: HouseholdMove) -> HouseholdMove:
    """Return the move with its household locked, at the version that the person saw."""
    list(Household.objects.select_for_update(no_key=False).filter(pk=row.household_id))
    rows = HouseholdMove.objects.select_related(
        "household__area", "household__stay_area", "from_area", "to_area__parent__parent",
        "parent_area", "new_head", "event__revision", "into",
    )  # fmt: skip
    fresh: HouseholdMove = rows.get(pk=row.pk)
    fresh.version = row.version
    return fresh
