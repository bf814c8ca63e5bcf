"""What people are told of reminders."""

from django.utils.translation import gettext_lazy as _

from foundation.inbox.kinds import NoticeKind

KINDS = (
    NoticeKind(
        "reminders_wait",
        _("Aid may go on that should not"),
        _("Reminders about aid that goes on, addressed to your office: {count}."),
    ),
)
