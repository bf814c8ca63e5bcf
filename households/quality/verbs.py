"""What the verbs of data quality are called on the record page (composition LEDGER_VERBS)."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "register.checked": _("Register checked for data quality"),
    "finding.judged_right": _("Finding judged right as it is"),
    "finding.doubted_again": _("Finding doubted again"),
}
