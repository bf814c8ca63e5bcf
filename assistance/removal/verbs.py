"""What the acts on removals are called in the record; moves are named by their table."""

from typing import Any

from django.utils.translation import pgettext_lazy

VERBS: dict[str, Any] = {
    "removal.measure_stated": pgettext_lazy("ledger", "measure stated by the township"),
    "removal.measure_struck": pgettext_lazy("ledger", "statement of a measure struck"),
    "removal.contact_changed": pgettext_lazy("ledger", "contact after a removal changed"),
    "removal.escalated": pgettext_lazy("ledger", "removal overdue: superior told"),
    "removal.printed": pgettext_lazy("ledger", "sheet of a removal printed"),
}
