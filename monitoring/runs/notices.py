"""What people are told of comparisons."""

from django.utils.translation import gettext_lazy as _

from foundation.inbox.kinds import NoticeKind

HELD, FAILED = "findings_held", "comparison_failed"
KINDS = (
    NoticeKind(
        HELD,
        _("A comparison holds findings back"),
        _("Findings that are held back until somebody releases or refuses them: {count}."),
        urgent=True,
    ),
    NoticeKind(
        FAILED,
        _("A comparison that nobody asked for by hand failed"),
        _("Comparisons of the night or after a delivery that failed: {count}. Look why, and try them again."),
    ),
)
