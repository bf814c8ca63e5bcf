"""Attach a file to a row."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.files import stores
from foundation.files.content import JPEG, PICTURES, display_name, type_of
from foundation.files.drafts import Draft, draft_of
from foundation.files.models import Attachment, StoredCopy
from foundation.files.owners import MB, AttachmentOwner, FileKind
from foundation.files.pictures import Picture, prepare
from foundation.files.stamping import stamp
from foundation.ledger.record import Act, Actor, record

Use = StoredCopy.Use


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was handed in: its sealed draft, the name its bringer gave it, and what kind it is to be."""

    draft: Draft
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be attached to what, as which kind, by whom."""

    row: Model
    upload: Upload
    owner: AttachmentOwner
    kind: FileKind
    by: User


@dataclass(slots=True)
class _Made:
    """The copies of one file, not yet in the store."""

    media_type: str
    picture: Picture | None = None
    copies: list[tuple[str, str, Draft]] = field(default_factory=list)

    def add(self, use: str, media_type: str, draft: Draft) -> None:
        self.copies.append((use, media_type, draft))


def attach(row: Model, upload: Upload, *, owner: AttachmentOwner, by: User) -> Attachment:
    """Attach a file to `row`. Refused by right, size, number, type, or because the row is closed.

    The same file attached again is the attachment that is there: a repeated upload does nothing twice.
    """
    actor = by.authority(owner.right_to_attach(row), owner.area(row), of=owner.lent_with(row))
    kind = _kind(owner, upload.kind)
    _check_upload(upload, kind)
    check_open(row, owner)
    if twin := _living_twin(row, kind, upload):
        return twin
    wish = _Wish(row, upload, owner, kind, by)
    with _making(wish) as made:
        copies = [_keep(*copy) for copy in made.copies]
        try:
            return _save(wish, made, copies, actor)
        except IntegrityError:
            if twin := _living_twin(row, kind, upload):
                return twin
            raise


def _kind(owner: AttachmentOwner, code: str) -> FileKind:
    try:
        return owner.kind(code)
    except KeyError:
        raise Refused(_("Choose what kind of file this is."), field="kind") from None


def check_open(row: Model, owner: AttachmentOwner) -> None:
    """Refuse what a closed row no longer allows."""
    if sentence := owner.closed(row):
        raise Refused(sentence)


def _check_upload(upload: Upload, kind: FileKind) -> None:
    if upload.draft.size == 0:
        raise Refused(_("The file is empty: choose another one."), field="file")
    if upload.draft.size > kind.largest:
        raise Refused(
            _("The file is larger than %(limit)d MB.") % {"limit": kind.largest // MB}, field="file"
        )


def _check_room(wish: _Wish) -> None:
    there = Attachment.objects.of(wish.row).living().filter(kind=wish.kind.code).count()
    if there >= wish.kind.most:
        raise Refused(_("There are already %(most)d files: take one away first.") % {"most": wish.kind.most})


def _living_twin(row: Model, kind: FileKind, upload: Upload) -> Attachment | None:
    same = Attachment.objects.of(row).living()
    return same.filter(kind=kind.code, sha256=upload.draft.sha256).first()


@contextmanager
def _making(wish: _Wish) -> Iterator[_Made]:
    """Look into the file and make its copies; drafts that the store did not take over are discarded."""
    _check_room(wish)
    draft = wish.upload.draft
    made = _Made(type_of(draft.pieces(), wish.kind.accepts))
    try:
        if made.media_type in PICTURES:
            _add_picture(made, wish)
        else:
            made.add(Use.SHOWN, made.media_type, draft)
        yield made
    finally:
        for _use, _media_type, each in made.copies:
            each.discard()


def _add_picture(made: _Made, wish: _Wish) -> None:
    draft = wish.upload.draft
    picture = made.picture = prepare(draft.read())
    made.add(Use.SHOWN, JPEG, draft_of([picture.whole]))
    made.add(Use.THUMBNAIL, JPEG, draft_of([picture.thumbnail]))
    if wish.kind.stamped:
        made.add(Use.STAMPED, JPEG, draft_of([stamp(picture.whole, _stamp_lines(picture, wish))]))
    if wish.kind.keeps_original:
        made.add(Use.ORIGINAL, made.media_type, draft)


def _stamp_lines(picture: Picture, wish: _Wish) -> list[str]:
    """Return number and place of the row, then when (as the camera says, else today) and where, then who."""
    when = (
        picture.taken_at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
        if picture.taken_at
        else clock.today().isoformat()
    )
    where = "" if picture.latitude is None else f" · {picture.latitude:.6f}, {picture.longitude:.6f}"
    return [" · ".join(wish.owner.stamp(wish.row)), when + where, wish.by.name]


def _keep(use: str, media_type: str, draft: Draft) -> StoredCopy:
    """Put one copy into the store; returns its row, not yet saved."""
    stores.store().put(draft.path, draft.key)
    return StoredCopy(
        uuid=draft.uuid,
        use=use,
        media_type=media_type,
        size=draft.size,
        sha256=draft.sha256,
        key=draft.key,
        sealed_size=draft.sealed_size,
        sealed_with=draft.sealed_with,
    )


@transaction.atomic
def _save(wish: _Wish, made: _Made, copies: list[StoredCopy], actor: Actor) -> Attachment:
    """Write the rows and the ledger entry: from here on the file exists."""
    attachment = _insert(wish, made)
    for copy in copies:
        copy.attachment = attachment
    StoredCopy.objects.bulk_create(copies)
    record(act_on(attachment, "attachment.added", name=attachment.name), by=actor)
    return attachment


def _insert(wish: _Wish, made: _Made) -> Attachment:
    today, picture, draft = clock.today(), made.picture, wish.upload.draft
    return Attachment.objects.create(
        owner_model=wish.owner.label,
        owner_id=str(wish.row.pk),
        area=wish.owner.area(wish.row),
        kind=wish.kind.code,
        name=display_name(wish.upload.name, JPEG if picture else made.media_type),
        media_type=made.media_type,
        size=draft.size,
        sha256=draft.sha256,
        taken_at=picture.taken_at if picture else None,
        latitude=picture.latitude if picture else None,
        longitude=picture.longitude if picture else None,
        uploaded_by=wish.by,
        uploaded_on=today,
        retention_until=wish.kind.kept_until(wish.owner.area(wish.row), today),
    )


def act_on(attachment: Attachment, verb: str, *, basis: str = "", **personal: Any) -> Act:
    """Return an act on an attachment as the ledger is told: digests and counts, never names or places."""
    today = clock.today()
    return Act(
        verb,
        "attachment",
        str(attachment.uuid),
        happened_on=today,
        entered_on=today,
        area=attachment.area,
        basis=basis,
        details={
            "owner": f"{attachment.owner_model}:{attachment.owner_id}",
            "kind": attachment.kind,
            "type": attachment.media_type,
            "bytes": attachment.size,
            "sha256": attachment.sha256,
        },
        personal={name: text for name, text in personal.items() if text},
    )
