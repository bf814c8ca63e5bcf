"""Dibao and tekun of a member, corrected by hand: what is received, and from when until when (享受低保、享受特困).

    correct(resident, "dibao", Benefit("rural", from_day=day), by=user, checked_on=day, seen=…, reason="…")

Two things change together under one Revision: what the register states of the member, with the hand as its source, and
the standing that rules of comparison read, with its period and the hand as its basis.
"""

import datetime
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.record import Actor
from households.corrections import begin_revision, check_not_older, may_correct, note, swap
from households.followers import register_changed
from households.models import Resident, Revision, Standing
from households.standing import note_standing

KINDS = (Standing.Kind.DIBAO, Standing.Kind.TEKUN)
_RECEIVED = (Resident.Aid.RURAL, Resident.Aid.URBAN)


@dataclass(frozen=True, slots=True)
class Benefit:
    """What a member receives of one kind: `aid` is a value of Resident.Aid, or "" where it is not stated.

    Of what is received, `from_day` is the first day (None: on every earlier day too). Of what is not, `until_day` is
    the last day on which it was; `never`: it never was, and what stood there was wrong.
    """

    aid: str
    from_day: datetime.date | None = None
    until_day: datetime.date | None = None
    never: bool = False

    @property
    def is_received(self) -> bool:
        """Whether something is received."""
        return self.aid in _RECEIVED


def present(resident: Resident, kind: str) -> Benefit:
    """Return what the register says of one kind today."""
    last, aid = newest(resident, kind), getattr(resident, kind)
    if last is None:
        return Benefit(aid)
    return (
        Benefit(aid, from_day=last.from_day) if aid in _RECEIVED else Benefit(aid, until_day=last.until_day)
    )


def newest(resident: Resident, kind: str) -> Standing | None:
    """Return the newest standing of one kind that a member has by themselves."""
    rows = Standing.objects.filter(resident=resident, kind=kind)
    return max(rows, key=lambda row: row.from_day or datetime.date.min, default=None)


@transaction.atomic
def correct(
    resident: Resident,
    kind: str,
    wanted: Benefit,
    *,
    by: User,
    checked_on: datetime.date,
    seen: int,
    reason: str = "",
) -> Revision:
    """Bring one kind to what somebody saw on the day `checked_on`; `seen` is the revision of the member's row.

    Refused where nothing differs, where the register knows something newer, and where the days cannot be.
    """
    household = resident.household
    actor = may_correct(household, by)
    on = clock.happened(checked_on, reason=reason)
    if kind not in KINDS:
        raise ValueError(f"{kind} is no benefit.")
    last = newest(resident, kind)
    _check_member(resident)
    check_not_older(resident, kind, on)
    _check(kind, wanted, last, on)
    if wanted == present(resident, kind):
        raise Refused(_("Nothing differs from what the register says: change a field, or go back."))
    changes = {kind: wanted.aid}
    revision = begin_revision(household, by, on, reason, changes)
    swap(resident, changes, revision, seen=seen, day=on)
    note("resident.corrected", resident, revision, by=actor, before=seen, fields=[kind])
    _write(resident, kind, wanted, last, revision, actor)
    register_changed([household.area_id], [household.pk], by=by)
    return revision


def _check_member(resident: Resident) -> None:
    if resident.is_erased:
        raise Refused(_("This person was erased: nothing is known of them that could be corrected."))
    if resident.left_on is not None:
        raise Refused(
            _("This person left on %(day)s: what they received ended with it.") % {"day": resident.left_on}
        )


def _check(kind: str, wanted: Benefit, last: Standing | None, on: datetime.date) -> None:
    """Refuse an unknown word, days to come, an end before the beginning or without one."""
    if wanted.aid and wanted.aid not in Resident.Aid.values:
        raise Refused(_("This value is not in the list: choose one of the list."), field="aid")
    for field, day in (("from_day", wanted.from_day), ("until_day", wanted.until_day)):
        if day is not None and day > on:
            raise Refused(
                _("This day lies after the day on which it was seen (%(day)s).") % {"day": on}, field=field
            )
    if wanted.is_received:
        if wanted.until_day is not None or wanted.never:
            raise Refused(_("What is received has no last day: leave it empty."), field="until_day")
        return
    if wanted.from_day is not None:
        raise Refused(_("What is not received has no first day: leave it empty."), field="from_day")
    if last is None and (wanted.until_day is not None or wanted.never):
        raise Refused(
            _("Nothing of this kind was received before: leave the last day empty."), field="until_day"
        )
    if last is not None and last.until_day is None and wanted.until_day is None and not wanted.never:
        raise Refused(
            _("Enter the last day on which it was received, or that it never was."), field="until_day"
        )
    if last is not None and wanted.until_day and last.from_day and wanted.until_day < last.from_day:
        raise Refused(_("It cannot end before it began."), field="until_day")


def _write(
    resident: Resident, kind: str, wanted: Benefit, last: Standing | None, revision: Revision, by: Actor
) -> None:
    """Bring the standing to what is wanted: begin it, correct its first or last day, or take it away."""
    if wanted.never and last is not None:
        note_standing("standing.withdrawn", last, revision, by, before=kind, after="")
        last.delete()
        return
    if wanted.is_received and (last is None or last.until_day is not None):
        row, verb = (
            Standing(household_id=resident.household_id, resident=resident, kind=kind),
            "standing.held",
        )
        row.from_day = wanted.from_day
    elif last is None:
        return
    else:
        row, verb = last, "standing.corrected" if wanted.is_received or last.until_day else "standing.ended"
        row.from_day = wanted.from_day if wanted.is_received else last.from_day
        row.until_day = None if wanted.is_received else wanted.until_day or last.until_day
    row.basis, row.revision = revision.kind, revision
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as clash:
        raise Refused(
            _("It was received in that time already: enter the first day of the new period."),
            field="from_day",
        ) from clash
    note_standing(verb, row, revision, by, before=None if verb == "standing.held" else kind, after=kind)
