"""Correct by hand the ID number of a member: typed wrong, or somebody else's. Birth and sex follow it.

A correction like every other (households.corrections): a revision of its own, the version before stays, and another
correction undoes it. The number is kept sealed; the record of acts says that it changed, never what it is.
"""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from households.corrections import begin_revision, check_not_older, may_correct, note, said, swap
from households.followers import register_changed
from households.identity import keeping
from households.identity.numbers import IdFault, IdNumber, read_id_number
from households.lineage.checking import check_lives_nowhere_else
from households.models import Identity, Resident, Revision


@transaction.atomic
def correct_number(
    resident: Resident, typed: str, *, by: User, checked_on: datetime.date, seen: int, reason: str
) -> Revision:
    """Give a member the number that somebody read off a paper, with the birth date and sex that it says.

    `seen` is the revision of the row that the person had before their eyes. Refused for who left or was erased, for a
    number that cannot be, that the member has already, or under which somebody lives in another household.
    """
    household = resident.household
    actor = may_correct(household, by)
    if resident.is_erased or resident.left_on is not None:
        raise Refused(_("This person is a member no more: there is no number to correct."))
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    on = clock.happened(checked_on, reason=reason)
    read = _read(typed, on)
    known = keeping.subject_of(Identity.Kind.ID_NUMBER, read.number)
    if known is not None:
        if known == resident.identity_id:
            raise Refused(_("The register has this number already."), field="id_number")
        check_lives_nowhere_else(known, household, resident.came_on or on)
    subject = keeping.keep(Identity.Kind.ID_NUMBER, [read.number])[read.number]
    changes: dict[str, Any] = {"identity": Identity.objects.get(pk=subject)}
    follow = {"born_on": read.born_on, "sex": read.sex}
    changes |= {name: said_now for name, said_now in follow.items() if getattr(resident, name) != said_now}
    for name in changes:
        check_not_older(resident, name, on)
    revision = begin_revision(household, by, on, reason, changes)
    swap(resident, changes, revision, seen=seen, day=on)
    note("resident.corrected", resident, revision, by=actor, before=seen, fields=said(changes))
    register_changed([household.area_id], [household.pk], by=by)
    return revision


def _read(typed: str, on: datetime.date) -> IdNumber:
    read = read_id_number(typed)
    if isinstance(read, IdFault):
        raise Refused(read.label, field="id_number")
    if read.born_on > on:
        raise Refused(_("This day lies before the person's birth."), field="happened_on")
    return read
