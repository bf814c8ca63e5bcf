"""What people are told of deadlines: urged, overdue below them, left behind by a colleague."""

from django.utils.translation import gettext_lazy as _

from foundation.inbox.kinds import NoticeKind

KINDS = (
    NoticeKind(
        "alerts_urged",
        _("Somebody urges warnings that lie with me"),
        _("Warnings that lie with you are urged: {count}."),
        urgent=True,
    ),
    NoticeKind(
        "alerts_urged_below",
        _("Warnings are urged that lie with people below me"),
        _("Warnings that lie with people of your area are urged: {count}."),
    ),
    NoticeKind(
        "alerts_overdue_below",
        _("Warnings of my area are overdue for days"),
        _("Warnings that lie with people of your area are overdue for days: {count}."),
    ),
    NoticeKind(
        "alerts_left",
        _("Who was to visit in my township visits there no more"),
        _(
            "Who was to visit does so no more: warnings that went to somebody else or wait to be assigned: {count}."
        ),
    ),
)
