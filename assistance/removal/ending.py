"""What decisions write of removals beside their move: guards of the day, the end of the standing, the case."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from assistance.enrolment.barriers import standing_before
from assistance.enrolment.moved import advance as advance_case
from assistance.models import Case, CaseBatch, Removal
from assistance.removal.aftercare import next_visit
from assistance.removal.evidence import Evidence
from assistance.removal.guards import guards_of, use_values
from foundation.accounts import clock
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.workflow.move import Request
from households import standing


def nothing(_removals: Sequence[Removal], _batch: CaseBatch) -> None:
    """Write nothing: a review is its passage and its paper."""


def write_decisions(removals: Sequence[Removal], batch: CaseBatch) -> None:
    """Keep what held when the county approved, and the check that it was judged by."""
    today = clock.today()
    for removal in removals:
        guards = guards_of(removal.case, removal.way, today, removal)
        removal.decided_guards = [guard.kept() for guard in guards]
        removal.decided_on = batch.on
        removal.visit = Evidence(removal.case, today).check or removal.visit
        use_values(removal.case, today)
    Removal.objects.bulk_update(removals, ["decided_guards", "decided_on", "visit"], batch_size=500)


def not_endable(removals: Sequence[Removal], _batch: CaseBatch) -> dict[int, Refused]:
    """Return by key of the case why its standing cannot end."""
    barred = standing_before("remove", [removal.case for removal in removals])
    refused = {key: Refused(sentence) for key, sentence in barred.items()}
    for removal in removals:
        held = removal.standing
        if held is None or held.until_day is not None:
            refused[removal.case_id] = Refused(
                _("The register does not have this household as monitored any more.")
            )
        elif removal.case.state != "enrolled":
            refused[removal.case_id] = Refused(_("This case is no longer enrolled: look at it again."))
    return refused


def write_ends(removals: Sequence[Removal], batch: CaseBatch) -> None:
    """Mark announced removals: the standing ends with the day of the decision, and the case is removed."""
    for removal in removals:
        held, case = removal.standing, removal.case
        if held is None or removal.decided_on is None:
            raise ValueError(removal)
        last = max(removal.decided_on, held.from_day or removal.decided_on)
        standing.end(
            held, last, removal_way=removal.way, by=batch.by, reason=removal.why, right=Right.REVIEW_CASES
        )
        given = {"removal": removal.pk}
        asked = Request("remove", reason=removal.why, given=given, details=given, writes={"ended_on": last})
        advance_case(Case.objects.select_related("household").get(pk=case.pk), asked, by=batch.by)
        removal.removed_on = batch.on
        removal.visit_due_on = next_visit(removal.area_id, removal.decided_on)
    Removal.objects.bulk_update(removals, ["removed_on", "visit_due_on"], batch_size=500)
