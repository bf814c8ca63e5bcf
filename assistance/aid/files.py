"""Photos and receipts of aid."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from assistance.models import AidRecord
from foundation.accounts.roles import Right
from foundation.files.owners import AttachmentOwner, FileKind

#: Where no value holds: ten years, as the file of a household is kept.
_TEN_YEARS = 3653

RECEIPT = FileKind(
    "receipt",
    pgettext_lazy("aid", "photo or receipt"),
    keep_days=_TEN_YEARS,
    kept_by="case_file_retention",
    keeps_original=True,
)

AID_FILES = AttachmentOwner(
    model=AidRecord,
    route="aid",
    kinds=(RECEIPT,),
    view_right=Right.VIEW_CASES,
    attach_right=Right.RECORD_AID,
    title=lambda row: row.name,
    url=lambda row: reverse("cases:aid_record", args=[row.pk]),
    closed=lambda row: "" if row.state == "recorded" else _("This record was struck out: its files stay."),
    goes_with=lambda row: row.case,
    namespace="cases",
)
