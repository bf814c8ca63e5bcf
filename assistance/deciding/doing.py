"""Decide about some cases of a batch, and write down what became of each. In the transaction of the caller.

Who may not go on is found first, set-wise; the others move together. What other parts set before a move
(assistance.enrolment.barriers) keeps a case out of its batch: an objection that is open, a paper that is missing.
"""

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _

from assistance.assessment.deciding import decide_assessed
from assistance.deciding import writing
from assistance.deciding.conclusion import confirm_as_computed, holding
from assistance.deciding.kinds import RULES, Kind
from assistance.enrolment.barriers import standing_before
from assistance.enrolment.moved import follow, moved_many
from assistance.lifecycle import CASE
from assistance.models import Case, CaseBatch, CaseBatchItem
from assistance.removal.deciding import decide_removals
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.workflow.move import Request
from foundation.workflow.rules import Checks

Result = CaseBatchItem.Result
#: What is read along with the items of a batch, for those that are no entries.
OTHERS = (
    "removal__case__household", "removal__case__standing__household", "assessed__household", "assessed__assessment",
)  # fmt: skip


def do(batch: CaseBatch, items: Sequence[CaseBatchItem]) -> None:
    """Decide about the cases of `items`, which were chosen in the versions that they carry.

    Refused as a whole only for what is wrong with the batch itself, such as a day too long ago.
    """
    leaving = [item for item in items if item.removal_id is not None]
    assessed = [item for item in items if item.assessed_id is not None]
    entries = [item for item in items if item.removal_id is None and item.assessed_id is None]
    by_case = _decide_entries(batch, entries) if entries or not (leaving or assessed) else {}
    if leaving:
        by_case |= decide_removals(batch, leaving)
    refused = {item.pk: by_case[item.case_id] for item in items if item.case_id in by_case}
    if assessed:
        refused |= decide_assessed(batch, assessed)
    write_results(items, refused)


def _decide_entries(batch: CaseBatch, items: Sequence[CaseBatchItem]) -> dict[int, Refused]:
    """Decide about the cases that are to be enrolled; returns who stays out, by key."""
    cases = []
    for item in items:
        if item.case is not None:
            item.case.version = item.version
            cases.append(item.case)
    refused = _kept_out(batch, cases)
    going = [case for case in cases if case.pk not in refused]
    results, moved = moved_many(going, _request(batch), by=batch.by)
    refused |= {result.key: result.refusal for result in results if result.refusal is not None}
    _AFTER[batch.kind](moved, batch)
    follow(moved, by=batch.by)
    return refused


def write_results(items: Sequence[CaseBatchItem], refused: Mapping[int, Refused]) -> None:
    """Write down what became of each line; `refused` by key of the line."""
    for item in items:
        refusal = refused.get(item.pk)
        item.result = Result.LEFT if refusal else Result.DONE
        item.why = refusal.sentence[:300] if refusal else ""
    CaseBatchItem.objects.bulk_update(items, ["result", "why"], batch_size=1_000)


def _kept_out(batch: CaseBatch, cases: Sequence[Case]) -> dict[int, Refused]:
    """Return which cases stay out, and why: first what the move itself forbids, then what stands beside it."""
    rule = RULES[batch.kind]
    refused = _forbidden(cases, rule.verb, batch.by)
    rest = [case for case in cases if case.pk not in refused]
    refused |= {key: Refused(why) for key, why in standing_before(rule.verb, rest).items()}
    rest = [case for case in cases if case.pk not in refused]
    return refused | _BEFORE[batch.kind](rest, batch)


def _forbidden(cases: Sequence[Case], verb: str, by: User) -> dict[int, Refused]:
    if not cases:
        return {}
    checks, refused = Checks(cases, CASE.find(verb), by), dict[int, Refused]()
    for case in cases:
        try:
            checks.actor_for(case)
        except Refused as refusal:
            refused[case.pk] = refusal
    return refused


def _unconcluded(cases: Sequence[Case], batch: CaseBatch) -> dict[int, Refused]:
    """Refuse cases of which nobody has confirmed a conclusion, unless the computed one is confirmed with the batch."""
    refused = confirm_as_computed(cases, by=batch.by) if batch.as_computed else {}
    held = holding(cases)
    for case in cases:
        if case.pk not in held and case.pk not in refused:
            refused[case.pk] = Refused(
                _("Nobody has confirmed a category and risk types yet: open the case first.")
            )
    return refused


def _request(batch: CaseBatch) -> Request:
    writes = {"decided_on": batch.on} if batch.kind == Kind.APPROVAL else {}
    rule = RULES[batch.kind]
    return Request(
        rule.verb, on=batch.on, reason=batch.note, given={rule.needs: batch.pk}, writes=writes,
        details={"batch": batch.pk},
    )  # fmt: skip


_BEFORE: dict[str, Callable[[Sequence[Case], CaseBatch], dict[int, Refused]]] = {
    Kind.REVIEW: _unconcluded,
    Kind.APPROVAL: _unconcluded,
    Kind.ANNOUNCEMENT: writing.not_holdable,
}
_AFTER: dict[str, Callable[[Sequence[Case], CaseBatch], None]] = {
    Kind.REVIEW: writing.nothing,
    Kind.APPROVAL: writing.write_decisions,
    Kind.ANNOUNCEMENT: writing.write_standings,
}
