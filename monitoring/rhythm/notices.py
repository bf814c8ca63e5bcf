"""What departments are told of their deliveries."""

from django.utils.translation import gettext_lazy as _

from foundation.inbox.kinds import NoticeKind

KINDS = (
    NoticeKind(
        "delivery_late",
        _("A delivery of my department is overdue"),
        _("Deliveries of your department that are overdue: {count}. Hand them in, or an empty file."),
        urgent=True,
    ),
)
