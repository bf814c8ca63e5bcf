"""What people are told of the archive, of the outcomes of rows, and of standards that need tuning."""

from django.utils.translation import gettext_lazy as _

from foundation.inbox.kinds import NoticeKind
from monitoring.outcomes.notices import KINDS as OUTCOMES
from monitoring.tuning.notices import KINDS as TUNING

KINDS = (
    NoticeKind(
        "archive_batch_missing",
        _("A batch of departmental data is missing from the archive"),
        _(
            "Batches of departmental data that are missing from the archive, or altered: {count}. Restore a backup."
        ),
        urgent=True,
    ),
    *OUTCOMES,
    *TUNING,
)
