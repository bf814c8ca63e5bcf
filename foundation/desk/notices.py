"""What the desk tells people."""

from django.utils.translation import gettext_lazy as _

from foundation.inbox.kinds import NoticeKind

KINDS = (
    NoticeKind(
        "grant_waits",
        _("A proposed posting waits for my decision"),
        _("Proposed postings that wait for your decision: {count}."),
        urgent=True,
    ),
    NoticeKind(
        "grant_decided",
        _("My proposed posting was decided"),
        _("Your proposed postings were decided: {count}."),
    ),
    NoticeKind(
        "grant_returned",
        _("My proposed posting came back"),
        _("Your proposed postings came back to be completed: {count}."),
        urgent=True,
    ),
    NoticeKind(
        "local_value_waits",
        _("A proposed local value waits for my decision"),
        _("Proposed local values that wait for your decision: {count}."),
        urgent=True,
    ),
    NoticeKind(
        "local_value_decided",
        _("My proposed local value was decided"),
        _("Your proposed local values were decided: {count}."),
    ),
    NoticeKind(
        "local_value_returned",
        _("My proposed local value came back"),
        _("Your proposed local values came back to be completed: {count}."),
        urgent=True,
    ),
    NoticeKind(
        "job_done",
        _("Long work I asked for is done"),
        _("Long work you asked for is done: {count}."),
    ),
    NoticeKind(
        "job_failed",
        _("Long work I asked for failed"),
        _("Long work you asked for failed: {count}. See why, and try it again."),
    ),
    NoticeKind(
        "job_cancelled",
        _("Long work I asked for was cancelled by somebody else"),
        _("Long work you asked for was cancelled by somebody else: {count}."),
    ),
    NoticeKind(
        "record_unsound",
        _("The nightly check of the record found something"),
        _(
            "Nights on which the record of acts was not as it must be: {count}. Call whoever runs the platform."
        ),
        urgent=True,
    ),
)
