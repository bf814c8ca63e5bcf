"""Say that a standard needs tuning, and answer that."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right
from foundation.inbox.notices import holders, notify
from foundation.workflow.move import Request, create, move
from monitoring.models import Finding, TuningRequest


@transaction.atomic
def ask_tuning(finding: Finding, *, alert: int, area: str, by: User) -> TuningRequest:
    """Say that the standard of a finding needs tuning, seen at a warning of a village; the county is told.

    Needs the right to report concerns there. Refused where that was said of this warning and is not answered.
    """
    actor = by.authority(Right.REPORT_CONCERNS, area)
    asked = TuningRequest(
        standard_id=finding.standard_id, finding=finding, alert=alert, area_id=area, asked_by=by,
        asked_on=clock.today(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            create(asked, by=by, actor=actor, details={"standard": finding.standard_id, "alert": alert})
    except IntegrityError as twin:
        raise Refused(_("This has been said of the standard already, and waits for an answer.")) from twin
    county = area[: Level.COUNTY]
    notify(
        holders(Right.RUN_COMPARISON, county, but=by),
        "tuning_asked",
        place=page_of(asked),
        group=asked.standard_id,
    )
    return asked


@transaction.atomic
def answer(asked: TuningRequest, given: Request, *, by: User) -> TuningRequest:
    """Answer with a reason: the standard or its line is changed, or it stays; who asked is told."""
    move(asked, given, by=by)
    if asked.asked_by != by:
        notify([asked.asked_by], "tuning_answered", place=page_of(asked), group=str(asked.pk))
    return asked


def page_of(asked: TuningRequest) -> str:
    """Return where a word about a standard stands: on the page of the standard."""
    county = asked.area_id[: Level.COUNTY]
    return f"{reverse('monitoring:standard', args=[asked.standard_id])}?area={county}#tuning"
