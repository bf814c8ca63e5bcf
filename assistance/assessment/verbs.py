"""What the acts on assessments are called in the record; moves of households are named by their table."""

from typing import Any

from django.utils.translation import pgettext_lazy

VERBS: dict[str, Any] = {
    "assessment.declared": pgettext_lazy("ledger", "assessment declared"),
    "assessment.called_off": pgettext_lazy("ledger", "assessment called off"),
    # What was written before meetings, notices and decisions were the batches of cases.
    "assessment.meeting": pgettext_lazy("ledger", "village meeting of an assessment"),
    "assessment.notice": pgettext_lazy("ledger", "notice of an assessment"),
    "assessment.decision": pgettext_lazy("ledger", "county decision of an assessment"),
    "assessment.policy_ended": pgettext_lazy("ledger", "policy ended for a household"),
    "assessment.policy_end_undone": pgettext_lazy("ledger", "end of policy undone"),
    "assessment.printed": pgettext_lazy("ledger", "assessment printed"),
    "roster.compared": pgettext_lazy("ledger", "list of civil affairs compared"),
    "roster.settled": pgettext_lazy("ledger", "difference to the list of civil affairs settled"),
    "roster.taken_out": pgettext_lazy("ledger", "list for civil affairs taken out"),
}
