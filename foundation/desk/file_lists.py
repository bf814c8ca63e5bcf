"""What templates/components/attachments.html shows: the files of one row, and what this person may do with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef
from django.urls import reverse

from foundation.accounts.models import User
from foundation.files.models import Attachment, StoredCopy
from foundation.files.owners import MB, AttachmentOwner, FileKind
from foundation.files.querysets import copy_of

Use = StoredCopy.Use


@dataclass(frozen=True, slots=True)
class ShownFile:
    """One file of the list; an empty address is something this person cannot do, or that does not exist.

    `attached_by` is empty to whoever may not know that colleague.
    """

    attachment: Attachment
    kind: str
    attached_by: str
    thumbnail_url: str
    open_url: str
    remove_url: str
    other_copies: Sequence[StoredCopy]

    @property
    def place(self) -> str:
        """Where the picture says it was taken, in degrees."""
        if self.attachment.latitude is None:
            return ""
        return f"{self.attachment.latitude:.6f}, {self.attachment.longitude:.6f}"


@dataclass(frozen=True, slots=True)
class FileList:
    """The files of one row. `closed` says why nothing can be added; `errors` what was refused just now."""

    files: Sequence[ShownFile]
    kinds: Sequence[FileKind]
    may_attach: bool
    closed: str
    url: str
    pdf_url: str
    errors: Sequence[str] = ()

    @property
    def accept(self) -> str:
        """The types that the file chooser offers."""
        return ",".join(sorted({each for kind in self.kinds for each in kind.accepts}))

    @property
    def largest(self) -> int:
        """The largest file that any kind takes, in MB."""
        return max(kind.largest for kind in self.kinds) // MB

    @property
    def has_pictures(self) -> bool:
        """Whether there is anything that a PDF of pictures would show."""
        return any(each.thumbnail_url for each in self.files)


def file_list(row: Model, owner: AttachmentOwner, user: User, *, errors: Sequence[str] = ()) -> FileList:
    """Return the living files of a row that `user` came to through its door. Two queries."""
    closed = owner.closed(row)
    holds = user.holds(owner.right_to_attach(row), owner.area(row), of=owner.lent_with(row))
    name = f"{owner.namespace}:{owner.route}"
    known = Exists(User.objects.visible_to(user).filter(pk=OuterRef("uploaded_by")))
    attachments = Attachment.objects.visible_to(user).of(row).living().with_copies().annotate(known=known)
    attachments = attachments.select_related("uploaded_by")
    return FileList(
        files=[
            _shown(each, owner, name, each.uploaded_by.name if each.known else "", holds and not closed)
            for each in attachments
        ],
        kinds=owner.kinds,
        may_attach=holds,
        closed=closed,
        url=reverse(f"{name}_files", args=[row.pk]),
        pdf_url=reverse(f"{name}_files_pdf", args=[row.pk]),
        errors=errors,
    )


def _shown(attachment: Attachment, owner: AttachmentOwner, name: str, by: str, may_remove: bool) -> ShownFile:
    def url(action: str) -> str:
        return reverse(f"{name}_{action}", args=[attachment.uuid])

    others: list[Any] = [copy_of(attachment, use) for use in (Use.STAMPED, Use.ORIGINAL)]
    return ShownFile(
        attachment,
        str(owner.kind(attachment.kind).label),
        by,
        thumbnail_url=url("thumbnail") if copy_of(attachment, Use.THUMBNAIL) else "",
        open_url=url("file"),
        remove_url=url("file_remove") if may_remove else "",
        other_copies=[copy for copy in others if copy is not None],
    )
