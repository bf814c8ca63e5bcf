"""What leaves as PDF: the pictures of a row as one file, and a proposal as a sheet to print, sign and stamp."""

import io
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from PIL import Image

from foundation.accounts import clock
from foundation.accounts.labels import role_labels
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right, Role
from foundation.desk.grants import left_by
from foundation.desk.models import GrantProposal
from foundation.desk.papers import GRANT_PAPERS, title_of
from foundation.desk.watermark import watermark
from foundation.files import pdf
from foundation.files.content import PDF
from foundation.files.looking import Opened, read_pictures
from foundation.files.models import Attachment
from foundation.files.owners import AttachmentOwner
from foundation.ledger.record import Act, record
from foundation.workflow.offers import history


@transaction.atomic
def pictures(attachments: Iterable[Attachment], row: Model, *, owner: AttachmentOwner, by: User) -> Opened:
    """Return the pictures among `attachments` as one PDF; a look at each is recorded."""
    read = read_pictures(attachments, row, owner=owner, by=by)
    if not read:
        raise Refused(_("There is no picture here to share."))
    title = owner.title(row)
    made = pdf.picture_sheet(title, watermark(by, title), [_on_paper(*each) for each in read])
    return _opened(made, title)


@transaction.atomic
def grant_sheet(proposal: GrantProposal, *, by: User) -> Opened:
    """Return a proposal as a sheet: what is proposed, the papers, what happened; printing it is recorded."""
    actor = by.authority(Right.VIEW_STAFF, proposal.area_code)
    today = clock.today()
    record(
        Act("grant.printed", "desk.grantproposal", str(proposal.pk), today, today, area=proposal.area_code),
        by=actor,
    )
    title = _("Proposed posting")
    made = pdf.sheet(
        pdf.Sheet(
            title=title,
            watermark=watermark(by, proposal.area.name),
            facts=_facts(proposal, by),
            grids=[_papers(proposal, by), _history(proposal)],
            signatures=[_("Proposed by"), _("Approved by"), _("Seal")],
        )
    )
    return _opened(made, f"{title} {title_of(proposal)}")


def _facts(proposal: GrantProposal, by: User) -> list[tuple[str, str]]:
    until = proposal.until_day.isoformat() if proposal.until_day else _("open")
    facts = [
        (_("Number"), str(proposal.pk)),
        (_("Member of staff"), proposal.user.name),
        (_("Role"), str(role_labels(proposal.area_id)[Role(proposal.role)])),
        (_("Area"), f"{proposal.area.name} {proposal.area.padded_code}"),
        (_("Department"), proposal.department.called if proposal.department else ""),
        (_("Period"), f"{proposal.from_day.isoformat()} – {until}"),
        (_("Takes the place of"), left_by(proposal, by)),
        (_("State"), proposal.state_label),
        (_("Proposed by"), proposal.proposed_by.name),
        (_("Reason"), proposal.reason),
    ]
    return [(label, value) for label, value in facts if value]


def _papers(proposal: GrantProposal, by: User) -> pdf.Grid:
    files = Attachment.objects.visible_to(by).of(proposal).living().select_related("uploaded_by")
    rows = [
        (
            each.name,
            str(GRANT_PAPERS.kind(each.kind).label),
            each.uploaded_on.isoformat(),
            each.uploaded_by.name,
        )
        for each in files
    ]
    columns = (_("File"), _("Kind"), _("Uploaded on"), _("Uploaded by"))
    return pdf.Grid(_("Papers"), columns, rows, empty=_("No paper is attached."))


def _history(proposal: GrantProposal) -> pdf.Grid:
    label = {proposal.lifecycle.created: _("Propose")}
    rows = [
        (
            passage.happened_on.isoformat(),
            label.get(passage.verb) or str(proposal.lifecycle.find(passage.verb).label),
            passage.by.name,
            passage.reason,
        )
        for passage in history(proposal)
    ]
    return pdf.Grid(_("What happened"), (_("Day"), _("Step"), _("By"), _("Reason")), rows)


def _on_paper(attachment: Attachment, jpeg: bytes) -> pdf.PictureOnPaper:
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
        width, height = picture.size
    taken = attachment.taken_at
    when = (
        f"{taken.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}" if taken else attachment.uploaded_on.isoformat()
    )
    digest = _("SHA-256 of the original: %(digest)s") % {"digest": attachment.sha256}
    return pdf.PictureOnPaper(jpeg, width, height, [f"{attachment.name} · {when}", digest])


def _opened(content: bytes, name: str) -> Opened:
    return Opened(iter([content]), f"{name}.pdf", PDF, len(content))
