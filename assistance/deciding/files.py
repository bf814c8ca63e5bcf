"""Files of a decision: the minutes of the meeting, the approval as it was signed, a photo of the announcement."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from assistance.deciding.kinds import RULES
from assistance.models import CaseBatch
from foundation.accounts.roles import Right
from foundation.files.owners import AttachmentOwner, FileKind

#: Where no value holds: as long as the papers of an appointment.
_TEN_YEARS = 3653

PAPER = FileKind(
    "paper",
    gettext_lazy("paper of the decision"),
    keep_days=_TEN_YEARS,
    kept_by="case_file_retention",
    keeps_original=True,
)
PHOTO = FileKind(
    "photo",
    gettext_lazy("photo of the posting"),
    keep_days=_TEN_YEARS,
    kept_by="case_file_retention",
    keeps_original=True,
    stamped=True,
)


def title_of(batch: CaseBatch) -> str:
    """Name a paper in one line: what was decided, when, and its number."""
    return " · ".join(filter(None, (str(batch.get_kind_display()), batch.on.isoformat(), batch.number)))


FILES = AttachmentOwner(
    model=CaseBatch,
    route="batch",
    kinds=(PAPER, PHOTO),
    view_right=Right.VIEW_CASES,
    attach_right=Right.REVIEW_CASES,
    attach_right_of=lambda batch: RULES[batch.kind].right,
    title=title_of,
    url=lambda batch: reverse(f"cases:{RULES[batch.kind].word}_paper", args=[batch.pk]),
    stamp=lambda batch: (title_of(batch), batch.area.name),
    namespace="cases",
)
