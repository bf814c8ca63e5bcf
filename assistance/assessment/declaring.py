"""Declare an assessment, ask for its households to be judged, and call it off as long as nothing is decided.

assessment = declare(Wanted(area, whom, on), by=user)
cancel(assessment, "declared for the wrong day", by=user)
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.assessment import job_kind
from assistance.assessment.moved import moved_many
from assistance.assessment.rule import rule_on
from assistance.assessment.scoring import right_of, waiting
from assistance.models import AssessedHousehold, Assessment
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.jobs import asking
from foundation.jobs.models import OPEN, Job
from foundation.ledger.record import Act, record
from foundation.workflow.move import Request
from households.identity.masking import masked_text
from households.models import Standing

#: Who may be in a set: who was lifted out of poverty, and the three categories.
WHOM = (Standing.Kind.LIFTED_OUT, *Standing.MONITORED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The set: households of an area that count as one of `whom` on the day `on`."""

    area: str
    whom: tuple[str, ...]
    on: datetime.date
    note: str = ""


@transaction.atomic
def declare(wanted: Wanted, *, by: User, ring: bool = True) -> Assessment:
    """Declare an assessment and ask for the work; refused where the set is empty or nobody may declare it."""
    right = right_of(by, wanted.area)
    actor = by.authority(right or Right.REVIEW_CASES, wanted.area)
    if not wanted.whom or set(wanted.whom) - set(WHOM):
        raise Refused(_("Choose who is assessed."), field="whom")
    if wanted.on > clock.today():
        raise Refused(_("The day lies in the future: enter a day up to today."), field="on")
    rule = rule_on(wanted.on)
    assessment = Assessment(
        area_id=wanted.area, whom=list(dict.fromkeys(wanted.whom)), on=wanted.on, rule=rule.code,
        digest=rule.digest, note=masked_text(wanted.note.strip())[:200], declared_on=clock.today(), declared_by=by,
    )  # fmt: skip
    assessment.save()
    if not waiting(assessment):
        raise Refused(
            _(
                "Nobody would be assessed: no such household counts on this day, or all are in another assessment."
            )
        )
    act = Act(
        "assessment.declared", assessment._meta.label_lower, str(assessment.pk), wanted.on, clock.today(),
        area=wanted.area, details={"whom": assessment.whom, "rule": rule.code, "digest": rule.digest},
    )  # fmt: skip
    record(act, by=actor)
    _ask(assessment, by, ring)
    return assessment


def go_on(assessment: Assessment, *, by: User, ring: bool = True) -> Job:
    """Ask for the work again, where it was stopped or households came into the set since."""
    by.authority(right_of(by, assessment.area_id) or Right.REVIEW_CASES, assessment.area_id)
    if Assessment.objects.filter(pk=assessment.pk, cancelled_on__isnull=False).exists():
        raise Refused(_("This assessment was called off."))
    return _ask(assessment, by, ring)


@transaction.atomic
def cancel(assessment: Assessment, reason: str, *, by: User) -> Assessment:
    """Call an assessment off, with a reason; households that the county has decided about stand in the way."""
    held = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    actor = by.authority(right_of(by, held.area_id) or Right.REVIEW_CASES, held.area_id)
    said = masked_text(reason.strip())[:300]
    if not said:
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    if held.cancelled_on is not None:
        raise Refused(_("This assessment was called off."))
    if is_running(held):
        raise Refused(_("Households are still being judged: stop that work first."))
    rows = AssessedHousehold.objects.filter(assessment=held).select_related("household")
    if rows.filter(state__in=("decided", "done")).exists():
        raise Refused(_("The county has decided about some households: undo that first."))
    drop_all(list(rows.under_way()), said, by=by)
    held.cancelled_on, held.cancelled_why = clock.today(), said
    held.save(update_fields=["cancelled_on", "cancelled_why"])
    act = Act(
        "assessment.called_off", held._meta.label_lower, str(held.pk), clock.today(), clock.today(),
        area=held.area_id, details={"households": rows.count()}, personal={"reason": said},
    )  # fmt: skip
    record(act, by=actor)
    return held


def is_running(assessment: Assessment) -> bool:
    """Say whether households of an assessment are being judged now."""
    job = assessment.job
    return job is not None and Job.objects.filter(uuid=job, state__in=OPEN).exists()


def drop_all(rows: list[AssessedHousehold], reason: str, *, by: User) -> None:
    """Take households out of an assessment, each with the reason; refused whole where one of them stays."""
    county = bool(rows) and by.holds(Right.DECIDE_CASES, rows[0].area_code)
    results, _moved = moved_many(rows, Request("call_off" if county else "drop", reason=reason), by=by)
    refused = next((each.refusal for each in results if each.refusal is not None), None)
    if refused is not None:
        raise refused


def _ask(assessment: Assessment, by: User, ring: bool) -> Job:
    job = asking.enqueue(
        job_kind.JOB, {"assessment": assessment.pk}, by=by, area=assessment.area_id,
        dedupe=f"{job_kind.JOB}:{assessment.pk}", ring=ring,
    )  # fmt: skip
    Assessment.objects.filter(pk=assessment.pk).update(job=job.uuid, scored_on=None)
    assessment.job = job.uuid
    return job
