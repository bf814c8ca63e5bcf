"""What people are told of standards that need tuning."""

from django.utils.translation import gettext_lazy as _

from foundation.inbox.kinds import NoticeKind

KINDS = (
    NoticeKind(
        "tuning_asked",
        _("Somebody says that a standard needs tuning"),
        _("At so many warnings somebody says that a standard needs tuning: {count}."),
    ),
    NoticeKind(
        "tuning_answered",
        _("My word about a standard was answered"),
        _("What you said about a standard was answered."),
    ),
)
