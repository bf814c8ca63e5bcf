"""Papers that support what the desk decides: the letter of appointment (任职文件) of a proposed posting."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.labels import role_labels
from foundation.accounts.roles import Right, Role
from foundation.desk.models import GrantProposal
from foundation.files.owners import AttachmentOwner, FileKind

#: Where no value holds (regulations: appointment_retention).
_TEN_YEARS = 3653

APPOINTMENT = FileKind(
    "appointment",
    gettext_lazy("letter of appointment"),
    keep_days=_TEN_YEARS,
    kept_by="appointment_retention",
    keeps_original=True,
    stamped=True,
)


def title_of(proposal: GrantProposal) -> str:
    """Name a proposal in one line: who, as what, where."""
    label = role_labels(proposal.area_id)[Role(proposal.role)]
    return f"{proposal.user.name} · {label} · {proposal.area.name}"


def closed(proposal: GrantProposal) -> str:
    """Say why the papers of a proposal can no longer change, or ""."""
    if proposal.state in ("proposed", "returned"):
        return ""
    return _("This proposal is decided: its papers stay as they were.")


GRANT_PAPERS = AttachmentOwner(
    model=GrantProposal,
    route="grant",
    kinds=(APPOINTMENT,),
    view_right=Right.VIEW_STAFF,
    attach_right=Right.GRANT_POSTINGS,
    title=title_of,
    url=lambda proposal: reverse("desk:grant", args=[proposal.pk]),
    stamp=lambda proposal: (
        _("Proposal %(number)d") % {"number": proposal.pk},
        proposal.area.name,
    ),
    closed=closed,
)
