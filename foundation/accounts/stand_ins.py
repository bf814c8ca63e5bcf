"""Stand-ins: who acts in an absent person's posting, and for how long (field.md 2.0)."""

import datetime
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.eligibility import check_compatible, held_by, lock
from foundation.accounts.models import Posting, StandIn, User
from foundation.accounts.models.areas import ancestors
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import ADMINISTRATORS, RULES, Level, Right, Role
from foundation.ledger.record import Act, Actor, record


@dataclass(frozen=True, slots=True)
class Absence:
    """A posting whose holder is away, who acts in it meanwhile, and why."""

    posting: Posting
    substitute: User
    from_day: datetime.date
    until_day: datetime.date
    reason: str


@transaction.atomic
def arrange(absence: Absence, *, by: User) -> StandIn:
    """Let somebody act in an absent person's posting, with its role and area, for a period."""
    posting, substitute = absence.posting, absence.substitute
    actor = _authority(posting, by)
    if substitute.pk == by.pk:
        raise Refused(_("Nobody makes themselves a stand-in: let a colleague or the next level arrange it."))
    lock(posting.user, substitute)
    _check_period(absence)
    _check_substitute(absence)
    try:
        with transaction.atomic():
            stand_in = StandIn.objects.create(
                posting=posting,
                substitute=substitute,
                from_day=absence.from_day,
                until_day=absence.until_day,
                reason=absence.reason.strip(),
            )
    except IntegrityError as clash:
        raise Refused(_("The posting already has a stand-in in that period."), field="from_day") from clash
    substitute.__dict__.pop("_duties", None)
    began = clock.happened(
        min(absence.from_day, clock.today()), reason=absence.reason, areas=[posting.area_id]
    )
    _note("stand_in.arranged", stand_in, by=actor, on=began, reason=absence.reason)
    return stand_in


@transaction.atomic
def cancel(stand_in: StandIn, *, by: User, reason: str) -> StandIn:
    """End a stand-in at once: the substitute's next request no longer has the absent person's rights."""
    actor = _authority(stand_in.posting, by)
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    today = clock.today()
    if stand_in.until_day < today:
        raise Refused(_("This stand-in has already ended."))
    yesterday = today - datetime.timedelta(days=1)
    change = {"withdrawn_on": today} if stand_in.from_day >= today else {"until_day": yesterday}
    standing = StandIn.objects.standing().filter(pk=stand_in.pk, until_day=stand_in.until_day)
    if standing.update(**change) != 1:
        raise Refused(_("This stand-in has already ended."))
    stand_in.refresh_from_db()
    stand_in.substitute.__dict__.pop("_duties", None)
    _note("stand_in.cancelled", stand_in, by=actor, on=today, reason=reason)
    return stand_in


def candidates_area(posting: Posting) -> str:
    """Return the code under which a stand-in must work: one level up, but never beyond the county.

    From the county upwards a stand-in comes from the same area: a neighbour county's people see nothing here.
    """
    code = posting.area_id
    if len(code) <= Level.COUNTY:
        return code
    return ancestors(code)[-1]


def _authority(posting: Posting, by: User) -> Actor:
    """An administrator's stand-in is arranged by who could grant the office, other people's also by the line."""
    right = Right.GRANT_POSTINGS if Role(posting.role) in ADMINISTRATORS else Right.ARRANGE_STAND_INS
    return by.authority(right, posting.area_id)


def _check_period(absence: Absence) -> None:
    posting = absence.posting
    if not absence.reason.strip():
        raise Refused(_("Say why the person is absent."), field="reason")
    if absence.until_day < absence.from_day:
        raise Refused(_("The last day lies before the first."), field="until_day")
    if absence.until_day < clock.today():
        raise Refused(_("This period is over: nobody can stand in for the past."), field="until_day")
    ends_early = posting.until_day is not None and absence.until_day > posting.until_day
    if posting.withdrawn_on is not None or absence.from_day < posting.from_day or ends_early:
        raise Refused(_("The posting is not held on all of these days."), field="from_day")


def _check_substitute(absence: Absence) -> None:
    """Refuse who cannot stand in: oneself, the disabled, the absent, outsiders, holders of excluded roles."""
    posting, substitute = absence.posting, absence.substitute
    first, last = absence.from_day, absence.until_day
    if substitute.pk == posting.user_id:
        raise Refused(_("Nobody stands in for themselves."), field="substitute")
    if substitute.is_built_in or not substitute.is_active:
        raise Refused(_("This account cannot sign in: choose somebody else."), field="substitute")
    if StandIn.objects.overlapping(first, last).filter(posting__user=substitute).exists():
        raise Refused(
            _("This person is absent in that period and has a stand-in themselves."), field="substitute"
        )
    role = Role(posting.role)
    if not _is_near(absence):
        raise Refused(_near_sentence(role), field="substitute")
    try:
        check_compatible(role, held_by(substitute), first, last)
    except Refused as refused:
        raise Refused(refused.sentence, field="substitute") from refused


def _is_near(absence: Absence) -> bool:
    """Whether the substitute works in the neighbourhood or above it during all of the period."""
    posting, limit = absence.posting, candidates_area(absence.posting)
    for own in Posting.objects.overlapping(absence.from_day, absence.from_day).filter(
        user=absence.substitute
    ):
        lasts = own.until_day is None or own.until_day >= absence.until_day
        near = own.area_id.startswith(limit) or posting.area_id.startswith(own.area_id)
        same = not RULES[Role(posting.role)].needs_department or own.department_id == posting.department_id
        if lasts and near and same:
            return True
    return False


def _near_sentence(role: Role) -> str:
    if RULES[role].needs_department:
        return _("A stand-in works in the same department and area on all of these days.")
    return _("A stand-in works in the same or a neighbouring area, or above it, on all of these days.")


def _note(verb: str, stand_in: StandIn, *, by: Actor, on: datetime.date, reason: str) -> None:
    posting = stand_in.posting
    record(
        Act(
            verb,
            "stand_in",
            str(stand_in.pk),
            happened_on=on,
            entered_on=clock.today(),
            area=posting.area_id,
            basis=reason,
            details={
                "posting": posting.pk,
                "role": posting.role,
                "absent": posting.user_id,
                "substitute": stand_in.substitute_id,
                "from": stand_in.from_day,
                "until": stand_in.until_day,
            },
        ),
        by=by,
    )
