"""Decide about the removals of a batch: review, approval, announcement. In the transaction of the caller."""

from collections.abc import Callable, Sequence

from assistance.models import CaseBatch, CaseBatchItem, Removal
from assistance.removal import barriers, ending
from assistance.removal.lifecycle import REMOVAL
from assistance.removal.moved import follow, moved_many
from foundation.accounts.refusals import Refused
from foundation.workflow.move import Request
from foundation.workflow.rules import Checks

Kind = CaseBatch.Kind
#: Verb of a batch, by its kind, and what the move needs: the key of the batch.
VERBS = {
    Kind.REVIEW: ("review", "conclusion"),
    Kind.APPROVAL: ("approve", "approval"),
    Kind.ANNOUNCEMENT: ("announce", "announcement"),
}
_AFTER: dict[str, Callable[[Sequence[Removal], CaseBatch], None]] = {
    Kind.REVIEW: ending.nothing,
    Kind.APPROVAL: ending.write_decisions,
    Kind.ANNOUNCEMENT: ending.write_ends,
}


def decide_removals(batch: CaseBatch, items: Sequence[CaseBatchItem]) -> dict[int, Refused]:
    """Move the removals of some items, which were chosen in the versions that they carry; who stays out, by case."""
    removals = []
    for item in items:
        if item.removal is not None:
            item.removal.version = item.version
            removals.append(item.removal)
    verb, needs = VERBS[Kind(batch.kind)]
    refused = _kept_out(batch, verb, removals)
    going = [row for row in removals if row.case_id not in refused]
    given = {needs: batch.pk}
    asked = Request(verb, on=batch.on, reason=batch.note, given=given, details={"batch": batch.pk})
    results, moved = moved_many(going, asked, by=batch.by)
    case_of = {row.pk: row.case_id for row in going}
    refused |= {case_of[each.key]: each.refusal for each in results if each.refusal is not None}
    _AFTER[Kind(batch.kind)](moved, batch)
    follow(moved, by=batch.by)
    return refused


def _kept_out(batch: CaseBatch, verb: str, removals: Sequence[Removal]) -> dict[int, Refused]:
    """Return by case who stays out, and why: what the move forbids, what stands before it, and the register."""
    refused: dict[int, Refused] = {}
    checks = Checks(removals, REMOVAL.find(verb), batch.by)
    for removal in removals:
        try:
            checks.actor_for(removal)
        except Refused as refusal:
            refused[removal.case_id] = refusal
    rest = [row for row in removals if row.case_id not in refused]
    case_of = {row.pk: row.case_id for row in rest}
    barred = barriers.standing_before(verb, rest)
    refused |= {case_of[key]: Refused(why) for key, why in barred.items()}
    if batch.kind == Kind.ANNOUNCEMENT:
        refused = ending.not_endable(rest, batch) | refused
    return refused
