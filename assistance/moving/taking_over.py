"""The new county takes a measure over from the old one: one by one, with a reason."""

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.measures.rules import planner
from assistance.measures.telling import tell_asked
from assistance.measures.ticking import ANSWER_DAYS, last_days
from assistance.models import Measure
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.record import Act, record
from households.identity.masking import masked_text


@transaction.atomic
def take_over(measure: Measure, reason: str, *, by: User) -> Measure:
    """Let the office of one's own county answer for a measure that the old county kept; that one is told.

    What waits for an answer is due by the days of the new area, from today; what landed keeps its days and amount.
    """
    actor = planner(measure.case, by)
    said = masked_text(reason.strip())[:200]
    if not said:
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    before = measure.kept_area_id
    rows = Measure.objects.filter(pk=measure.pk, kept_area__isnull=False)
    if before is None or rows.update(kept_area=None) != 1:
        raise Refused(_("The office of this county answers for the measure already."))
    measure.kept_area = None
    if measure.state == "asked":
        measure.due_on = last_days(ANSWER_DAYS, {measure.area_code})[measure.area_code]
        Measure.objects.filter(pk=measure.pk).update(due_on=measure.due_on)
        tell_asked([measure], by=by)
    today = clock.today()
    for area in (before, measure.case.area_id):
        act = Act("measure.taken_over", "assistance.measure", str(measure.pk), today, today, area=area,
                  basis=said, details={"from": before})  # fmt: skip
        record(act, by=actor)
    return measure
