"""A member dies or leaves, and comes back where that was wrong. Who left stays in the register, with the day.

What they count as by themselves (dibao, tekun) ends with that day, and holds as before where it is taken back.
"""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from households.corrections import begin_revision, may_correct, note, said, swap
from households.followers import register_changed
from households.models import Resident, Revision
from households.models.households import HEAD
from households.own_standings import end_own, reopen_own


@transaction.atomic
def depart(
    resident: Resident,
    departure: Resident.Departure,
    left_on: datetime.date,
    *,
    by: User,
    seen: int,
    reason: str = "",
    new_head: Resident | None = None,
    kind: str = Revision.Kind.HAND,
) -> Revision:
    """Let a member be gone from the day `left_on` on. Where the head goes and others stay, `new_head` follows.

    `kind` is where it is known from: by hand, or from a department's delivery.
    """
    actor = may_correct(resident.household, by)
    on = clock.happened(left_on, reason=reason)
    _check_departure(resident, on)
    _check_successor(resident, new_head)
    changes = {"left_on": on, "departure": departure.value}
    revision = begin_revision(resident.household, by, on, reason, changes, kind)
    swap(resident, changes, revision, seen=seen, day=clock.today())
    note("resident.departed", resident, revision, by=actor, before=seen, fields=said(changes))
    end_own(resident, on, revision, by=actor)
    if new_head is not None:
        before = new_head.revision_id
        swap(new_head, {"relation": HEAD}, revision, seen=before, day=clock.today())
        note("resident.corrected", new_head, revision, by=actor, before=before, fields=["relation"])
    register_changed([resident.area_id], [resident.household_id], by=by)
    return revision


@transaction.atomic
def take_back(resident: Resident, *, by: User, seen: int, reason: str) -> Revision:
    """Let somebody be a member as before, because the departure was wrong. Says why."""
    actor = may_correct(resident.household, by)
    if resident.left_on is None:
        raise Refused(_("This person is a member: there is nothing to take back."))
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    today, left_on = clock.today(), resident.left_on
    changes = {"left_on": None, "departure": ""}
    revision = begin_revision(resident.household, by, today, reason, changes)
    swap(resident, changes, revision, seen=seen, day=today)
    note("resident.returned", resident, revision, by=actor, before=seen, fields=said(changes))
    reopen_own(resident, left_on, revision, by=actor)
    register_changed([resident.area_id], [resident.household_id], by=by)
    return revision


def successors(resident: Resident) -> list[Resident]:
    """Return the other members of today, one of whom follows where the head goes; the eldest first."""
    others = Resident.objects.present().filter(household=resident.household_id).exclude(pk=resident.pk)
    return list(others.order_by("born_on", "pk"))


def _check_departure(resident: Resident, on: datetime.date) -> None:
    if resident.left_on is not None:
        raise Refused(
            _("This person already left on %(day)s: take that back first.") % {"day": resident.left_on}
        )
    if resident.born_on and on < resident.born_on:
        raise Refused(_("This day lies before the person's birth."), field="happened_on")


def _check_successor(resident: Resident, new_head: Resident | None) -> None:
    """The head's place never stands empty while others live there; nobody else's place is given away."""
    if resident.relation != HEAD:
        if new_head is not None:
            raise Refused(_("The household keeps its head: leave this field empty."), field="new_head")
        return
    others = successors(resident)
    if new_head is None and others:
        raise Refused(_("The head leaves: choose who is head from now on."), field="new_head")
    if new_head is not None and new_head not in others:
        raise Refused(_("Choose one of the members who stay."), field="new_head")
