"""Seal stored files anew after a key rotation: with the current key, each file whole or not at all.

The new form gets a name of its own in the store, then its row is pointed to it, then the old form is deleted. Killed
before the row changed, the new form is a stray; killed after it, the old one is; the night removes strays.
"""

import logging

from django.db.models import QuerySet

from foundation.files import stores
from foundation.files.drafts import Draft, context_of, draft_of
from foundation.files.models import StoredCopy
from foundation.vault import keys
from foundation.vault.keys import UnknownKey
from foundation.vault.sealing import DoesNotOpen
from foundation.vault.streams import open_stream

log = logging.getLogger(__name__)


def outdated() -> QuerySet[StoredCopy]:
    """Return the copies that another key than the current one sealed, in order."""
    return StoredCopy.objects.exclude(sealed_with=keys.current().id.hex()).order_by("pk")


def sealed_anew(copy: StoredCopy) -> Draft | None:
    """Put a copy into the store once more, sealed with the current key; None where it is gone or does not open."""
    try:
        with stores.opened(copy.key) as sealed:
            draft = draft_of(open_stream(sealed, context_of(copy.uuid)))
    except (stores.Missing, DoesNotOpen, UnknownKey) as fault:
        log.error("The stored copy %s cannot be sealed anew (%s).", copy.pk, type(fault).__name__)
        return None
    try:
        if (draft.sha256, draft.size) != (copy.sha256, copy.size):
            log.error("The stored copy %s holds something else than was put into it.", copy.pk)
            return None
        stores.store().put(draft.path, draft.key)
    finally:
        draft.discard()
    return draft


def point(copy: StoredCopy, draft: Draft) -> bool:
    """Let the row name the new form; False where the copy was erased or sealed anew by somebody else meanwhile."""
    changed = StoredCopy.objects.filter(pk=copy.pk, key=copy.key).update(
        uuid=draft.uuid,
        key=draft.key,
        sealed_size=draft.sealed_size,
        sealed_with=draft.sealed_with,
    )
    return changed == 1
