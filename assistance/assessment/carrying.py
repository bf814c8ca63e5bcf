"""What a decided assessment brings about, by the ordinary ways: the township carries it out, household by household.

stays    nothing changes
leaves   a monitored household goes the way of a removal, with its guards and its chain: the village proposes it; for
         one that was lifted out of poverty and is not monitored, policy ends with the day of the decision, and the
         household is looked in on afterwards
object   the household is reported like any other signal: it is looked at at its door, and enrolled by the chain
"""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from alerts.models import Alert, Channel
from alerts.reporting import Told, report
from assistance.assessment.confirming import Done
from assistance.assessment.criteria import NO, of_kept
from assistance.assessment.rule import rule_of
from assistance.models import AssessedHousehold, Case, CaseBatch, PolicyExit
from assistance.removal.aftercare import next_visit
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record
from foundation.workflow.move import Request, move
from households.identity.masking import masked_text
from monitoring.screening.terms import EventKind

Result = AssessedHousehold.Result
#: Criterion that does not hold → the kind of event that the report names; the first one of the rule counts.
_EVENTS = {
    "income": EventKind.WORK, "expense": EventKind.DEBT, "schooling": EventKind.SCHOOLING,
    "insurance": EventKind.INSURANCE, "dwelling": EventKind.HOUSING, "water": EventKind.WATER,
}  # fmt: skip


def carry_out(rows: Sequence[AssessedHousehold], *, by: User) -> Done:
    """Carry out what was decided about households; each by itself, so that one that cannot leaves the others going."""
    done = Done()
    for row in rows:
        try:
            _carry(row, by)
        except Refused as refusal:
            done.refused.append((row.household.code, refusal.sentence))
        else:
            done.moved += 1
    return done


@transaction.atomic
def undo(row: AssessedHousehold, reason: str, *, by: User) -> AssessedHousehold:
    """Undo what was carried out: an end of policy holds no more. A report stays with the people who look into it."""
    move(row, Request("undo", reason=masked_text(reason.strip())), by=by)
    said = masked_text(reason.strip())[:300]
    for ended in PolicyExit.objects.holding().select_for_update(of=("self",)).filter(assessed=row):
        ended.undone_on, ended.undone_why = clock.today(), said
        ended.save(update_fields=["undone_on", "undone_why"])
        _note("assessment.policy_end_undone", ended, by)
    return row


@transaction.atomic
def _carry(row: AssessedHousehold, by: User) -> None:
    move(row, Request("carry_out", details={"result": row.result}), by=by)
    if row.result == Result.OBJECT:
        _report(row, by)
    elif row.result == Result.LEAVES and not row.goes_by_removal:
        _end_policy(row, by)


def decided_on(row: AssessedHousehold) -> datetime.date | None:
    """Return the day of the county's decision that holds about a household; None where it has not decided."""
    papers = row.batch_items.done().filter(batch__kind=CaseBatch.Kind.APPROVAL)
    return papers.order_by("-pk").values_list("batch__on", flat=True).first()


def _end_policy(row: AssessedHousehold, by: User) -> None:
    household = row.household
    if household.dissolved_on is not None:
        raise Refused(_("This household is dissolved: take the decision back."))
    if Case.objects.running().filter(household=household).exists():
        raise Refused(_("A case of this household runs now: take the decision back."))
    if Alert.objects.open().filter(household=household).exists():
        raise Refused(_("A warning of this household is open: it is looked into first."))
    last = decided_on(row)
    if last is None:
        raise Refused(_("The county has not decided about this household."))
    try:
        with transaction.atomic():
            ended = PolicyExit.objects.create(
                household=household, assessed=row, last_day=last, written_on=clock.today(), by=by,
                visit_due_on=next_visit(household.area_id, last),
            )  # fmt: skip
    except IntegrityError as twice:
        raise Refused(_("Policy has ended for this household already.")) from twice
    _note("assessment.policy_ended", ended, by)


def _report(row: AssessedHousehold, by: User) -> None:
    """Report the household as anybody would who saw it; an open warning takes the report in, and is not doubled."""
    failing = [each for each in of_kept(row.answers) if each.answer == NO and each.code in _EVENTS]
    kind = next((_EVENTS[each.code] for each in failing), EventKind.WORK)
    rule = rule_of(row.assessment.rule)
    with override("zh-hans"):
        told = "；".join(
            f"{criterion.label}：{each.said}"
            for each in failing
            if (criterion := rule.find(each.code)) is not None
        )
        text = _("Batch assessment as of %(day)s: %(told)s") % {
            "day": row.assessment.on,
            "told": told or row.why,
        }
    made = report(row.household, Told(Channel.VISIT, clock.today(), kind, text), by=by)
    AssessedHousehold.objects.filter(pk=row.pk).update(signal=made)
    row.signal = made


def _note(verb: str, ended: PolicyExit, by: User) -> None:
    area = ended.household.area_id
    act = Act(
        verb, "household", str(ended.household_id), ended.last_day, clock.today(), area=area,
        details={"exit": ended.pk, "assessed": ended.assessed_id}, personal={"reason": ended.undone_why},
    )  # fmt: skip
    record(act, by=by.authority(Right.REVIEW_CASES, area))
