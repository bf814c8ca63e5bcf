"""What the verbs of identities are called on the record page (composition LEDGER_VERBS)."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "identity.revealed": _("Number shown in full"),
    "identity.rotation_begun": _("Change of the keys of identities begun"),
    "identity.rotated": _("Keys of identities changed"),
    "identity.old_keys_destroyed": _("Old keys of identities destroyed"),
    "identity.erased": _("Person erased"),
}
