"""How files end: taken away by hand, erased when their time has come, and what no row names removed from the store."""

import datetime

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.files import stores
from foundation.files.attaching import act_on, check_open
from foundation.files.drafts import STRAY_AFTER_SECONDS
from foundation.files.models import Attachment, StoredCopy
from foundation.files.owners import AttachmentOwner
from foundation.ledger.record import Actor, record

#: Attachments that are erased in one go, each in a transaction of its own.
AT_ONCE = 1000


def remove(
    attachment: Attachment, row: Model, *, owner: AttachmentOwner, reason: str, by: User
) -> Attachment:
    """Take an attachment away as long as its row is open: the file is destroyed, the attachment says so."""
    actor = by.authority(owner.right_to_attach(row), owner.area(row), of=owner.lent_with(row))
    check_open(row, owner)
    if not reason.strip():
        raise Refused(_("Say why the file is taken away."), field="reason")
    return _erase(attachment, "attachment.removed", actor, reason=reason)


def erase_due(*, by: User) -> int:
    """Erase the attachments whose last day has passed, by the nightly account; returns how many."""
    today = clock.today()
    due = Attachment.objects.living().filter(retention_until__lt=today).order_by("retention_until")[:AT_ONCE]
    count = 0
    for attachment in due:
        actor = Actor(ref=by.username, role="platform", area=attachment.area)
        _erase(attachment, "attachment.erased", actor, basis="end of retention")
        count += 1
    return count


def erase_with_person(row: Model, *, by: User) -> None:
    """Erase the files of a row because they show a person who is erased, by the platform's own account."""
    for attachment in Attachment.objects.of(row).living():
        actor = Actor(ref=by.username, role="platform", area=attachment.area)
        _erase(attachment, "attachment.erased", actor, basis="person erased")


def night_work(*, by: User, on: datetime.date) -> None:
    """Erase what is due in the night that leads into the day `on` (foundation.accounts.next_day.NightWork)."""
    erase_due(by=by)


def remove_strays() -> int:
    """Remove from the store what no row names for more than a day: its upload never came to an end."""
    before = timezone.now() - datetime.timedelta(seconds=STRAY_AFTER_SECONDS)
    removed, batch = 0, []
    for key in stores.store().older_than(before):
        batch.append(key)
        if len(batch) == AT_ONCE:
            removed += _remove_unnamed(batch)
            batch = []
    return removed + _remove_unnamed(batch)


def _remove_unnamed(keys: list[str]) -> int:
    named = set(StoredCopy.objects.filter(key__in=keys).values_list("key", flat=True))
    strays = [key for key in keys if key not in named]
    _delete(strays)
    return len(strays)


def _delete(keys: list[str]) -> None:
    for key in keys:
        stores.store().delete(key)


@transaction.atomic
def _erase(
    attachment: Attachment, verb: str, actor: Actor, *, reason: str = "", basis: str = ""
) -> Attachment:
    """Destroy the copies; the row stays, without name and place. Erased twice, it is erased once."""
    rows = Attachment.objects.living().filter(pk=attachment.pk)
    changed = rows.update(erased_on=clock.today(), name="", latitude=None, longitude=None)
    if changed == 1:
        copies = StoredCopy.objects.filter(attachment=attachment)
        keys = list(copies.values_list("key", flat=True))
        copies.delete()
        record(act_on(attachment, verb, basis=basis, reason=reason), by=actor)
        # What a crash leaves in the store is a stray, and goes with the next night.
        transaction.on_commit(lambda: _delete(keys))
        attachment.refresh_from_db()
    return attachment
