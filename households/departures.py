"""A member dies or leaves, and comes back where that was wrong. Who left stays in the register, with the day.

What they count as by themselves (dibao, tekun) ends with that day, and holds as before where it is taken back. Each
departure is a family event (households.lineage): one act, with what follows it and its way back.
"""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from households.corrections import begin_revision, may_correct, note, said, swap
from households.followers import register_changed
from households.lineage.acting import enter
from households.lineage.checking import check_came_nowhere_later, check_heads, headless_of
from households.lineage.plans import Kind
from households.lineage.undoing import last_of, undo
from households.models import LineageAct, LineagePart, LineagePerson, Resident, Revision
from households.own_standings import reopen_own


@transaction.atomic
def take_back(resident: Resident, *, by: User, seen: int, reason: str) -> Revision:
    """Let somebody be a member as before, because the departure was wrong. Says why.

    The family event by which they left is taken back whole; where there is none (a file brought the departure, or it
    is older than family events), somebody returns by an event of its own.
    """
    may_correct(resident.household, by)
    if resident.left_on is None:
        raise Refused(_("This person is a member: there is nothing to take back."))
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    if not Resident.objects.filter(pk=resident.pk, revision=seen).exists():
        raise Refused(_("Somebody changed this meanwhile: look at it again, then enter your correction."))
    act = last_of(resident)
    if act is None:
        return _return(resident, resident.left_on, by=by, seen=seen, reason=reason)
    made: Revision = undo(act, by=by, reason=reason).revision
    resident.refresh_from_db()
    return made


def _return(resident: Resident, left_on: datetime.date, *, by: User, seen: int, reason: str) -> Revision:
    """Take back a departure that no family event wrote."""
    household, today = resident.household, clock.today()
    actor = may_correct(household, by)
    check_came_nowhere_later(resident, left_on)
    headless = headless_of([household])
    changes = {"left_on": None, "departure": ""}
    revision = begin_revision(household, by, today, reason, changes)
    swap(resident, changes, revision, seen=seen, day=today)
    note("resident.returned", resident, revision, by=actor, before=seen, fields=said(changes))
    check_heads([household], headless)
    reopen_own(resident, left_on, revision, by=actor)
    act: LineageAct = LineageAct.objects.create(kind=Kind.RETURNED, revision=revision)
    LineagePart.objects.create(act=act, household=household, code=household.code, role=LineagePart.Role.HOME)
    LineagePerson.objects.create(act=act, became=resident)
    enter(act, actor, {"people": 1})
    register_changed([resident.area_id], [resident.household_id], by=by)
    return revision


def successors(resident: Resident) -> list[Resident]:
    """Return the other members of today, one of whom follows where the head goes; the eldest first."""
    others = Resident.objects.present().filter(household=resident.household_id).exclude(pk=resident.pk)
    return list(others.order_by("born_on", "pk"))
