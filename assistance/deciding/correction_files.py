"""Files of a correction: the photo of its notice on the wall, and papers of the hearing."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from assistance.models import Correction
from foundation.accounts.roles import Right
from foundation.files.models import Attachment
from foundation.files.owners import AttachmentOwner, FileKind

_TEN_YEARS = 3653

POSTED = FileKind(
    "posted",
    pgettext_lazy("case", "photo of the posted correction"),
    keep_days=_TEN_YEARS,
    kept_by="case_file_retention",
    keeps_original=True,
    stamped=True,
)
HEARING = FileKind(
    "hearing",
    pgettext_lazy("case", "paper of the hearing"),
    keep_days=_TEN_YEARS,
    kept_by="case_file_retention",
    keeps_original=True,
)


def is_proved(row: Correction) -> bool:
    """Say whether the photo of the notice is there already."""
    return Attachment.objects.of(row).living().filter(kind=POSTED.code).exists()


def _closed(row: Correction) -> str:
    if row.noticed_on is not None or row.outcome == Correction.Outcome.REJECTED:
        return _("This correction is over: its files stay as they are.")
    return ""


FILES = AttachmentOwner(
    model=Correction,
    route="correction",
    kinds=(POSTED, HEARING),
    view_right=Right.VIEW_CASES,
    attach_right=Right.REVIEW_CASES,
    title=lambda row: _("Correction of case %(number)s") % {"number": row.case.number},
    url=lambda row: reverse("cases:correction", args=[row.pk]),
    stamp=lambda row: (row.case.number, row.case.area.name),
    closed=_closed,
    namespace="cases",
)
