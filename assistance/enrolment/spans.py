"""When the total clock of a case stood still: what happened to its warning until the proposal, then to the case."""

import datetime
from collections.abc import Iterable, Sequence

from alerts.models import Alert
from alerts.verification.spans import Past
from assistance.lifecycle import LEFT
from assistance.models import Case
from foundation.workflow.models import Passage

#: Where nobody of township or village can go on; time in these states is a pause where the area says so.
PAUSED = frozenset({"unauthorised", *LEFT})
#: Where a warning stands while its case runs: what happens to it from then on, the case tells.
PROPOSED = "proposed"


def pasts(cases: Sequence[Case]) -> dict[int, Past]:
    """Return what happened to each case, and before it to its warning; two queries."""
    found = {case.pk: Past(case.opened_on) for case in cases}
    of_alert = {str(case.alert_id): case.pk for case in cases if case.alert_id is not None}
    proposed: set[str] = set()
    for key, before, after, on in _moves(Alert._meta.label_lower, of_alert):
        if before != after and key not in proposed:
            found[of_alert[key]].passed(after, on)
        if after == PROPOSED:
            proposed.add(key)
    for key, before, after, on in _moves(Case._meta.label_lower, (str(case.pk) for case in cases)):
        if before != after:
            found[int(key)].passed(after, on, PAUSED)
    return found


def _moves(model: str, keys: Iterable[str]) -> Iterable[tuple[str, str, str, datetime.date]]:
    rows = Passage.objects.filter(model=model, object_id__in=list(keys)).order_by("pk")
    return rows.values_list("object_id", "from_state", "to_state", "happened_on")
