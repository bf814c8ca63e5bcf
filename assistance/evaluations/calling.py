"""A meeting is called with the households that wait for it; until it is concluded the list may still change."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assistance.evaluations.rules import GROUP
from assistance.models import AssessedHousehold, Case, Evaluation, EvaluationItem, Kind, Removal
from assistance.removal.mixed import Subject, split
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, Actor, record
from foundation.regulations.lookup import value

STEP = "evaluate"
Result = EvaluationItem.Result


@dataclass(frozen=True, slots=True)
class Call:
    """Which meeting: its kind (and why the committees, where it is theirs), day, time, place, how many must come."""

    meeting: str
    on: datetime.date
    place: str
    must_come: int
    at: datetime.time | None = None
    reason: str = ""


def waiting_in(area: str, user: User) -> QuerySet[Case]:
    """Return the cases of a village that wait for a meeting and are on no list yet, as `user` may see them."""
    rows = Case.objects.visible_to(user).waiting_for(STEP).filter(area=area)
    taken = EvaluationItem.objects.filter(result="", case__isnull=False).values("case")
    return rows.exclude(pk__in=taken).select_related("household", "area").order_by("opened_on", "pk")


@transaction.atomic
def call(area: Area, cases: Sequence[Subject], wanted: Call, *, by: User) -> Evaluation:
    """Call a meeting of a village on households of it; refused where one does not wait for it."""
    actor = by.authority(Right.PREPARE_CASES, area.code)
    _check_call(area.code, wanted)
    if not cases:
        raise Refused(_("Choose at least one household."), field="cases")
    made: Evaluation = Evaluation.objects.create(
        area=area,
        meeting=wanted.meeting,
        meeting_reason=wanted.reason.strip(),
        meets_on=wanted.on,
        meets_at=wanted.at,
        place=wanted.place.strip(),
        must_come=wanted.must_come,
        called_on=clock.today(),
        called_by=by,
    )
    _put_on(made, cases)
    note("called", made, actor, {**keys_of(cases), "meeting": made.meeting})
    return made


@transaction.atomic
def put_on(evaluation: Evaluation, cases: Sequence[Subject], *, by: User) -> Evaluation:
    """Put more households on the list of a meeting that is not concluded."""
    actor = by.authority(Right.PREPARE_CASES, evaluation.area_id)
    held = locked(evaluation)
    _put_on(held, cases)
    note("item_added", held, actor, keys_of(cases))
    return held


@transaction.atomic
def take_off(item: EvaluationItem, reason: str, *, by: User) -> EvaluationItem:
    """Take one household off the list; the others stay. Its case goes on waiting for a meeting."""
    actor = by.authority(Right.PREPARE_CASES, item.evaluation.area_id)
    if not reason.strip():
        raise Refused(_("Say why: this step needs a reason."), field="reason")
    held = locked(item.evaluation)
    written = {"result": Result.LEFT, "why": reason.strip()[:300]}
    if EvaluationItem.objects.filter(pk=item.pk, result="").update(**written) != 1:
        raise Refused(_("This household is no longer on the list."))
    note("item_left", held, actor, item.told(), reason)
    item.refresh_from_db()
    return item


@transaction.atomic
def call_off(evaluation: Evaluation, reason: str, *, by: User) -> Evaluation:
    """Call a meeting off: all its households go on waiting."""
    actor = by.authority(Right.PREPARE_CASES, evaluation.area_id)
    if not reason.strip():
        raise Refused(_("Say why: this step needs a reason."), field="reason")
    held = locked(evaluation)
    held.items.filter(result="").update(result=Result.LEFT, why=_("The meeting was called off."))
    held.cancelled_on, held.cancelled_why = clock.today(), reason.strip()[:200]
    held.save(update_fields=["cancelled_on", "cancelled_why"])
    note("cancelled", held, actor, {}, reason)
    return held


def locked(evaluation: Evaluation) -> Evaluation:
    """Return a meeting for writing; refused where it is over."""
    held: Evaluation = Evaluation.objects.select_for_update().select_related("area").get(pk=evaluation.pk)
    if not held.open:
        raise Refused(_("This meeting is over: nothing on it changes any more."))
    return held


def note(verb: str, row: Evaluation, actor: Actor, details: Mapping[str, object], reason: str = "") -> None:
    """Write an act on a meeting into the record; what was typed is only committed to."""
    today = clock.today()
    personal = {"reason": reason} if reason else {}
    record(
        Act(
            f"evaluation.{verb}", "assistance.evaluation", str(row.pk), today, today, area=row.area_id,
            details=details, personal=personal,
        ),
        by=actor,
    )  # fmt: skip


def keys_of(subjects: Sequence[Subject]) -> dict[str, list[int]]:
    """Return what the record says of some households of a list: keys of cases, and of what else stands there."""
    found = split(subjects)
    said = {"cases": sorted(case.pk for case in found.cases)}
    if found.removals:
        said["removals"] = sorted(row.pk for row in found.removals)
    if found.assessed:
        said["assessed"] = sorted(row.pk for row in found.assessed)
    return said


def _check_call(area: str, wanted: Call) -> None:
    if wanted.meeting not in Evaluation.Meeting.values:
        raise Refused(_("Choose which meeting it is."), field="meeting")
    if wanted.meeting == Evaluation.Meeting.COMMITTEES and not wanted.reason.strip():
        raise Refused(
            _("Say why the representatives cannot meet: the committees stand in for them."), field="reason"
        )
    if not wanted.place.strip():
        raise Refused(_("Say where the meeting is."), field="place")
    if clock.is_late(wanted.on, {area}):
        raise Refused(
            _("The meeting lies too far back: choose a day in the last %(days)d days.")
            % {"days": clock.backdating_days({area})},
            field="on",
        )
    least = value(GROUP, area=area, on=wanted.on)
    if wanted.must_come < int(least.amount or 1):
        raise Refused(
            _("At least %(least)d people must be summoned here.") % {"least": int(least.amount or 1)},
            field="must_come",
        )


def _put_on(evaluation: Evaluation, subjects: Sequence[Subject]) -> None:
    """Put households on the list; each must wait for the step, lie in the village, and be on no other list."""
    lines = _lines(evaluation, subjects)
    ready = {(line.case_id, line.removal_id, line.assessed_id) for line in lines}
    for each in subjects:
        if names(each) not in ready:
            raise Refused(
                _("Household %(code)s does not wait for a meeting of this village.")
                % {"code": each.household.code},
                field="cases",
            )
    try:
        with transaction.atomic():
            EvaluationItem.objects.bulk_create(lines)
    except IntegrityError as twice:
        raise Refused(
            _("One of these households is on the list of a meeting already."), field="cases"
        ) from twice


def names(each: Subject) -> tuple[int | None, int | None, int | None]:
    """Return what the line of a household would name: case, removal, assessed household."""
    if isinstance(each, AssessedHousehold):
        return None, None, each.pk
    return (each.case_id, each.pk, None) if isinstance(each, Removal) else (each.pk, None, None)


def _lines(evaluation: Evaluation, subjects: Sequence[Subject]) -> list[EvaluationItem]:
    """Return the lines of those households that wait for a meeting of this village."""
    found, village = split(subjects), evaluation.area_id
    ready = Case.objects.waiting_for(STEP).filter(pk__in=[case.pk for case in found.cases], area=village)
    leaving = Removal.objects.waiting_for(STEP).filter(
        pk__in=[row.pk for row in found.removals], case__area=village
    )
    judged = AssessedHousehold.objects.filter(
        pk__in=[row.pk for row in found.assessed], household__area=village, state="confirmed"
    )
    return [
        *(
            EvaluationItem(evaluation=evaluation, case_id=key)
            for key in ready.order_by("pk").values_list("pk", flat=True)
        ),
        *(
            EvaluationItem(evaluation=evaluation, case_id=case, kind=Kind.REMOVAL, removal_id=key)
            for key, case in leaving.order_by("pk").values_list("pk", "case")
        ),
        *(
            EvaluationItem(evaluation=evaluation, kind=Kind.ASSESSED, assessed_id=key)
            for key in judged.order_by("pk").values_list("pk", flat=True)
        ),
    ]
