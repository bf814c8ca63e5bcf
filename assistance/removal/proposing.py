"""A removal is proposed when every guard holds, and may be taken back, refused, declined, or checked anew."""

import datetime
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assistance.data_checks.following import ask_again
from assistance.models import Case, MeasureStatement, Removal
from assistance.removal import chain, contacts
from assistance.removal.evidence import Evidence
from assistance.removal.guards import failing, guards_of, use_values
from assistance.removal.moved import advance, follow
from assistance.removal.selectors import may_undo
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record
from foundation.regulations.lookup import value
from foundation.workflow.move import Request, create
from households.identity.masking import masked_text

Way = Removal.Way
#: The value that lists the reasons of natural removal.
REASONS = "natural_removal_reasons"


@dataclass(frozen=True, slots=True)
class Proposal:
    """How the risk went and why, and who stays in touch with the household afterwards."""

    way: str
    why: str
    contact_name: str
    contact_phone: str
    natural_reason: str = ""


@transaction.atomic
def propose(case: Case, asked: Proposal, *, by: User) -> Removal:
    """Propose the removal of a monitored household's risk; refused while a guard does not hold."""
    case = (
        Case.objects.select_for_update(of=("self",)).select_related("household", "standing").get(pk=case.pk)
    )
    actor = by.authority(Right.PREPARE_CASES, case.area_id)
    if forbidden := recused(by, case.recusal_keys()):
        raise Refused(forbidden)
    if case.state != "enrolled":
        raise Refused(_("The removal of a risk is proposed for a monitored household."))
    _check(case, asked)
    guards = guards_of(case, asked.way)
    if sentence := failing(guards):
        raise Refused(sentence)
    today = clock.today()
    removal = Removal(
        case=case,
        way=asked.way,
        natural_reason=asked.natural_reason,
        why=masked_text(asked.why.strip()),
        visit=Evidence(case, today).check,
        contact_name=asked.contact_name.strip(),
        contact_phone=asked.contact_phone.strip(),
        guards=[guard.kept() for guard in guards],
        proposed_on=today,
    )
    try:
        with transaction.atomic():
            create(removal, by=by, actor=actor, details={"case": case.pk, "way": asked.way})
    except IntegrityError as twice:
        raise Refused(_("A removal of this case is under way already.")) from twice
    use_values(case, today)
    chain.begin(removal)
    follow([removal], by=by)
    return removal


@transaction.atomic
def state_measure(case: Case, measure: str, on: datetime.date, why: str, *, by: User) -> MeasureStatement:
    """State for the township that a measure was delivered, where no record of it is kept here."""
    actor = by.authority(Right.REVIEW_CASES, case.area_id)
    if forbidden := recused(by, case.recusal_keys()):
        raise Refused(forbidden)
    if case.state != "enrolled":
        raise Refused(_("Measures are stated for a monitored household."))
    if not measure.strip():
        raise Refused(_("Say which measure it was."), field="measure")
    if not why.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="why")
    first = Evidence(case, clock.today()).identified_on
    if not first <= on <= clock.today():
        raise Refused(_("The day lies between the identification and today."), field="on")
    made: MeasureStatement = MeasureStatement.objects.create(
        case=case,
        measure=masked_text(measure.strip())[:100],
        delivered_on=on,
        why=masked_text(why.strip())[:200],
        stated_on=clock.today(),
        by=by,
    )
    act = Act(
        "removal.measure_stated", "assistance.case", str(case.pk), on, clock.today(), area=case.area_id,
        details={"statement": made.pk}, personal={"measure": made.measure, "why": made.why},
    )  # fmt: skip
    record(act, by=actor)
    ask_again([case.household_id])
    return made


@transaction.atomic
def strike_measure(statement: MeasureStatement, why: str, *, by: User) -> MeasureStatement:
    """Strike a statement for the township, because it was wrong: it stays readable, and no guard counts it."""
    case = statement.case
    actor = by.authority(Right.REVIEW_CASES, case.area_id)
    if forbidden := recused(by, case.recusal_keys()):
        raise Refused(forbidden)
    if not why.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="why")
    today, told = clock.today(), masked_text(why.strip())[:200]
    rows = MeasureStatement.objects.standing().filter(pk=statement.pk)
    if rows.update(struck_on=today, struck_why=told, struck_by=by) != 1:
        raise Refused(_("This statement is struck already."))
    act = Act(
        "removal.measure_struck", "assistance.case", str(case.pk), today, today, area=case.area_id,
        details={"statement": statement.pk}, personal={"measure": statement.measure, "why": told},
    )  # fmt: skip
    record(act, by=actor)
    ask_again([case.household_id])
    statement.refresh_from_db()
    return statement


@transaction.atomic
def withdraw(removal: Removal, reason: str, *, by: User) -> Removal:
    """Take a proposal back: the household goes on being monitored, and may be proposed again."""
    return _end(removal, "withdraw", reason, by)


@transaction.atomic
def refuse(removal: Removal, reason: str, *, by: User) -> Removal:
    """Decide in the township that the risk is not removed."""
    return _end(removal, "refuse", reason, by)


@transaction.atomic
def decline(removal: Removal, reason: str, *, by: User) -> Removal:
    """Decide in the county that the risk is not removed."""
    return _end(removal, "decline", reason, by)


@transaction.atomic
def ask_anew(removal: Removal, reason: str, *, by: User) -> Removal:
    """Ask for a new house check; nobody judges before it is there. Evaluation and notice are not repeated."""
    verb = "return_from_county" if "decide" in removal.waits_for else "return"
    asked = Request(verb, reason=reason, writes={"recheck_since": clock.today()}, back_to="review")
    return advance(removal, asked, by=by)


@transaction.atomic
def undo_approval(removal: Removal, reason: str, *, by: User) -> Removal:
    """Take a mistaken approval back: who approved it, on the same day, before the announcement."""
    if removal.state == "approved" and not may_undo(removal, by):
        raise Refused(
            _("Only who approved it takes it back, on the same day. Later a removal is rolled back.")
        )
    return _back_to_decision(removal, "undo_approval", reason, by)


@transaction.atomic
def take_up_again(removal: Removal, reason: str, *, by: User) -> Removal:
    """Judge an approved removal again, because something stands before its announcement; refused where nothing does."""
    return _back_to_decision(removal, "take_up_again", reason, by)


def leave_lists(removal: Removal, why: str) -> None:
    """Take a removal off the lists that it stands on: a meeting that is not concluded, a notice."""
    removal.evaluation_items.filter(result="").update(result="left", why=why[:300])
    lines = removal.notice_items.filter(ended_on__isnull=True, left_on__isnull=True)
    lines.update(left_on=clock.today(), left_why=why[:200])


def reasons_of(area: str, on: datetime.date | None = None) -> dict[str, dict[str, str]]:
    """Return the reasons of natural removal of an area by code, with their names in both languages."""
    return {item["code"]: item for item in value(REASONS, area=area, on=on).items}


def _back_to_decision(removal: Removal, verb: str, reason: str, by: User) -> Removal:
    """Let the county decide again; its paper keeps the line, as one that was undone."""
    writes: dict[str, object] = {"decided_on": None, "decided_guards": []}
    advance(removal, Request(verb, reason=reason, writes=writes, back_to="decide"), by=by)
    items = removal.batch_items.filter(result="done", batch__kind="approval")
    items.update(result="undone", why=reason.strip()[:300])
    return removal


def _end(removal: Removal, verb: str, reason: str, by: User) -> Removal:
    advance(removal, Request(verb, reason=reason), by=by)
    leave_lists(removal, _("The removal left the procedure."))
    return removal


def _check(case: Case, asked: Proposal) -> None:
    if asked.way not in Way.values:
        raise Refused(_("Choose how the risk went."), field="way")
    if asked.way == Way.NATURAL and asked.natural_reason not in reasons_of(case.area_id):
        raise Refused(_("Choose the reason of the natural removal."), field="natural_reason")
    if asked.way == Way.ASSISTED and asked.natural_reason:
        raise Refused(_("A natural reason belongs to a natural removal only."), field="natural_reason")
    if not asked.why.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="why")
    contacts.check(asked.contact_name, asked.contact_phone)
