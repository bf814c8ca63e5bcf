"""Pictures of the papers of a move: the giver attaches them, both areas see them (docs/decisions/0099)."""

from django.urls import reverse
from django.utils.translation import pgettext, pgettext_lazy

from foundation.accounts.roles import Right
from foundation.files.owners import AttachmentOwner, FileKind
from households.models import HouseholdMove
from households.moving.lifecycle import WAITING

#: Where no value holds: ten years, as the file of a household is kept.
_TEN_YEARS = 3653

PAPER = FileKind(
    "move_paper",
    pgettext_lazy("move", "paper of a move"),
    keep_days=_TEN_YEARS,
    kept_by="case_file_retention",
    keeps_original=True,
)


def closed(row: HouseholdMove) -> str:
    """Say why nothing is added to a move any more, or "": what was made at once gets its papers afterwards."""
    if row.state in (*WAITING, "accepted"):
        return ""
    return pgettext("move", "This move is settled: its papers stay as they were.")


PAPERS = AttachmentOwner(
    model=HouseholdMove,
    route="move",
    kinds=(PAPER,),
    view_right=Right.VIEW_HOUSEHOLDS,
    attach_right=Right.EDIT_HOUSEHOLDS,
    title=lambda row: pgettext("move", "move of %(name)s") % {"name": row.head},
    url=lambda row: reverse("moves:move", args=[row.pk]),
    closed=closed,
    # The giver's: who proposes attaches. Who sees the move sees them, on either side.
    area=lambda row: row.from_area_id,
    seen_from=lambda row: (row.to_area_id,),
    namespace="moves",
)
