"""What people are told of proposed changes."""

from django.utils.translation import gettext_lazy as _

from foundation.inbox.kinds import NoticeKind

KINDS = (
    NoticeKind(
        "register_proposals_wait",
        _("Departments propose changes of the register in my area"),
        _("Changes of the register that departments propose and you decide: {count}."),
    ),
)
