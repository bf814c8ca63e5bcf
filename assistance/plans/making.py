"""Make a version of the plan from what is ticked; the township approves it, or sends it back with the reason."""

import datetime
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assistance.enrolment.lasts import last_days
from assistance.measures.lasting import stands
from assistance.measures.rules import ASKING, planner
from assistance.measures.selectors import of_case, risks_of
from assistance.models import Case, Plan, PlanLine
from assistance.plans import telling
from assistance.plans.bare import gaps_now, told
from assistance.plans.checking import NoDevelopment, check, gaps_of
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.workflow.move import Request, create, move
from households.identity.masking import masked_text

#: Days within which the township approves a plan or sends it back.
APPROVAL_DAYS = "plan_approval_days"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says beside the measures: what shall be reached, and why nothing develops the household."""

    aim: str = ""
    without: NoDevelopment = field(default_factory=NoDevelopment)


@transaction.atomic
def submit(case: Case, wanted: Wanted, *, by: User) -> Plan:
    """Make the next version from the measures that stand now, and hand it to the township.

    Refused where a risk has no measure, naming it, and where labour has no development measure and no reason.
    """
    locked = (
        Case.objects.select_for_update(of=("self",)).select_related("household", "standing").get(pk=case.pk)
    )
    actor = planner(locked, by)
    if locked.state not in ASKING:
        raise Refused(_("The plan is made once the county has decided; measures can be ticked before."))
    measures = [row for row in of_case(locked) if stands(row, clock.today())]
    risks = risks_of([locked])[locked.pk]
    if not measures:
        raise Refused(_("Nothing is ticked yet: tick what this household needs."))
    gaps = gaps_of(locked, risks, measures)
    check(locked, gaps, wanted.without)
    last = Plan.objects.filter(case=locked).aggregate(last=Max("number"))["last"] or 0
    plan = Plan(
        case=locked,
        number=last + 1,
        risk_types=risks,
        aim=masked_text(wanted.aim.strip()),
        no_development=masked_text(wanted.without.reason.strip()) if gaps.development else "",
        revisit_on=wanted.without.revisit_on if gaps.development else None,
        made_on=clock.today(),
        made_by=by,
        due_on=last_days(APPROVAL_DAYS, {locked.area_id})[locked.area_id],
    )
    try:
        with transaction.atomic():
            create(plan, by=by, actor=actor, details={"case": locked.pk, "number": plan.number})
    except IntegrityError as clash:
        raise Refused(
            _("A version waits for the township already: take it back first, or wait for its answer.")
        ) from clash
    PlanLine.objects.bulk_create(
        PlanLine(plan=plan, measure=row, risk_type=row.risk_type, state=row.state) for row in measures
    )
    telling.tell_submitted(plan, by=by)
    return plan


@transaction.atomic
def approve(plan: Plan, *, by: User, on: datetime.date | None = None) -> Plan:
    """Approve a version for the township; the one that held before is superseded in the same act.

    Refused where it has gaps by now: a measure was refused or stopped since it was made, or a new risk was judged.
    """
    _check_again(plan)
    before = Plan.objects.select_for_update().filter(case=plan.case_id, state="approved").first()
    if before is not None:
        move(before, Request("supersede", on=on), by=by)
    move(plan, Request("approve", on=on, writes={"decided_on": on or clock.today()}), by=by)
    telling.tell_decided(plan, by=by)
    return plan


def _check_again(plan: Plan) -> None:
    """Refuse to approve what answers every risk no longer; sending it back says what is missing."""
    gaps = gaps_now(plan)
    if gaps.risks:
        said = {"risks": told(gaps.risks, plan.case.area_id)}
        raise Refused(
            _(
                "Since this version was made, no measure of it stands against “%(risks)s” any more: send it back."
            )
            % said
        )
    if gaps.development:
        raise Refused(
            _("Since this version was made, its development measure has fallen away: send it back, so that the next "
              "one has another, or says why not.")
        )  # fmt: skip


@transaction.atomic
def send_back(plan: Plan, reason: str, *, by: User, on: datetime.date | None = None) -> Plan:
    """Send a version back to who made it, with what is missing; the next version is a new one."""
    said = masked_text(reason.strip())[:200]
    move(
        plan,
        Request("return", on=on, reason=said, writes={"decided_on": on or clock.today(), "decision": said}),
        by=by,
    )
    telling.tell_decided(plan, by=by)
    return plan


@transaction.atomic
def take_back(plan: Plan, reason: str, *, by: User, on: datetime.date | None = None) -> Plan:
    """Take a version back that the township has not answered."""
    planner(plan.case, by)
    return move(plan, Request("withdraw", on=on, reason=masked_text(reason.strip())), by=by)
