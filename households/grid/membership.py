"""Name who looks after a cell (网格员), and end it: staff by their account, others by name and telephone."""

import datetime
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import pgettext

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record
from households import telephones
from households.grid.acting import begin, note
from households.identity import keeping
from households.identity.masking import masked_text
from households.models import GridAct, GridCell, GridMember


@dataclass(frozen=True, slots=True)
class Person:
    """Who looks after a cell from a day on: a member of staff, or a name with a telephone; `leads`: 网格长."""

    from_day: datetime.date
    user: User | None = None
    name: str = ""
    phone: str = ""
    leads: bool = False


@transaction.atomic
def join(cell: GridCell, person: Person, *, by: User, reason: str = "") -> GridMember:
    """Name a grid member of a cell; a cell has one leader, and nobody twice."""
    cell.refresh_from_db()
    if cell.until_day is not None:
        raise Refused(pgettext("grid", "This cell was closed on %(day)s.") % {"day": cell.until_day})
    name = "" if person.user is not None else " ".join(person.name.split())[:60]
    if person.user is None and not name:
        raise Refused(pgettext("grid", "Choose a member of staff, or enter a name."), field="name")
    if person.user is None and not person.phone.strip():
        raise Refused(pgettext("grid", "Enter the telephone of who is no member of staff."), field="phone")
    first = clock.happened(person.from_day, reason=reason)
    act = begin(GridAct.Kind.JOINED, cell.area, reason, by=by)
    phone = telephones.keep(person.phone) if person.phone.strip() else None
    try:
        with transaction.atomic():
            row: GridMember = GridMember.objects.create(
                cell=cell,
                user=person.user,
                name=name,
                phone=phone,
                leads=person.leads,
                from_day=first,
                began=act,
            )
    except IntegrityError as clash:
        if "leader" in str(clash):
            sentence = pgettext("grid", "This cell has a leader already: end that first.")
            raise Refused(sentence, field="leads") from clash
        raise Refused(pgettext("grid", "This person looks after the cell already."), field="user") from clash
    staff = None if person.user is None else person.user.pk
    note(act, {"cells": [cell.pk], "member": row.pk, "staff": staff, "leads": person.leads},
         personal={"name": name} if name else {})  # fmt: skip
    return row


@transaction.atomic
def leave(member: GridMember, last_day: datetime.date, *, by: User, reason: str) -> GridAct:
    """Let somebody look after a cell no more; `last_day` is the last one on which they do, today at the latest."""
    if not reason.strip():
        raise Refused(pgettext("grid", "Say why: the reason stays in the record."), field="reason")
    last = clock.happened(last_day, reason=reason)
    row = GridMember.objects.select_for_update(of=("self",)).select_related("cell__area").get(pk=member.pk)
    if row.until_day is not None:
        raise Refused(pgettext("grid", "This person looks after the cell no more."))
    if last < row.from_day:
        raise Refused(pgettext("grid", "Nobody ends before they began."), field="last_day")
    # Who ends today is not named any more from now on.
    until = min(last + datetime.timedelta(days=1), clock.today())
    act = begin(GridAct.Kind.LEFT, row.cell.area, reason, by=by)
    GridMember.objects.filter(pk=row.pk).update(until_day=until, ended=act)
    note(act, {"cells": [row.cell_id], "member": row.pk})
    return act


@transaction.atomic
def telephone(member: GridMember, reason: str, *, by: User) -> str:
    """Return the telephone of a grid member in full, and record who saw it and why."""
    actor = by.authority(Right.REVEAL_NUMBERS, member.cell.area_id)
    said = masked_text(reason.strip())[:200]
    if not said:
        raise Refused(pgettext("grid", "Say why: the reason stays in the record."), field="reason")
    if member.phone is None:
        raise Refused(pgettext("grid", "No telephone is known of this person."))
    day = clock.today()
    record(
        Act(
            "grid.telephone_shown", "grid_member", str(member.pk), day, day, area=member.cell.area_id,
            personal={"reason": said},
        ),
        by=actor,
    )  # fmt: skip
    return keeping.opened(member.phone.subject, member.phone.sealed)
