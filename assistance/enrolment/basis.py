"""Facts under a case that changed: told with old and new, answered by township or county; nothing moves by itself.

A finding is corrected or taken back by its department (field.md 5.15); a member dies, leaves or comes (5.4). Help goes
on meanwhile, and so does the procedure.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from alerts.models import Signal
from assistance.enrolment.lasts import last_days
from assistance.lifecycle import RUNNING, UNDER_WAY
from assistance.models import BasisChange, Case
from assistance.telling import tell_from_outside
from foundation.accounts import clock
from foundation.accounts.composition import parts
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record, record_many
from monitoring.followers import TakenUp
from monitoring.models import Run

DAYS = "basis_answer_days"
#: The step of the chain while which a notice hangs.
NOTICE = "notice"
Kind, Answer = BasisChange.Kind, BasisChange.Answer


@transaction.atomic
def after_comparison(run: Run, *, by: User) -> TakenUp:
    """Flag running cases whose findings a run took back or measured anew (monitoring.followers.ComparisonFollower).

    Stands before the follower of warnings, which lets signals say what their findings say now.
    """
    if not run.looks_back:
        found = [*_taken_back(run), *_corrected(run)]
        _flag([change for change in found if not _said_already(change)])
    return TakenUp()


def _of_running(run: Run) -> Any:
    here = Signal.objects.living().filter(alert__cases__state__in=RUNNING, finding__isnull=False)
    rows = here.filter(alert__area__code__startswith=run.area_id).annotate(case=F("alert__cases"))
    return rows.select_related("finding").order_by("pk")


def _taken_back(run: Run) -> Iterable[BasisChange]:
    for signal in _of_running(run).filter(finding__retracted_at__isnull=False):
        yield _change(signal, Kind.TAKEN_BACK, {})


def _corrected(run: Run) -> Iterable[BasisChange]:
    """Yield what is measured otherwise of one and the same day: time that passes corrects nothing."""
    rows = _of_running(run).filter(finding__run=run, finding__retracted_at__isnull=True)
    other = rows.filter(day=F("finding__day"), measured__isnull=False)
    for signal in other.exclude(measured=F("finding__measured")):
        yield _change(signal, Kind.CORRECTED, _facts(signal.standard_id, signal.finding))


def _change(signal: Any, kind: str, new: dict[str, str]) -> BasisChange:
    return BasisChange(
        case_id=signal.case,
        finding=signal.finding,
        kind=kind,
        old=_facts(signal.standard_id, signal),
        new=new,
        told_on=clock.today(),
    )


def _facts(standard: str | None, told: Any) -> dict[str, str]:
    """Return what a signal or a finding says, as text."""
    return {
        "standard": standard or "",
        "day": str(told.day),
        "measured": str(told.measured),
        "line": str(told.line),
    }


def _said_already(change: BasisChange) -> bool:
    """Say whether this was told of the case before: a closed warning keeps what was measured then."""
    known = BasisChange.objects.filter(case=change.case_id, finding=change.finding_id, kind=change.kind)
    return known.filter(Q(new=change.new) | Q(answered_on__isnull=True)).exists()


def flag_members(changed: Sequence[tuple[Case, Mapping[str, int], Mapping[str, int]]]) -> None:
    """Flag cases in which members came or went, with the counts before and after."""
    known = set(
        BasisChange.objects.unanswered()
        .filter(kind=Kind.MEMBERS, case__in=[case.pk for case, _old, _new in changed])
        .values_list("case", flat=True)
    )
    _flag(
        [
            BasisChange(case=case, kind=Kind.MEMBERS, old=old, new=new, told_on=clock.today())
            for case, old, new in changed
            if case.pk not in known
        ]
    )


def flag_two_cases(first: Case, second: Case) -> list[int]:
    """Propose on both cases that one of them goes on for all (field.md 5.30); returns the keys of what was asked."""
    asked = []
    for case, other in ((first, second), (second, first)):
        known = BasisChange.objects.unanswered().filter(case=case, kind=Kind.TWO_CASES)
        if not known.exists():
            asked.append(
                BasisChange(
                    case=case, kind=Kind.TWO_CASES, old={"case": case.pk}, new={"case": other.pk},
                    told_on=clock.today(),
                )
            )  # fmt: skip
    _flag(asked)
    return [change.pk for change in asked]


def _flag(changes: Sequence[BasisChange]) -> None:
    """Store what changed with its deadline, and tell township and county."""
    if not changes:
        return
    cases = Case.objects.in_bulk({change.case_id for change in changes})
    lasts = last_days(DAYS, {case.area_id for case in cases.values()})
    for change in changes:
        change.due_on = lasts[cases[change.case_id].area_id]
    BasisChange.objects.bulk_create(changes)
    today = clock.today()
    acts = [
        Act("case.basis_changed", "assistance.case", str(change.case_id), today, today,
            area=cases[change.case_id].area_id, details={"kind": change.kind, "finding": change.finding_id})
        for change in changes
    ]  # fmt: skip
    record_many(acts, by=User.objects.built_in("system").authority(Right.DECIDE_CASES, ""))
    tell_from_outside("case_basis_changed", cases.values())


def answers_for(change: BasisChange) -> list[str]:
    """Return what can be said to a change, as its case stands."""
    found = [Answer.KEEP.value, Answer.RECHECK.value]
    hangs = NOTICE in change.case.waits_for
    if change.kind == Kind.MEMBERS and hangs and parts("CORRECTED_NOTICES"):
        found.append(Answer.NOTICE.value)
    if change.kind == Kind.TWO_CASES:
        return [Answer.KEEP.value, Answer.JOIN.value]
    if change.case.state not in UNDER_WAY:
        found.append(Answer.CORRECT.value)
    return found


@transaction.atomic
def answer(change: BasisChange, said: str, note: str, *, by: User) -> BasisChange:
    """Answer for township or county; a corrected notice is asked for where that is the answer, all else people do."""
    case = change.case
    decides = by.holds(Right.DECIDE_CASES, case.area_id)
    actor = by.authority(Right.DECIDE_CASES if decides else Right.REVIEW_CASES, case.area_id)
    if forbidden := recused(by, case.recusal_keys()):
        raise Refused(forbidden)
    if said not in answers_for(change):
        raise Refused(_("Choose what follows."), field="answer")
    if not note.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="note")
    today = clock.today()
    rows = BasisChange.objects.unanswered().filter(pk=change.pk)
    if rows.update(answer=said, note=note.strip(), answered_on=today, answered_by=by) != 1:
        raise Refused(_("Somebody else has just answered: look at the case again."))
    act = Act(
        "case.basis_answered", "assistance.case", str(case.pk), today, today, area=case.area_id,
        details={"change": change.pk, "answer": said}, personal={"note": note.strip()},
    )  # fmt: skip
    record(act, by=actor)
    if said == Answer.NOTICE:
        for corrected in parts("CORRECTED_NOTICES"):
            corrected(case, by=by)
    change.refresh_from_db()
    return change
