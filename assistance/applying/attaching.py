"""Papers of an application: the written application itself, and what the household was asked to bring."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.models import Application
from foundation.accounts.roles import Right
from foundation.files.owners import AttachmentOwner, FileKind

#: Where no value holds: as long as signatures are kept (regulations: signature_retention).
_TEN_YEARS = 3653

WRITTEN = FileKind(
    "application",
    gettext_lazy("written application"),
    keep_days=_TEN_YEARS,
    kept_by="signature_retention",
    keeps_original=True,
)
BROUGHT = FileKind(
    "brought",
    gettext_lazy("paper that was brought"),
    keep_days=_TEN_YEARS,
    kept_by="signature_retention",
)


def closed(row: Application) -> str:
    """Say why nothing is added to an application any more, or ""."""
    return "" if row.is_living else _("A later application took the place of this one.")


PAPERS = AttachmentOwner(
    model=Application,
    route="application",
    kinds=(WRITTEN, BROUGHT),
    view_right=Right.VIEW_CASES,
    attach_right=Right.PREPARE_CASES,
    title=str,
    url=lambda row: reverse("cases:application", args=[row.pk]),
    closed=closed,
    namespace="cases",
)
