"""What the acts of a comparison are called in the record."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "comparison.asked": _("Comparison asked for"),
    "comparison.ended": _("Comparison ended: findings written"),
    "findings.released": _("Held findings released"),
    "findings.refused": _("Held findings refused"),
}
