"""Pictures of the papers that were seen for a family event."""

from django.urls import reverse
from django.utils.translation import pgettext, pgettext_lazy

from foundation.accounts.roles import Right
from foundation.files.owners import AttachmentOwner, FileKind
from households.models import LineageAct

#: Where no value holds: ten years, as the file of a household is kept.
_TEN_YEARS = 3653

PAPER = FileKind(
    "family_paper",
    pgettext_lazy("lineage", "paper of a family event"),
    keep_days=_TEN_YEARS,
    kept_by="case_file_retention",
    keeps_original=True,
)


def _title(act: LineageAct) -> str:
    return pgettext("lineage", "%(kind)s, household %(code)s") % {
        "kind": act.get_kind_display(), "code": act.home.code,
    }  # fmt: skip


PAPERS = AttachmentOwner(
    model=LineageAct,
    route="family",
    kinds=(PAPER,),
    view_right=Right.VIEW_HOUSEHOLDS,
    attach_right=Right.EDIT_HOUSEHOLDS,
    title=_title,
    url=lambda act: reverse("households:family_event", args=[act.pk]),
    closed=lambda act: (
        pgettext("lineage", "This event was taken back: its papers stay as they were.")
        if act.is_undone
        else ""
    ),
    namespace="households",
)
