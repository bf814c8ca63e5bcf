"""Hand households over from one person to another (交接): begun by the township, accepted by the receiver in one act.

Until then the giver stays responsible. The receiver sees the households from the beginning, because nobody can accept
what they may not read.
"""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Prefetch
from django.utils.translation import gettext as _

from assistance.helping import lending, telling
from assistance.helping.assigning import Named, check_person, not_told, said, told
from assistance.helping.places import unit_of
from assistance.models import Case, HandOver, HelperPlace
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import Posting, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record
from foundation.workflow.move import Request, create_many, move_many
from households.identity.masking import masked_text
from households.models import Resident
from households.models.households import HEAD
from households.querysets import ResidentQuerySet

#: A hand-over is begun at most so many days before its day.
_AHEAD = 60


@dataclass(frozen=True, slots=True)
class Handed:
    """Who hands over to whom, from which day and why; `places` are keys, None: everything the giver holds."""

    giver: User
    posting: Posting
    day: datetime.date
    reason: str
    places: Collection[int] | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """A hand-over that was begun: how many households it holds, and the sentence of each that it does not hold."""

    row: HandOver
    count: int
    refused: dict[str, str]


def heads() -> ResidentQuerySet:
    """Return the heads of households, for lists that name whose household it is."""
    return Resident.objects.present().filter(relation=HEAD)


def may_hand_over(giver: User, by: User) -> list[HelperPlace]:
    """Return the places that `giver` holds where `by` names helpers, and that are not being handed over yet."""
    rows = (
        HelperPlace.objects.visible_to(by, Right.ASSIGN_HELPERS)
        .held()
        .filter(person=giver)
        .select_related("case__household", "case__area", "person", "posting")
        .prefetch_related(Prefetch("case__household__residents", heads(), to_attr="heads"))
        .order_by("case__area_id", "case__household__code", "pk")
    )
    asked = set(
        HelperPlace.objects.filter(state="offered", case__in=[row.case_id for row in rows])
        .order_by()
        .values_list("case", "kind")
    )
    return [row for row in rows if (row.case_id, row.kind) not in asked]


def givers(by: User) -> list[tuple[User, str]]:
    """Return who holds places where `by` names helpers, with their name and how many households; most first."""
    rows = HelperPlace.objects.visible_to(by, Right.ASSIGN_HELPERS).held().order_by().values("person")
    counts = dict(rows.annotate(count=Count("case", distinct=True)).values_list("person", "count"))
    people = User.objects.filter(pk__in=counts)
    said_of = _("%(name)s · helps %(count)d households")
    named = [(each, said_of % {"name": each.name, "count": counts[each.pk]}) for each in people]
    return sorted(named, key=lambda pair: (-counts[pair[0].pk], pair[0].pk))


@transaction.atomic
def begin(wanted: Handed, *, by: User) -> Begun:
    """Begin a hand-over. A household that the receiver may not help stays with the giver, with the sentence why."""
    receiver = wanted.posting.user
    _check(wanted, receiver)
    offered = may_hand_over(wanted.giver, by)
    chosen = [row for row in offered if wanted.places is None or row.pk in set(wanted.places)]
    Case.objects.select_for_update().filter(pk__in=[row.case_id for row in chosen]).count()
    going, refused = _who_may(chosen, wanted, by)
    if not going:
        raise Refused(next(iter(refused.values()), _("No household is chosen: tick some.")), field="places")
    row = HandOver.objects.create(
        giver=wanted.giver,
        receiver=receiver,
        day=wanted.day,
        reason=masked_text(wanted.reason.strip())[:200],
        made_on=clock.today(),
        made_by=by,
    )
    _offer(row, going, wanted.posting, by)
    _note("hand_over.begun", row, going, by)
    telling.tell_handed_over(row, len(going))
    return Begun(row, len(going), refused)


@transaction.atomic
def accept(row: HandOver, *, by: User) -> int:
    """Take everything over: the giver's places end and the receiver's begin, all in one act; returns how many."""
    _check_receiver(row, by)
    if row.day > clock.today():
        raise Refused(_("This hand-over is for %(day)s: accept it from that day on.") % {"day": row.day})
    _answer(row, HandOver.Answer.ACCEPTED, "")
    new = _offered(row)
    old = _given_up(row, new)
    today, details = clock.today(), {"hand_over": row.pk}
    ended = Request(
        "hand_on", given=details, writes={"ended_on": today, "reason": row.reason}, details=details
    )
    _all(move_many(old, ended, by=by))
    _all(move_many(new, Request("accept", writes={"accepted_on": today}, details=details), by=by))
    lending.take_back(old, by=by)
    _note("hand_over.accepted", row, new, by)
    telling.tell_hand_over_answered(row, len(new), by=by)
    return len(new)


@transaction.atomic
def refuse(row: HandOver, reason: str, *, by: User) -> int:
    """Give everything back to the giver, with a reason; returns how many households."""
    _check_receiver(row, by)
    return _return(row, HandOver.Answer.REFUSED, "decline", reason, by)


@transaction.atomic
def take_back(row: HandOver, reason: str, *, by: User) -> int:
    """Call a hand-over off that nobody has answered yet; for who names helpers in all of its villages."""
    for area in {place.case.area_id for place in _offered(row)}:
        by.authority(Right.ASSIGN_HELPERS, area)
    return _return(row, HandOver.Answer.TAKEN_BACK, "take_back", reason, by)


@transaction.atomic
def all_told(row: HandOver, *, by: User) -> int:
    """Write down that every household of an accepted hand-over knows its new helper; returns how many."""
    places = HelperPlace.objects.visible_to(by).held().filter(hand_over=row, told_on__isnull=True)
    waiting = list(places.select_related("case__household"))
    for place in waiting:
        told(place, by=by)
    return len(waiting)


def told_last(row: HandOver, by: User) -> list[HelperPlace]:
    """Return the households of a hand-over of which it was written down last, on one day, that they know."""
    places = HelperPlace.objects.visible_to(by).held().filter(hand_over=row, told_on__isnull=False)
    found = list(places.select_related("case__household").order_by("-told_on", "pk"))
    return [place for place in found if place.told_on == found[0].told_on]


@transaction.atomic
def not_all_told(row: HandOver, reason: str, *, by: User) -> int:
    """Take back what was written down last (`told_last`), with the reason; returns of how many households."""
    places = told_last(row, by)
    for place in places:
        not_told(place, reason, by=by)
    return len(places)


def _return(row: HandOver, answer: HandOver.Answer, verb: str, reason: str, by: User) -> int:
    kept = masked_text(reason.strip())[:200]
    if not kept:
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    _answer(row, answer, kept)
    places = _offered(row)
    writes = {"ended_on": clock.today(), "reason": kept}
    _all(move_many(places, Request(verb, reason=kept, writes=writes, details={"hand_over": row.pk}), by=by))
    lending.take_back(places, by=by)
    _note(f"hand_over.{answer.value}", row, places, by)
    telling.tell_hand_over_answered(row, len(places), by=by)
    return len(places)


def _check(wanted: Handed, receiver: User) -> None:
    today = clock.today()
    if not wanted.reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    if receiver.pk == wanted.giver.pk:
        raise Refused(_("Choose another person: nobody hands over to themselves."), field="posting")
    if not today <= wanted.day <= today + datetime.timedelta(days=_AHEAD):
        raise Refused(
            _("Choose a day from today on, at most %(days)d days ahead.") % {"days": _AHEAD}, field="day"
        )


def _who_may(
    chosen: Sequence[HelperPlace], wanted: Handed, by: User
) -> tuple[list[HelperPlace], dict[str, str]]:
    going, refused = [], {}
    for place in chosen:
        try:
            if forbidden := recused(by, place.recusal_keys()):
                raise Refused(forbidden)
            check_person(place.case, Named(place.kind, wanted.posting))
        except Refused as refusal:
            refused[place.case.household.code] = refusal.sentence
        else:
            going.append(place)
    return going, refused


def _offer(row: HandOver, going: Sequence[HelperPlace], posting: Posting, by: User) -> None:
    """Name the receiver for every household, and lend it; one entry for each."""
    new: dict[str, list[HelperPlace]] = {}
    for old in going:
        place = HelperPlace(
            case=old.case,
            kind=old.kind,
            person=posting.user,
            posting=posting,
            unit=unit_of(posting),
            offered_on=clock.today(),
            assigned_by=by,
            hand_over=row,
        )
        new.setdefault(old.case.area_id, []).append(place)
    for area, places in new.items():
        actor = by.authority(Right.ASSIGN_HELPERS, area)
        create_many(places, by=by, actor=actor, details=said)
        for place in places:
            lending.lend(place, actor=actor)


def _check_receiver(row: HandOver, by: User) -> None:
    if row.receiver_id != by.pk:
        raise Refused(_("Only who receives the households answers: ask them."))


def _answer(row: HandOver, answer: HandOver.Answer, reason: str) -> None:
    """Write the one answer down; refused where somebody was quicker."""
    written = {"answered_on": clock.today(), "answer": answer, "answer_reason": reason}
    if HandOver.objects.waiting().filter(pk=row.pk).update(**written) != 1:
        raise Refused(_("This hand-over is answered already."))
    row.answered_on, row.answer, row.answer_reason = clock.today(), answer, reason


def _offered(row: HandOver) -> list[HelperPlace]:
    rows = HelperPlace.objects.filter(hand_over=row, state="offered")
    return list(rows.select_related("case__household", "case__area", "person", "posting").order_by("pk"))


def _given_up(row: HandOver, new: Sequence[HelperPlace]) -> list[HelperPlace]:
    """Return the places of the giver that end with the acceptance."""
    wanted = {(place.case_id, place.kind) for place in new}
    rows = HelperPlace.objects.held().filter(person=row.giver, case__in=[place.case_id for place in new])
    found = rows.select_related("case__household", "case__area", "person", "posting").order_by("pk")
    return [place for place in found if (place.case_id, place.kind) in wanted]


def _all(results: Sequence[object]) -> None:
    """Refuse the whole with the first sentence: a hand-over is accepted or returned in one act."""
    for result in results:
        refusal = getattr(result, "refusal", None)
        if refusal is not None:
            raise Refused(refusal.sentence)


def _note(verb: str, row: HandOver, places: Sequence[HelperPlace], by: User) -> None:
    today = clock.today()
    area = _common([place.case.area_id for place in places])
    details = {"giver": row.giver_id, "receiver": row.receiver_id, "cases": len(places)}
    act = Act(verb, "assistance.handover", str(row.pk), today, today, area=area, details=details)
    record(act, by=lending.acting(by, area))


def _common(areas: Sequence[str]) -> str:
    """Return the smallest area that holds all of these villages; of none, the whole."""
    if not areas:
        return ""
    first, last = min(areas), max(areas)
    same = next(
        (at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first)
    )
    return first[: max((length for length in (2, 4, 6, 9, 12, 15) if length <= same), default=0)]
