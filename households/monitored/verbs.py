"""What the verbs of income and standing are called on the record page (composition LEDGER_VERBS)."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "income.corrected": _("Income of a household corrected"),
    "income.stated": _("Income of a household stated"),
    "monitored.exported": _("List of monitored objects taken out"),
    "monitored.imported": _("List of monitored objects taken in"),
    "standing.corrected": _("Category of a monitored household corrected"),
    "standing.ended": _("Category of a monitored household ended"),
    "standing.held": _("Household taken in as monitored object"),
}
