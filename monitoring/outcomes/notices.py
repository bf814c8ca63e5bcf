"""What departments are told of outcomes."""

from django.utils.translation import gettext_lazy as _

from foundation.inbox.kinds import NoticeKind

KINDS = (
    NoticeKind(
        "rows_concluded",
        _("Warnings that rest on rows of my department came to an outcome"),
        _("Rows of your department have an outcome now: {count}."),
    ),
)
