"""Files of a notice: the photo that proves its posting, and papers that belong to it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from assistance.models import Notice
from foundation.accounts import clock
from foundation.accounts.roles import Right
from foundation.files.content import PICTURES
from foundation.files.owners import AttachmentOwner, FileKind

_TEN_YEARS = 3653

POSTED = FileKind(
    "posted",
    pgettext_lazy("notice", "photo of the posted notice"),
    keep_days=_TEN_YEARS,
    kept_by="case_file_retention",
    accepts=PICTURES,
    keeps_original=True,
    stamped=True,
)
DOWN = FileKind(
    "taken_down",
    pgettext_lazy("notice", "photo after taking down"),
    keep_days=_TEN_YEARS,
    kept_by="case_file_retention",
    accepts=PICTURES,
    keeps_original=True,
    stamped=True,
)
SCAN = FileKind(
    "paper",
    pgettext_lazy("notice", "notice with seal"),
    keep_days=_TEN_YEARS,
    kept_by="case_file_retention",
    keeps_original=True,
)


def _closed(notice: Notice) -> str:
    """The proof stays while a notice hangs; afterwards the photo of the empty wall may come, then nothing more."""
    if notice.cancelled_on is not None:
        return _("This notice was given up.")
    if notice.taken_down_on is not None:
        return _("This notice is over: its files stay as they are.")
    if notice.until is not None and notice.until >= clock.today():
        return _("The proof of a notice that hangs stays as it is.")
    return ""


PHOTOS = AttachmentOwner(
    model=Notice,
    route="notice",
    kinds=(POSTED, SCAN, DOWN),
    view_right=Right.VIEW_CASES,
    attach_right=Right.PREPARE_CASES,
    title=lambda notice: _("Public notice %(number)d") % {"number": notice.pk},
    url=lambda notice: reverse("cases:notice", args=[notice.pk]),
    stamp=lambda notice: (_("Public notice %(number)d") % {"number": notice.pk}, notice.area.name),
    closed=_closed,
    namespace="cases",
)
