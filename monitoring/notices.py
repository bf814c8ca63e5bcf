"""What people are told of the archive."""

from django.utils.translation import gettext_lazy as _

from foundation.inbox.kinds import NoticeKind

KINDS = (
    NoticeKind(
        "archive_batch_missing",
        _("A batch of departmental data is missing from the archive"),
        _(
            "Batches of departmental data that are missing from the archive, or altered: {count}. Restore a backup."
        ),
        urgent=True,
    ),
)
