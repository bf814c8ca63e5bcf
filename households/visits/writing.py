"""Write visits down, correct them on the same day, annul them.

    record_visit(household, Told("home", met=[head], answers={…}, place=Place(34.1, 113.9, 12)), by=user, key=key)

Each writes its ledger entry in the same transaction: counts and digests, never words, names or places.
"""

import datetime
import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.record import canonical
from foundation.workflow.move import Request, create, move
from households.identity.masking import masked_text
from households.models import Household, Visit, VisitVersion
from households.visits import answers, checking, drafts, purposes, signatures
from households.visits.book import declared_of, in_force
from households.visits.followers import followers
from households.visits.known import facts_of
from households.visits.purposes import Purpose
from households.visits.questionnaires import Declared
from households.visits.told import Told, body_of

#: Columns of a visit that a correction may change.
_TOLD = (
    "happened_on", "at", "way", "way_reason", "outcome", "others", "latitude", "longitude", "accuracy", "no_place",
    "answers", "known", "note", "digest",
)  # fmt: skip
#: Most words of a note, and of who else was there.
LONGEST_NOTE, LONGEST_OTHERS = 1000, 200


@transaction.atomic
def record_visit(
    household: Household, told: Told, *, by: User, key: UUID | None = None, serves: Sequence[Purpose] = ()
) -> Visit:
    """Write a visit down, and what it served. Refused by right, kinship, and where something cannot be.

    The same `key` again is the visit that is there; with other words under it, it is refused, never lost silently.
    """
    actor = checking.may_visit(household, by)
    on = clock.happened(told.happened_on, reason=told.reason, areas=[household.area_id])
    visit = Visit(household=household, area_id=household.area_id, key=key or uuid4(), entered_by=by)
    visit.entered_on = clock.today()
    visit.questionnaire_id = _questionnaire(told.questionnaire, on).key
    body = _take(visit, told, on, by)
    if key is not None and (twin := _twin(key, body, by)):
        return twin
    try:
        with transaction.atomic():
            create(visit, by=by, on=on, reason=told.reason, actor=actor, details=_details(visit, body))
    except IntegrityError:
        if twin := _twin(visit.key, body, by):
            return twin
        raise
    _people(visit, told, by)
    _check_serves(visit, serves)
    purposes.serve(visit, serves, by=by)
    for each in followers():
        each.written(visit, by=by)
    signatures.owe(visit, by=by)
    drafts.done(visit.key, by)
    return visit


@transaction.atomic
def amend_visit(visit: Visit, told: Told, *, by: User) -> Visit:
    """Correct a visit on the day it was entered; only who entered it does. What it said before is kept.

    `visit.version` is what the person saw: where it was corrected since, the correction is refused.
    """
    checking.may_visit(visit.household, by)
    if visit.entered_by_id != by.pk:
        raise Refused(_("Only who wrote a visit down corrects it."))
    if visit.entered_on != clock.today():
        raise Refused(
            _(
                "A visit is corrected on the day it was entered. Annul it and write it down anew, with the reason."
            )
        )
    signatures.check_unsigned(visit)
    before, seen = body_of(visit), visit.version
    on = clock.happened(told.happened_on, reason=told.reason, areas=[visit.area_id])
    former_digest = visit.digest
    body = _take(visit, told, on, by)
    changed = sorted(name for name in body if body[name] != before[name])
    if not changed:
        raise Refused(_("Nothing differs from what stands there: change something, or go back."))
    written = {name: getattr(visit, name) for name in _TOLD}
    move(
        visit,
        Request("amend", reason=told.reason, details={"changed": changed, "digest": written["digest"]}),
        by=by,
    )
    VisitVersion.objects.create(visit=visit, version=seen, body=before, digest=former_digest, changed=changed)
    Visit.objects.filter(pk=visit.pk).update(**written)
    _people(visit, told, by)
    visit.refresh_from_db()
    purposes.follow_correction(visit, by=by)
    for each in followers():
        each.corrected(visit, by=by)
    signatures.owe_anew(visit, by=by)
    return visit


@transaction.atomic
def annul_visit(visit: Visit, *, reason: str, by: User, on: datetime.date | None = None) -> Visit:
    """Annul a visit that should not count: whoever wrote it down, or who reviews visits there. It stays, with why."""
    verb = "annul" if visit.entered_by_id == by.pk else "strike"
    move(visit, Request(verb, on=on, reason=reason), by=by)
    signatures.drop(visit, by=by)
    purposes.release(visit, by=by)
    for each in followers():
        each.annulled(visit, by=by)
    return visit


def _questionnaire(code: str, on: datetime.date) -> Declared:
    found = in_force(on).get(code)
    if found is None:
        raise Refused(_("Choose what is written down."), field="questionnaire")
    return found


def _check_serves(visit: Visit, serves: Sequence[Purpose]) -> None:
    """Refuse a form that is made for one kind of work where none of that kind is settled by it."""
    asked_for = declared_of(visit.questionnaire).serves
    if asked_for and asked_for not in {each.model for each in serves}:
        raise Refused(
            _("This form is for work that is due here: tick what it settles, or choose another form."),
            field="purposes",
        )


def _take(visit: Visit, told: Told, on: datetime.date, by: User) -> dict[str, Any]:
    """Check what is told and put it into the visit, unsaved; returns its body."""
    household = visit.household
    checking.check(household, told, on, by=by)
    declared = declared_of(visit.questionnaire)
    spoke = told.outcome == Visit.Outcome.MET
    place, visit.no_place = checking.place_of(told)
    visit.latitude, visit.longitude, visit.accuracy = (
        (place.latitude, place.longitude, place.accuracy) if place else (None, None, None)
    )
    visit.happened_on, visit.at, visit.way, visit.outcome = on, told.at, told.way, told.outcome
    visit.way_reason = masked_text(told.way_reason.strip()) if told.way != Visit.Way.HOME else ""
    visit.others = _short(told.others, LONGEST_OTHERS, "others")
    visit.note = _short(told.note, LONGEST_NOTE, "note")
    visit.answers = answers.checked(declared, told.answers, area=visit.area_id, on=on) if spoke else {}
    visit.known = answers.repeated(declared, visit.answers, facts_of(household, on))
    people = [each.pk for each in checking.visitors_of(told, by)]
    body = body_of(visit, visitors=people, met=[each.pk for each in told.met])
    visit.digest = hashlib.sha256(canonical(body)).hexdigest()
    return body


def _short(text: str, most: int, field: str) -> str:
    kept = masked_text(text.strip())
    if len(kept) > most:
        raise Refused(_("At most %(most)d characters.") % {"most": most}, field=field)
    return kept


def _twin(key: UUID, body: dict[str, Any], by: User) -> Visit | None:
    """Return the visit that the same form made before; refused where it says something else."""
    twin = Visit.objects.filter(entered_by=by, key=key).first()
    if twin is None:
        return None
    if body_of(twin) != body:
        raise Refused(
            _("This visit is written down already, with other words: open it and correct it there.")
        )
    return twin


def _people(visit: Visit, told: Told, by: User) -> None:
    visit.visitors.set(checking.visitors_of(told, by))
    visit.met.set(told.met)


def _details(visit: Visit, body: dict[str, Any]) -> dict[str, Any]:
    """Return what the ledger is told of a visit."""
    return {
        "household": str(visit.household_id),
        "way": visit.way,
        "outcome": visit.outcome,
        "questionnaire": body["questionnaire"],
        "visitors": len(body["visitors"]),
        "met": len(body["met"]),
        "digest": visit.digest,
    }
