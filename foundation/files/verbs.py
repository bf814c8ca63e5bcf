"""What the verbs of this storey are called on the record page (composition LEDGER_VERBS)."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "attachment.added": _("File attached"),
    "attachment.removed": _("File taken away"),
    "attachment.erased": _("File erased at the end of its time"),
    "attachment.looked.shown": _("File opened"),
    "attachment.looked.stamped": _("Stamped picture opened"),
    "attachment.looked.original": _("Original of a file opened"),
    "attachment.looked.thumbnail": _("Thumbnail opened"),
}
