"""What the verbs of income and standing are called on the record page (composition LEDGER_VERBS)."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "income.corrected": _("Income of a household corrected"),
    "income.stated": _("Income of a household stated"),
    "income.taken_back": _("Income of a household taken back"),
    "monitored.exported": _("List of monitored objects taken out"),
    "monitored.imported": _("List of monitored objects taken in"),
    "standing.corrected": _("Standing corrected"),
    "standing.ended": _("Standing ended"),
    "standing.recategorised": _("Category changed"),
    "standing.removal_undone": _("End of a standing taken back"),
    "standing.held": _("Standing begun: monitored category, dibao or tekun"),
    "standing.reopened": _("Standing holds as before: a departure was taken back"),
    "standing.withdrawn": _("Standing taken away: it never held"),
}
