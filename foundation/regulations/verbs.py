"""What the verbs of this storey are called on the record page (composition LEDGER_VERBS)."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "clock.started": _("Deadline began to run"),
    "clock.paused": _("Deadline paused"),
    "clock.resumed": _("Deadline runs on"),
    "clock.stopped": _("Deadline stopped"),
    "holiday.set": _("Holiday or moved working day set"),
    "holiday.removed": _("Holiday or moved working day removed"),
    "holidays.completed": _("Calendar of a year completed"),
    "holidays.seeded": _("Shipped calendar loaded"),
    "regulations.loaded": _("Shipped regulation values loaded"),
}
