"""What the verbs of the register's pages are called on the record page (composition LEDGER_VERBS)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

VERBS: dict[str, Promise] = {
    "identity.revealed": _("Number shown in full"),
    "identity.rotation_begun": _("Change of the keys of identities begun"),
    "identity.rotated": _("Keys of identities changed"),
    "identity.old_keys_destroyed": _("Old keys of identities destroyed"),
    "identity.erased": _("Person erased"),
    "household.opened": _("Household looked at"),
    "household.corrected": _("Household corrected by hand"),
    "household.taken_from_feed": _("Household brought to what a department delivered"),
    "resident.taken_from_feed": _("Member of a household brought to what a department delivered"),
    "household.founded": pgettext_lazy("lineage", "Household made by a split"),
    "lineage.entered": pgettext_lazy("lineage", "Family event entered"),
    "lineage.undone": pgettext_lazy("lineage", "Family event taken back"),
    "resident.arrived": _("Member of a household came"),
    "resident.corrected": _("Member of a household corrected by hand"),
    "resident.departed": _("Member of a household died or left"),
    "resident.returned": _("Departure of a member taken back"),
}
