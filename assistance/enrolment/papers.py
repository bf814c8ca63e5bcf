"""Papers of a case that no step of its chain brings along: a signed statement, a letter of another office."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from assistance.models import Case
from foundation.accounts.roles import Right
from foundation.files.owners import AttachmentOwner, FileKind

#: Ten years, as the file of a household is kept.
_TEN_YEARS = 3653
STATEMENT = FileKind(
    "statement",
    pgettext_lazy("case", "signed statement of the household"),
    keep_days=_TEN_YEARS,
    kept_by="case_file_retention",
    keeps_original=True,
    stamped=True,
)
PAPER = FileKind(
    "paper",
    pgettext_lazy("case", "paper of the case"),
    keep_days=_TEN_YEARS,
    kept_by="case_file_retention",
    keeps_original=True,
)


def _closed(case: Case) -> str:
    return "" if case.is_running else _("This case has ended: its papers stay as they were.")


PAPERS = AttachmentOwner(
    model=Case,
    route="case",
    kinds=(STATEMENT, PAPER),
    view_right=Right.VIEW_CASES,
    attach_right=Right.PREPARE_CASES,
    title=lambda case: _("Case %(number)s") % {"number": case.number},
    url=lambda case: reverse("cases:case", args=[case.pk]),
    stamp=lambda case: (case.number, case.area.name),
    closed=_closed,
    namespace="cases",
)
