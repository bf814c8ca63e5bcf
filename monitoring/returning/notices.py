"""What people are told of rows to be corrected."""

from django.utils.translation import gettext_lazy as _

from foundation.inbox.kinds import NoticeKind

KINDS = (
    NoticeKind(
        "row_to_correct",
        _("A row of my department was found wrong"),
        _("Rows of your department that were found wrong: {count}. Correct them, or say why they are right."),
        urgent=True,
    ),
    NoticeKind(
        "row_answered",
        _("A row that I returned was answered"),
        _("Rows that you returned to departments were answered: {count}."),
    ),
)
