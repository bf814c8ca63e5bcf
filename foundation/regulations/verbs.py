"""What the verbs of this storey are called on the record page (composition LEDGER_VERBS)."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "clock.stopped": _("Clock stopped"),
    "clock.paused": _("Clock paused"),
    "clock.resumed": _("Clock resumed"),
    "clock.started": _("Clock started"),
    "holiday.removed": _("Holiday or workday removed"),
    "holiday.set": _("Holiday or workday set"),
    "holidays.completed": _("Calendar of a year declared complete"),
    "holidays.seeded": _("Holidays seeded"),
    "regulations.loaded": _("Regulations loaded"),
}
