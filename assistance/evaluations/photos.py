"""Files of a meeting: signed minutes, photos of the hall, the list of who came."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from assistance.models import Evaluation
from foundation.accounts.roles import Right
from foundation.files.content import PICTURES
from foundation.files.owners import AttachmentOwner, FileKind

_TEN_YEARS = 3653

PHOTO = FileKind(
    "photo",
    pgettext_lazy("evaluation", "photo of the meeting"),
    keep_days=_TEN_YEARS,
    kept_by="case_file_retention",
    accepts=PICTURES,
    keeps_original=True,
    stamped=True,
)
MINUTES = FileKind(
    "minutes",
    pgettext_lazy("evaluation", "signed minutes"),
    keep_days=_TEN_YEARS,
    kept_by="case_file_retention",
    keeps_original=True,
)


def _title(evaluation: Evaluation) -> str:
    return _("Democratic evaluation of %(day)s") % {"day": evaluation.meets_on}


PHOTOS = AttachmentOwner(
    model=Evaluation,
    route="evaluation",
    kinds=(PHOTO, MINUTES),
    view_right=Right.VIEW_CASES,
    attach_right=Right.PREPARE_CASES,
    title=_title,
    url=lambda evaluation: reverse("cases:evaluation", args=[evaluation.pk]),
    stamp=lambda evaluation: (_title(evaluation), evaluation.area.name, evaluation.place),
    closed=lambda evaluation: _("This meeting was called off.") if evaluation.cancelled_on else "",
    namespace="cases",
)
