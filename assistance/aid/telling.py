"""Who hears of aid: who ticked the measure, when its aid is written down by somebody else."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assistance.models import AidRecord
from foundation.accounts.models import User
from foundation.inbox.kinds import NoticeKind
from foundation.inbox.notices import notify

KINDS = (
    NoticeKind(
        "aid_recorded",
        _("Aid was recorded for a measure that I had ticked"),
        _("Aid recorded for measures of households: {count}."),
    ),
)


def tell_landed(row: AidRecord, *, by: User) -> None:
    """Tell who ticked the measure of a record, unless they wrote it down themselves."""
    measure = row.measure
    if measure is not None and measure.ticked_by_id != by.pk:
        place = reverse("cases:aid_record", args=[row.pk])
        notify([measure.ticked_by], "aid_recorded", place=place, group=str(row.case_id))
