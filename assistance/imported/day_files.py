"""The paper that names the day of an imported identification."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from assistance.models import ImportedDay
from foundation.accounts.roles import Right
from foundation.files.owners import AttachmentOwner, FileKind

#: Where no value holds: ten years, as the file of a household is kept.
_TEN_YEARS = 3653

PROOF = FileKind(
    "identification",
    pgettext_lazy("imported", "paper of the identification"),
    keep_days=_TEN_YEARS,
    kept_by="case_file_retention",
    keeps_original=True,
)

FILES = AttachmentOwner(
    model=ImportedDay,
    route="imported-day",
    kinds=(PROOF,),
    view_right=Right.VIEW_CASES,
    attach_right=Right.DECIDE_CASES,
    title=lambda row: _("Day of identification of case %(number)s") % {"number": row.case.number},
    url=lambda row: reverse("cases:imported_day", args=[row.pk]),
    closed=lambda row: "" if row.taken_back_on is None else _("This day was taken back: its papers stay."),
    goes_with=lambda row: row.case,
    namespace="cases",
)
