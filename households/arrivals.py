"""A member comes: born, married in, moved in. Who is a member of another household is not taken from it here."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.names import person_initials
from foundation.accounts.refusals import Refused
from households.corrections import begin_revision, check_no_other_head, may_correct, note
from households.followers import register_changed
from households.identity import keeping
from households.identity.numbers import IdFault, IdNumber, read_id_number
from households.models import Household, Identity, Resident, Revision
from households.models.households import HEAD
from households.words import Words


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who comes: the ID number as typed says birth and sex; `relation` is a code of the list."""

    name: str
    id_number: str
    relation: str


@transaction.atomic
def arrive(
    household: Household, newcomer: Newcomer, came_on: datetime.date, *, by: User, reason: str = ""
) -> Resident:
    """Make somebody a member of a household; `came_on` is the day it happened, today at the latest."""
    actor = may_correct(household, by)
    on = clock.happened(came_on, reason=reason)
    if household.dissolved_on is not None:
        raise Refused(_("This household was dissolved: nobody can come to it."))
    read, name = _read(newcomer, household, on)
    number = keeping.keep(Identity.Kind.ID_NUMBER, [read.number])[read.number]
    _check_lives_nowhere_else(number, household)
    revision = begin_revision(household, by, on, reason, {"name": name})
    resident = Resident.objects.create(
        household=household,
        area_id=household.area_id,
        identity_id=number,
        name=name,
        initials=person_initials(name),
        sex=read.sex,
        born_on=read.born_on,
        relation=newcomer.relation,
        source=Revision.Kind.HAND,
        source_day=clock.today(),
        revision=revision,
    )
    note("resident.arrived", resident, revision, by=actor, before=None, fields=[])
    register_changed([household.area_id], [household.pk], by=by)
    return resident


def _read(newcomer: Newcomer, household: Household, on: datetime.date) -> tuple[IdNumber, str]:
    """Return the number and the name, or refuse what cannot be."""
    read, name = read_id_number(newcomer.id_number), " ".join(newcomer.name.split())
    if isinstance(read, IdFault):
        raise Refused(read.label, field="id_number")
    if read.born_on > on:
        raise Refused(_("This day lies before the person's birth."), field="happened_on")
    if not name:
        raise Refused(_("Enter the person's name."), field="name")
    if newcomer.relation not in dict(Words().choices("relation", household.area_id)):
        raise Refused(_("This value is not in the list: choose one of the list."), field="relation")
    if newcomer.relation == HEAD:
        check_no_other_head(household)
    return read, name


def _check_lives_nowhere_else(subject: UUID, household: Household) -> None:
    """Refuse who is a member somewhere; where that is, is not said: it may be out of the person's sight."""
    living = Resident.objects.filter(identity=subject, left_on__isnull=True).first()
    if living is None:
        return
    if living.household_id == household.pk:
        raise Refused(_("%(name)s is a member of this household already.") % {"name": living.name})
    raise Refused(
        _(
            "This person is a member of another household: first that household's village enters that they left."
        ),
        field="id_number",
    )
