"""What the verbs of this storey are called on the record page (composition LEDGER_VERBS)."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "job.asked": _("Long work asked for"),
    "job.cancel_asked": _("Long work: cancelling asked for"),
    "job.cancelled": _("Long work cancelled"),
    "job.done": _("Long work done"),
    "job.failed": _("Long work failed"),
    "job.retried": _("Long work tried again"),
}
